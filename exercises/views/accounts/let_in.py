"""Logs a user in by a link from the owner of the server (`manage.py login_link`)."""

import logging

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exercises.accounts import login_links, notices
from exercises.accounts.second_step import SecondStep
from exercises.models import User
from exercises.web.redirects import SeeOther
from exercises.web.refusals import refuse
from footcare.logs import facts_of

logger = logging.getLogger(__name__)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def let_in(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows a button and changes nothing, because chat programs open links to look at them."""
    user = login_links.user_of(token)
    if user and request.method != "POST":
        response = render(request, "account/let_in.html", {"owner": user})
    elif user and login_links.use_up(user):
        response = _log_in(request, user)
    elif login_links.is_of(token, request.user):  # Back, or a second press: it has logged in this very user
        response = SeeOther(reverse("security"))
    else:
        response = refuse(request, _("This link no longer works. Please ask for a new one."), 404)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _log_in(request: HttpRequest, user: User) -> HttpResponse:
    """Without a second step and without a confirmed address: the owner of the server vouches for the user."""
    if request.user.is_authenticated and request.user != user:
        get_adapter().logout(request)
    login = Login(user=user, email_verification=EmailVerificationMethod.NONE, redirect_url=reverse("security"))
    LoginStageController(request, login).set_handled(SecondStep.key)
    record_authentication(request, user, method="login_link")
    logger.info("let in", extra=facts_of(request))
    response = perform_login(request, login)
    notices.tell(request, user, notices.Kind.LET_IN)
    return response
