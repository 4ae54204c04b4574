"""The addresses that follow an act, and the redirect to them."""

from typing import Any
from urllib.parse import quote, urlsplit

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

SAID = "said"  # the parameter that names the message; see exercises/said.py


class SeeOther(HttpResponseRedirect):
    """303: the browser fetches the next page by GET, whatever method it used before."""

    status_code = 303


def saying(address: str, code: str, *values: Any) -> str:
    """The address of a page that will say what was done: "/settings/?said=added:12"."""
    parts = urlsplit(address)
    kept = [each for each in parts.query.split("&") if each and not each.startswith(f"{SAID}=")]
    named = ":".join([code, ",".join(map(str, values))] if values else [code])
    return parts._replace(query="&".join([*kept, f"{SAID}={quote(named, safe=':,')}"])).geturl()


def way_back(request: HttpRequest) -> str:
    """The address that the form names in `next` if it is one of ours, else that of Today."""
    next_page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(next_page, allowed_hosts=None, require_https=request.is_secure())
    return next_page if ours and next_page.startswith("/") else reverse("today")
