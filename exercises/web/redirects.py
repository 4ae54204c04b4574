"""The addresses that follow an act, and the redirect to them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

SAID = "said"  # the parameter that names the message; see exercises/said.py


class SeeOther(HttpResponseRedirect):
    """303: the browser fetches the next page by GET, whatever method it used before."""

    status_code = 303


def act(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that only POST reaches: there is no page at its address, and `page_at` leads to the one above."""
    posted = require_POST(view)
    posted.has_page = False  # type: ignore[attr-defined]
    return posted


def no_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that scripts and forms ask, with no page of its own: `page_at` leads to the one above."""
    view.has_page = False  # type: ignore[attr-defined]
    return view


def saying(address: str, code: str, *values: Any) -> str:
    """The address of a page that will say what was done: "/settings/?said=added:12"."""
    named = ":".join([code, ",".join(map(str, values))] if values else [code])
    parts = urlsplit(_silent(address))
    return parts._replace(query="&".join(filter(None, [parts.query, f"{SAID}={quote(named, safe=':,')}"]))).geturl()


def _silent(address: str) -> str:
    """The address without the message of an act."""
    parts = urlsplit(address)
    kept = [each for each in parts.query.split("&") if not each.startswith(f"{SAID}=")]
    return parts._replace(query="&".join(kept)).geturl()


def way_back(request: HttpRequest, otherwise: str = "") -> str:
    """The address that the form names in `next` if it is one of ours, else `otherwise` or that of Today."""
    next_page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(next_page, allowed_hosts=None, require_https=request.is_secure())
    return next_page if ours and next_page.startswith("/") else otherwise or reverse("today")


def page_asked_for(request: HttpRequest) -> str:
    """The page that a log-in leads to: what was asked for or, after an act, the page with its button."""
    return _silent(page_at(way_back(request, otherwise=request.get_full_path())))


def page_at(address: str) -> str:
    """The address itself or, if no page is there, the nearest one above: "/settings/plan/take/" is of the plan."""
    path = urlsplit(address).path
    if _has_page(path):
        return address
    while not _has_page(path):
        path = path.rstrip("/").rpartition("/")[0] + "/"
    return path


def _has_page(path: str) -> bool:
    try:
        return getattr(resolve(unquote(path)).func, "has_page", True)
    except Resolver404:
        return False
