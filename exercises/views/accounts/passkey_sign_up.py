"""The last step of a sign-up with a passkey: the address is confirmed, and the passkey is made."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.webauthn.stages import PasskeySignupStage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from exercises.accounts import passkeys
from exercises.web.device_names import device_name
from exercises.web.redirects import SeeOther
from exercises.web.refusals import wants_json


def sign_up_passkey(request: HttpRequest) -> HttpResponse:
    """A second submit, or Back, ends like the first."""
    if request.user.is_authenticated:
        return SeeOther(get_adapter().get_signup_redirect_url(request))
    answer: HttpResponse = _of_this_sign_up(request)
    return answer


@login_stage_required(stage=PasskeySignupStage.key, redirect_urlname="account_signup")
def _of_this_sign_up(request: HttpRequest) -> HttpResponse:
    """Whoever does not want it now logs in all the same, and from then on by mailed codes."""
    stage: Any = request._login_stage  # type: ignore[attr-defined]
    user = stage.login.user
    if user is None or not user.is_active:  # erased or turned off meanwhile
        aborted: HttpResponse = stage.abort()
        return aborted
    if wants_json(request):
        return JsonResponse({"options": passkeys.creation_options(user)})
    if request.method != "POST":
        return _page(request)
    if "later" not in request.POST:
        name = device_name(request.headers.get("User-Agent", ""))
        try:
            passkeys.add(request, user, name, request.POST.get("credential", ""))
        except passkeys.Refused:
            return _page(request, _("This did not work. Please try again."))
        except passkeys.TooMany:  # they were added elsewhere meanwhile
            pass
    logged_in: HttpResponse = stage.exit()
    return logged_in


def _page(request: HttpRequest, problem: str = "") -> HttpResponse:
    return render(request, "account/sign_up_passkey.html", {"problem": problem}, status=422 if problem else 200)
