"""Erases an account: offers a copy first, asks for the password, and empties this phone too."""

import logging
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exercises.accounts import known_devices
from exercises.accounts.adapter import recently_authenticated
from exercises.record.erasure import erase
from exercises.web.redirects import SeeOther
from exercises.web.request import Request

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def erase_account(request: Request) -> HttpResponse:
    """A recent log-in is proof enough. After that the user enters the password and comes back to this page."""
    if request.method != "POST":
        return _page(request)
    if not recently_authenticated(request):
        back = urlencode({REDIRECT_FIELD_NAME: request.path})
        return SeeOther(f"{reverse('account_reauthenticate')}?{back}")
    if request.POST.get("sure") != "yes":
        return _page(request, _("Please tick the box first. Nothing was erased."))
    pk = request.user.pk
    erase(request.user)
    logout(request)
    logger.info("erase")
    response = render(request, "settings/erased.html", {"erased": pk})
    known_devices.forget(request, response, pk)
    return response


def _page(request: Request, problem: str = "") -> HttpResponse:
    context = {"problem": problem, "proven": recently_authenticated(request)}
    return render(request, "settings/erase.html", context, status=422 if problem else 200)
