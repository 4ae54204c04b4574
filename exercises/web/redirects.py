"""Redirects after a POST."""

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


class SeeOther(HttpResponseRedirect):
    """303: the browser fetches the next page by GET, whatever method it used before."""

    status_code = 303


def way_back(request: HttpRequest) -> SeeOther:
    """To the page that the form names in `next` when it is one of ours, else to Today."""
    next_page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(next_page, allowed_hosts=None, require_https=request.is_secure())
    return SeeOther(next_page if ours and next_page.startswith("/") else reverse("today"))
