"""The provider of single sign-on, as allauth speaks to it, held to what OpenID Connect asks for.

Imported with the first log-in there: `requests` takes some megabytes.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import Any

import requests
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest
from django.urls import reverse

PATIENCE = 5  # seconds for a request in all, with the look-up of the name, which no socket limits
SILENCE = 4  # seconds without a byte
MOST_WAITING = 2  # threads of a worker (footcare/server.py has 4), so that others are served while a provider hangs
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint")
Claims = Mapping[str, Any]

_places = BoundedSemaphore(MOST_WAITING)


class Unclear(ProviderException):
    """The provider gave an answer that is not one of OpenID Connect."""


@contextmanager
def understood() -> Iterator[None]:
    """Whatever breaks while an answer of the provider is read is that answer's fault."""
    try:
        yield
    except requests.RequestException:
        raise
    except (AttributeError, ImproperlyConfigured, LookupError, TypeError, ValueError) as error:
        raise Unclear(type(error).__name__) from error


def status_of(exception: Exception) -> int:
    """503 if the provider is away, 502 if it answers nonsense."""
    if isinstance(exception, requests.HTTPError) and exception.response is not None:
        return 503 if exception.response.status_code >= 500 else 502
    return 503 if isinstance(exception, requests.ConnectionError | requests.Timeout) else 502


class PatientSession(requests.Session):
    """Waits a few seconds and no longer, and never holds more than MOST_WAITING threads of this worker."""

    def __init__(self) -> None:
        super().__init__()
        self.max_redirects = 3

    def request(self, *args: Any, **options: Any) -> requests.Response:
        places = _places
        if not places.acquire(blocking=False):
            raise requests.Timeout("others wait for the provider already")
        answers: SimpleQueue[requests.Response | Exception] = SimpleQueue()

        def ask() -> None:
            answer: requests.Response | Exception
            try:
                answer = requests.Session.request(self, *args, **{"timeout": SILENCE, **options})
            except Exception as error:
                answer = error
            finally:
                places.release()  # before the next request may ask for one
            answers.put(answer)

        Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=PATIENCE)
        except Empty:
            raise requests.Timeout("the provider does not finish its answer") from None
        if isinstance(answer, Exception):
            raise answer
        return answer


class SingleSignOnAdapter(OpenIDConnectOAuth2Adapter):
    """The requests of a log-in: discovery, the code for tokens, what the provider knows of the user."""

    @property
    def openid_config(self) -> dict[str, Any]:
        with understood():
            config: dict[str, Any] = super().openid_config
            if not all(isinstance(config[name], str) for name in NEEDED):
                raise TypeError
        return config

    @property
    def basic_auth(self) -> bool:
        """A public client has no secret to send."""
        return bool(settings.OIDC_CLIENT_SECRET) and super().basic_auth

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        path = reverse("single_sign_on_return")
        return settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)

    def get_access_token_data(self, *args: Any, **options: Any) -> dict[str, Any]:
        with understood():
            data: dict[str, Any] = super().get_access_token_data(*args, **options)
        return data

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        with understood():
            return super().parse_token(data)

    def complete_login(self, *args: Any, **options: Any) -> SocialLogin:
        with understood():
            return super().complete_login(*args, **options)


class SingleSignOn(OpenIDConnectProvider):
    """Knows a user by issuer and subject. Keeps neither name nor picture nor groups."""

    oauth2_adapter_class = SingleSignOnAdapter

    @property
    def sub_id(self) -> str:
        """A subject means something only together with who issued it: another provider may give the same to another."""
        return settings.OIDC_URL

    def sociallogin_from_response(self, request: HttpRequest, response: Claims) -> SocialLogin:
        login = super().sociallogin_from_response(request, response)
        login.auth_time, login.nonce = (response["id_token"].get(name) for name in ("auth_time", "nonce"))
        if not isinstance(login.auth_time, int | float | None):
            raise TypeError
        return login

    def extract_uid(self, data: Claims) -> str:
        """The subject of the ID token. What is told of somebody else is refused (OpenID Connect Core 5.3.2)."""
        subject, told = data["id_token"]["sub"], data["userinfo"]["sub"]
        if not isinstance(subject, str) or subject != told or "\0" in subject:
            raise ValueError("not the same subject")
        return subject

    def extract_extra_data(self, data: Claims) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: Claims) -> dict[str, Any]:
        return {"email": _address_in(_claims_of(data))}

    def extract_email_addresses(self, data: Claims) -> list[EmailAddress]:
        claims = _claims_of(data)
        email = _address_in(claims)
        verified = claims.get("email_verified") in (True, "true")  # some say it in words; "false" is one too
        return [EmailAddress(email=email, verified=verified, primary=True)] if email else []


def _claims_of(data: Claims) -> Claims:
    """Those with the address: some providers put it into the ID token alone."""
    return data["userinfo"] if data["userinfo"].get("email") else data["id_token"]


def _address_in(claims: Claims) -> str | None:
    """In its normal form. One that no mail can reach counts as none: the person is asked for one."""
    email = claims.get("email")
    try:
        return get_account_adapter().clean_email(email) if isinstance(email, str) else None
    except ValidationError:
        return None
