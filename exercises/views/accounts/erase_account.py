"""Erases an account: offers a copy first, asks for the password, and empties this phone too."""

import logging

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exercises.accounts import known_devices
from exercises.accounts.form_owner import owner_of, signed
from exercises.accounts.proof import prove_again, recently_authenticated
from exercises.models import User
from exercises.record.erasure import erase
from exercises.web.refusals import log_in_first
from exercises.web.request import Request

logger = logging.getLogger(__name__)


@login_not_required  # of two submits the second finds no account
@require_http_methods(["GET", "HEAD", "POST"])
def erase_account(request: Request) -> HttpResponse:
    """A recent log-in is proof enough. After that the user enters the password and comes back to this page."""
    if not request.user.is_authenticated:
        pk = owner_of(request)
        return _erased(request, pk) if pk and User.objects.is_erased(pk) else log_in_first(request)
    if request.method != "POST":
        return _page(request)
    if not recently_authenticated(request):
        return prove_again(request)
    if request.POST.get("sure") != "yes":
        return _page(request, _("Please tick the box first. Nothing was erased."))
    pk = request.user.pk
    erase(request.user)
    logout(request)
    logger.info("erase")
    return _erased(request, pk)


def _erased(request: Request, pk: int) -> HttpResponse:
    response = render(request, "settings/erased.html", {"erased": pk})
    known_devices.forget(request, response, pk)
    return response


def _page(request: Request, problem: str = "") -> HttpResponse:
    context = {"problem": problem, "proven": recently_authenticated(request), "account": signed(request.user)}
    return render(request, "settings/erase.html", context, status=422 if problem else 200)
