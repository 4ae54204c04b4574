"""Single sign-on: the way to the provider and back, and the links of somebody who is logged in."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

import requests
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthProcess, ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.views import SignupView
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from exercises.accounts import notices
from exercises.accounts.linking import may_link
from exercises.accounts.proof import proven
from exercises.accounts.provider import SingleSignOnAdapter
from exercises.accounts.single_sign_on import PROVIDER_ID
from exercises.accounts.stopped import LINK, PROVE, failed
from exercises.accounts.ways_in import ways_in_of
from exercises.models import AccountEvent
from exercises.web import rate_limits
from exercises.web.redirects import SeeOther, saying
from exercises.web.refusals import refuse
from exercises.web.request import Request
from footcare.network import client_network

logger = logging.getLogger(__name__)
BROKEN = (requests.RequestException, ProviderException, OAuth2Error)


def with_provider(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that is a 404 when no provider is set, and a page with a sentence when the provider breaks."""

    @wraps(view)
    def page(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.OIDC_URL:
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except BROKEN as error:
            return failed(request, None, error, getattr(request, "way_there", None))

    return page


@with_provider
def single_sign_on(request: Request) -> HttpResponse:
    """A plain link leads here: the policy of our pages (form-action) lets no form lead to another site."""
    asked_for = get_next_redirect_url(request)
    if request.user.is_authenticated:
        return SeeOther(asked_for or reverse("today"))
    return _go(request, asked_for)


@with_provider
@proven
def link_account(request: Request) -> HttpResponse:
    return _go(request, None, LINK) if may_link(request) else SeeOther(reverse("security"))


@with_provider
def prove_with_link(request: Request) -> HttpResponse:
    """Asks the provider to ask for the password again, although the browser may be logged in there."""
    return _go(request, get_next_redirect_url(request), PROVE, prompt="login", max_age="0")


def _go(request: Request, asked_for: str | None, purpose: str = "", **parameters: str) -> HttpResponse:
    """Redirects to the provider. State, nonce and the secret of PKCE wait for the answer in the log-in session."""
    rate_limits.acquire_or_429(request, [rate_limits.of_departures(client_network(request))])
    data = {"purpose": purpose, "user": request.user.pk, "nonce": get_random_string(32)}
    request.way_there = {"data": data, "next": asked_for}  # type: ignore[attr-defined]
    provider = get_adapter(request).get_provider(request, PROVIDER_ID)
    answer: HttpResponse = provider.redirect(
        request, AuthProcess.LOGIN, next_url=asked_for, data=data, auth_params={**parameters, "nonce": data["nonce"]}
    )
    return answer


@with_provider
def single_sign_on_return(request: Request) -> HttpResponse:
    """The callback. Opened by hand it has nothing to say."""
    if not request.GET:
        return SeeOther(reverse("today"))
    answer: HttpResponse = OAuth2CallbackView.adapter_view(SingleSignOnAdapter(request, PROVIDER_ID))(request)
    return answer


class AskForAddress(SignupView):
    """Asks a new user for the address that the provider did not tell. A known one counts as at sign-up."""

    template_name = "account/single_sign_on_address.html"
    told_that_taken = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limits = [rate_limits.of_network(client_network(request))]
        acquired = rate_limits.acquire_or_429(request, limits)
        response: HttpResponse = super().post(request, *args, **kwargs)
        if not self.told_that_taken:
            rate_limits.release(limits, acquired, timezone.now())
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        self.told_that_taken = form.has_error("email", "email_taken")
        return super().form_invalid(form)

    def get_authenticated_redirect_url(self) -> str:
        return reverse("today")


ask_for_address = with_provider(AskForAddress.as_view())


@proven
def unlink_account(request: Request) -> HttpResponse:
    """A link of a provider that is no longer set can go too. After a second submit it is gone already."""
    with transaction.atomic():
        request.user.take_turn()
        ways = ways_in_of(request.user)
        found = [each for each in ways.links if str(each.pk) == request.POST.get("link")]
        if any(ways.is_last_link(each) for each in found):
            return refuse(request, _("This is your only way to log in, so it stays. Add another way first."), 409)
        for each in found:
            each.delete()
    if found:
        logger.info("log-in unlinked")
        notices.tell(request, request.user, AccountEvent.Kind.UNLINKED)
    return SeeOther(saying(reverse("security"), "log-in-unlinked"))
