"""Single sign-on: what a log-in at the provider of the environment (OIDC_URL) may do here.

The app loads this module, so it imports nothing that speaks to the provider: that is exercises/accounts/provider.py.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.utils import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import ProviderException
from django.conf import settings
from django.forms import Form, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exercises.accounts import linking
from exercises.accounts.adapter import begin_account
from exercises.accounts.stopped import failed, stopped
from exercises.models import User
from exercises.web import rate_limits
from exercises.web.redirects import SeeOther
from exercises.web.refusals import refuse
from exercises.web.request import Request
from footcare.network import client_network

PROVIDER_ID = "sso"  # stands in the address of the callback
# With OIDC_ONLY, what a visitor may still open below /accounts/, and what not even a user may.
STILL_OPEN = {
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "login_link",
    "mfa_authenticate",
    "single_sign_on",
    "single_sign_on_return",
    "socialaccount_signup",
}
CLOSED_TO_USERS = {
    "add_passkey",
    "mfa_reauthenticate_webauthn",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "account_signup",
}
ONLY_TO_LOOK_AT = {"account_login", "account_reauthenticate"}


def context(_request: HttpRequest) -> dict[str, Any]:
    """The context of every page: the name of the provider, empty without one, and whether all other ways are closed."""
    return {"oidc_name": settings.OIDC_NAME if settings.OIDC_URL else "", "oidc_only": settings.OIDC_ONLY}


class SocialAdapter(DefaultSocialAccountAdapter):
    """Log-ins at the provider as allauth handles them, with our rules."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": gettext_lazy(
            "There is already an account with this email address. Log in to it, then link %s in Settings, "
            "Log-in and security."
        ),
    }

    def get_provider(self, request: HttpRequest, provider: str = "", client_id: str | None = None) -> Any:
        """The one provider, made from the settings. Its package is loaded only now."""
        from exercises.accounts.provider import SingleSignOn

        return SingleSignOn(request, self.get_app(request, PROVIDER_ID))

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        return SocialApp(
            provider="openid_connect",
            provider_id=PROVIDER_ID,
            name=settings.OIDC_NAME,
            client_id=settings.OIDC_CLIENT_ID,
            secret=settings.OIDC_CLIENT_SECRET,
            settings={"server_url": settings.OIDC_URL, "oauth_pkce_enabled": True},
        )

    def list_providers(self, request: HttpRequest) -> list[Any]:
        return [self.get_provider(request)] if settings.OIDC_URL else []

    def get_requests_session(self) -> Any:
        from exercises.accounts.provider import PatientSession

        return PatientSession()

    def is_email_verified(self, provider: Any, email: str) -> bool:
        return settings.OIDC_TRUST_EMAIL

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """The address and nothing else: no name, no picture."""
        user: User = sociallogin.user
        user.email = data.get("email") or ""
        return user

    def pre_social_login(self, request: Request, sociallogin: SocialLogin) -> None:
        """Ends the request where this is no log-in of a stranger, or one that an account here is in the way of."""
        sociallogin.token = None  # it would be kept in the log-in session
        if getattr(sociallogin, "nonce", None) != sociallogin.state["data"]["nonce"]:
            raise ProviderException("another nonce")
        if answer := linking.answer_to(request, sociallogin):
            raise ImmediateHttpResponse(answer)
        if settings.OIDC_CREATE and not sociallogin.is_existing:
            self._refuse_taken(request, sociallogin)

    def _refuse_taken(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tells that the address is taken to its owner, and to others where sign-up has to tell it too: without mail,
        and counted like a wrong password. With mail, allauth answers others as if the address were new.
        """
        address = next(iter(sociallogin.email_addresses), None)
        if address is None or not filter_users_by_email(address.email):
            return
        if not address.verified:
            if settings.MAIL_ENABLED:
                return
            rate_limits.acquire_or_429(request, [rate_limits.of_network(client_network(request))])
        reason = str(self.validation_error("email_taken", settings.OIDC_NAME).message)
        raise ImmediateHttpResponse(stopped(request, reason, 409))

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Where the provider is the only way in, nobody can log in to link it."""
        if code == "email_taken" and settings.OIDC_ONLY:
            reason = _("There is already an account with this email address. Ask the person who runs this site.")
            return ValidationError(reason, code)
        return super().validation_error(code, *args)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """OIDC_CREATE decides, not SIGNUP_OPEN: the provider says who may come."""
        if settings.OIDC_CREATE:
            return True
        reason = (
            _("No account here belongs to this log-in at %(name)s. Ask the person who runs this site.")
            if settings.OIDC_ONLY
            else _(
                "No account here belongs to this log-in at %(name)s. Do you have an account? Log in to it, then link "
                "%(name)s in Settings, Log-in and security."
            )
        )
        raise ImmediateHttpResponse(stopped(request, reason % {"name": settings.OIDC_NAME}, 403))

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Form | None = None) -> User:
        user: User = sociallogin.user
        user.set_unusable_password()
        if form:
            user.email = form.cleaned_data["email"]
        sociallogin.state.pop("next", None)  # the first questions follow
        begin_account(request, user, lambda: sociallogin.save(request))
        return user

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        raise ImmediateHttpResponse(failed(request, error, exception, (extra_context or {}).get("state")))


class OnlyThere:
    """With OIDC_ONLY, refuses every other way to log in, to sign up or to prove who one is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Request, _view: Callable, _args: tuple, _fields: dict) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not request.path_info.startswith("/accounts/") or self._is_open(request, name):
            return None
        if name == "account_signup" and request.method in ("GET", "HEAD"):
            return SeeOther(reverse("account_login"))  # "Make an account" stands on the welcome page and the trial's
        reason = _("Please log in with %(name)s. All other ways are turned off on this site.")
        return refuse(request, reason % {"name": settings.OIDC_NAME}, 403)

    def _is_open(self, request: Request, name: str | None) -> bool:
        if name in ONLY_TO_LOOK_AT and request.method not in ("GET", "HEAD"):
            return False
        return name in STILL_OPEN or (request.user.is_authenticated and name not in CLOSED_TO_USERS)
