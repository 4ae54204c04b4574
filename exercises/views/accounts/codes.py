"""Turns the codes of an app on and off, shows recovery codes and makes new ones."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exercises.accounts import codes, notices
from exercises.accounts.code_forms import TurnOnForm
from exercises.accounts.encryption import Unreadable
from exercises.accounts.proof import proven
from exercises.accounts.qr_code import qr_path
from exercises.accounts.ways_in import WaysIn, ways_in_of
from exercises.web.redirects import SeeOther, saying
from exercises.web.request import Request

FILL = ["GET", "HEAD", "POST"]
NAME = "footcare-recovery-codes.txt"


@require_http_methods(FILL)
@proven
def turn_codes_on(request: Request) -> HttpResponse:
    """Where there is mail, the address has to be confirmed: nobody can turn codes on for the address of another."""
    ways = ways_in_of(request.user)
    if ways.codes:
        return SeeOther(reverse("mfa_view_recovery_codes"))
    if settings.MAIL_ENABLED and not ways.mailed_code:
        return render(request, "security/confirm_first.html", status=403)
    form = TurnOnForm(request.user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _setup(request, form)
    if codes.turn_on(request.user, form.secret, form.counter):
        notices.tell(request, request.user, notices.Kind.CODES_ON)
    return SeeOther(saying(reverse("mfa_view_recovery_codes"), "codes-on"))


def _setup(request: Request, form: TurnOnForm) -> HttpResponse:
    """Shows the secret of this form again or, in a new or outdated form, a new one."""
    secret, problem, status = form.secret, "", 422 if form.is_bound else 200
    if not secret:
        problem = " ".join(str(each) for each in form.errors.get("setup", []))
        secret, sealed = codes.new_setup(request.user)
        form = TurnOnForm(request.user, initial={"setup": sealed})
    address = codes.app_address(request.user, secret)
    side, path = qr_path(address)
    context = {
        "form": form,
        "problem": problem,
        "address": address,
        "key": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "side": side,
        "path": path,
    }
    return render(request, "security/codes_on.html", context, status=status)


@require_http_methods(FILL)
@proven
def turn_codes_off(request: Request) -> HttpResponse:
    if request.method != "POST":
        return render(request, "security/codes_off.html") if codes.are_on(request.user) else _to_security()
    if codes.turn_off(request.user):
        notices.tell(request, request.user, notices.Kind.CODES_OFF)
    return _to_security("codes-off")


@require_safe
@proven
def recovery_codes(request: Request) -> HttpResponse:
    """Those that were not used yet."""
    ways = ways_in_of(request.user)
    if ways.codes is None:
        return _to_security()
    return render(request, "security/recovery_codes.html", {"codes": _unused(ways), "most": codes.MOST})


@require_safe
@proven
def save_recovery_codes(request: Request) -> HttpResponse:
    """The same as a file."""
    ways = ways_in_of(request.user)
    if ways.codes is None:
        return _to_security()
    head = _("Recovery codes of Footcare for %(email)s. Each works once.") % {"email": request.user.email}
    text = "\n".join([head, "", *_unused(ways), ""])
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return answer


@require_http_methods(FILL)
@proven
def new_recovery_codes(request: Request) -> HttpResponse:
    if request.method != "POST":
        return render(request, "security/new_recovery_codes.html") if codes.are_on(request.user) else _to_security()
    if codes.make_recovery_codes(request.user):
        notices.tell(request, request.user, notices.Kind.RECOVERY_CODES_MADE)
    return SeeOther(saying(reverse("mfa_view_recovery_codes"), "recovery-codes-made"))


def _unused(ways: WaysIn) -> list[str]:
    """Empty if no key of this server opens them any more: "Log-in and security" says so."""
    held: Authenticator | None = ways.recovery_codes
    try:
        return codes.unused_recovery_codes(held) if held else []
    except Unreadable:
        return []


def _to_security(said: str = "") -> HttpResponse:
    address = reverse("security")
    return SeeOther(saying(address, said) if said else address)
