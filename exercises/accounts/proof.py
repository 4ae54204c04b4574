"""Whether a user has proved lately who they are. Before their ways in change, they prove it again."""

from collections.abc import Callable
from functools import wraps
from time import time
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from exercises.web.redirects import SeeOther, page_at
from exercises.web.request import Request


def recently_authenticated(request: HttpRequest) -> bool:
    """Whether the user logged in or proved it again, in any way, within ACCOUNT_REAUTHENTICATION_TIMEOUT.

    A log-in dated in the future does not count: it would hold until the server's clock catches up.
    """
    records = get_authentication_records(request, request.user)
    return bool(records) and abs(time() - records[-1]["at"]) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def prove_again(request: HttpRequest) -> HttpResponse:
    """Leads to the page that asks for a proof, and from there back to this page, or to that of this act."""
    return prove_again_for(page_at(request.get_full_path()))


def prove_again_for(page: str) -> HttpResponse:
    """Leads to the page that asks for a proof, and from there to `page`."""
    back = urlencode({REDIRECT_FIELD_NAME: page})
    return SeeOther(f"{reverse('account_reauthenticate')}?{back}")


def proven(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view for users who proved lately who they are."""

    @wraps(view)
    def guarded(request: Request, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated and not recently_authenticated(request):
            return prove_again(request)
        return view(request, *args, **kwargs)

    return guarded
