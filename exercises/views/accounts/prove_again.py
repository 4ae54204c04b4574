"""Asks users to prove again who they are, in any of the ways they have, before they change a way in."""

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password, resume_request
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from exercises.accounts import code_forms, forms
from exercises.accounts.ways_in import WaysIn, ways_in_of
from exercises.web.redirects import SeeOther
from exercises.web.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
def prove_again(request: Request) -> HttpResponse:
    """One form for each proof. `next` is where the user wanted to go."""
    ways = ways_in_of(request.user)
    asked = _forms(request, ways)
    sent = next((form for form in asked.values() if form.is_bound), None)
    if sent and sent.is_valid():
        _record(request, sent)
        return resume_request(request) or SeeOther(reverse("security"))
    wanted = get_next_redirect_url(request, REDIRECT_FIELD_NAME) or reverse("security")
    context = {"forms": asked, "ways_in": ways, "next_page": wanted, "by_mail": _by_mail(ways, wanted)}
    return render(request, "account/reauthenticate.html", context, status=422 if sent else 200)


def _forms(request: Request, ways: WaysIn) -> dict[str, Form]:
    """By the name of the field. That one is bound whose field was sent; without any, the first."""
    kinds: dict[str, type] = {}
    if ways.password and not settings.OIDC_ONLY:
        kinds["password"] = forms.ReauthenticateForm
    if ways.codes and not settings.OIDC_ONLY:
        kinds["code"] = code_forms.ReauthenticateForm
    posted = request.POST if request.method == "POST" else None
    sent = next((name for name in kinds if posted is not None and name in posted), next(iter(kinds), None))
    return {name: kind(user=request.user, data=posted if name == sent else None) for name, kind in kinds.items()}


def _record(request: Request, form: Form) -> None:
    if isinstance(form, code_forms.ReauthenticateForm):
        form.save()
    else:
        reauthenticate_by_password(request)


def _by_mail(ways: WaysIn, wanted: str) -> str:
    """Where a log-in by mailed code begins that leads back to `wanted`; empty for users who have a better proof."""
    if settings.OIDC_ONLY or ways.password or ways.codes or not ways.mailed_code:
        return ""
    return f"{reverse('account_request_login_code')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}"
