"""What a log-in at the provider means to somebody who is logged in here: a link, a proof, or nothing new."""

import logging
from time import time

from allauth.account.internal.flows.login import record_authentication
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from exercises.accounts import notices
from exercises.accounts.proof import prove_again_for, recently_authenticated
from exercises.accounts.stopped import LINK, PROVE, purpose_of, stopped
from exercises.models import AccountEvent, User
from exercises.web.redirects import SeeOther
from exercises.web.request import Request

logger = logging.getLogger(__name__)
Kind = AccountEvent.Kind
SALT, AGE = "exercises.accounts.linking", 24 * 3600  # seconds


def link_token(user: User) -> str:
    """Stands in the link that begins to link. Without it another site could begin, with an account of its own."""
    return signing.dumps(user.pk, salt=SALT)


def may_link(request: HttpRequest) -> bool:
    try:
        pk = signing.loads(request.GET.get("account", ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return False
    return bool(pk == request.user.pk)


def answer_to(request: Request, login: SocialLogin) -> HttpResponse | None:
    """The answer that ends the request. None if it goes on as a log-in."""
    purpose = purpose_of(login.state)
    if not purpose:
        return _already_in(request, login) if request.user.is_authenticated else None
    if not request.user.is_authenticated:  # the log-in session has ended meanwhile
        return redirect_to_login(reverse("security"))
    if request.user.pk != login.state["data"]["user"]:
        reason = _("Somebody else is logged in on this device now. Nothing was changed.")
        return stopped(request, reason, 409, login.state)
    return {LINK: _link, PROVE: _prove}[purpose](request, login)


def _already_in(request: Request, login: SocialLogin) -> HttpResponse:
    """Logged in in another tab meanwhile. Nobody is logged out or gets a second account without knowing."""
    if login.user == request.user:
        return SeeOther(login.state.get("next") or reverse("today"))
    reason = _("You are logged in here already, and not with this log-in at %(name)s. Log out first to use it.")
    return stopped(request, reason % {"name": settings.OIDC_NAME}, 409)


def _link(request: Request, login: SocialLogin) -> HttpResponse:
    if not recently_authenticated(request):
        return prove_again_for(reverse("security"))
    if login.is_existing and login.user != request.user:
        return stopped(request, _elsewhere(), 409, login.state)
    if not login.is_existing and (reason := _store(request, login)):
        return stopped(request, reason, 409, login.state)
    request.said = "log-in-linked"  # type: ignore[attr-defined]
    return SeeOther(reverse("security"))


def _store(request: Request, login: SocialLogin) -> str:
    """Stores the link and nothing else of what the provider tells. Returns why not."""
    try:
        with transaction.atomic():
            request.user.take_turn()
            if SocialAccount.objects.filter(user=request.user, provider=settings.OIDC_URL).exists():
                reason = _("Another log-in at %(name)s is linked to your account. Unlink that one first.")
                return reason % {"name": settings.OIDC_NAME}
            login.account.user = request.user
            login.account.save()
    except IntegrityError:  # another user linked it in the same instant
        return _elsewhere()
    logger.info("log-in linked")
    notices.tell(request, request.user, Kind.LINKED)
    return ""


def _elsewhere() -> str:
    reason = _("This log-in at %(name)s is linked to another account here. Nothing was changed.")
    return reason % {"name": settings.OIDC_NAME}


def _prove(request: Request, login: SocialLogin) -> HttpResponse:
    if login.user != request.user:
        reason = _("This log-in at %(name)s does not belong to your account. Use the one that is linked to it.")
        return stopped(request, reason % {"name": settings.OIDC_NAME}, 403, login.state)
    asked = getattr(login, "auth_time", None)
    if asked is not None and abs(time() - asked) > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        reason = _("%(name)s did not ask who you are. Please log out there, then try again.")
        return stopped(request, reason % {"name": settings.OIDC_NAME}, 403, login.state)
    record_authentication(request, request.user, "socialaccount", provider=login.account.provider)
    return SeeOther(login.state.get("next") or reverse("security"))
