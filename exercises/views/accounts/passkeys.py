"""Passkeys of a user: add one, name it, remove it."""

from allauth.mfa.models import Authenticator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from exercises.accounts import passkeys
from exercises.accounts.form_owner import owner_of, signed
from exercises.accounts.proof import proven
from exercises.accounts.ways_in import LONGEST_PASSKEY_NAME, MOST_PASSKEYS, Type, ways_in_of
from exercises.web.device_names import device_name
from exercises.web.redirects import SeeOther, saying
from exercises.web.refusals import wants_json
from exercises.web.request import Request


@proven
def add_passkey(request: Request) -> HttpResponse:
    """Its script asks for JSON when the user taps, and then sends the form."""
    if request.method == "POST":
        return _add(request) if owner_of(request) == request.user.pk else SeeOther(reverse("security"))
    if wants_json(request):
        return JsonResponse({"user": request.user.pk, "options": passkeys.creation_options(request.user)})
    return _add_page(request)


def _add(request: Request) -> HttpResponse:
    name = _name_in(request) or device_name(request.headers.get("User-Agent", ""))
    try:
        passkeys.add(request, request.user, name, request.POST.get("credential", ""))
    except passkeys.Refused:
        return _add_page(request, _("This did not work. Please try again."))
    except passkeys.TooMany:
        return _add_page(request)
    return SeeOther(saying(reverse("security"), "passkey-added"))


def _add_page(request: Request, problem: str = "") -> HttpResponse:
    held = Authenticator.objects.filter(user=request.user, type=Type.WEBAUTHN).count()
    full = held >= MOST_PASSKEYS
    context = {
        "problem": problem,
        "full": full,
        "most": MOST_PASSKEYS,
        "name": _name_in(request) or device_name(request.headers.get("User-Agent", "")),
        "longest": LONGEST_PASSKEY_NAME,
        "account": signed(request.user),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "security/add_passkey.html", context, status=status)


@proven
def rename_passkey(request: Request, pk: int) -> HttpResponse:
    passkey = get_object_or_404(Authenticator, pk=pk, user=request.user, type=Type.WEBAUTHN)
    problem = _problem_with(request.POST.get("name", "")) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        passkey.data["name"] = _name_in(request)
        passkey.save(update_fields=["data"])
        return SeeOther(saying(reverse("security"), "saved"))
    context = {"passkey": passkey, "problem": problem, "longest": LONGEST_PASSKEY_NAME}
    return render(request, "security/rename_passkey.html", context, status=422 if problem else 200)


@proven
def remove_passkey(request: Request, pk: int) -> HttpResponse:
    """A GET asks whether; after a second submit the passkey is gone, and the answer is the same."""
    if request.method == "POST":
        try:
            passkeys.remove(request, request.user, pk)
        except passkeys.LastWayIn:
            return _remove_page(request, pk, status=409)
        return SeeOther(saying(reverse("security"), "passkey-removed"))
    return _remove_page(request, pk)


def _remove_page(request: Request, pk: int, status: int = 200) -> HttpResponse:
    passkey = get_object_or_404(Authenticator, pk=pk, user=request.user, type=Type.WEBAUTHN)
    context = {"passkey": passkey, "is_last": ways_in_of(request.user).is_last}
    return render(request, "security/remove_passkey.html", context, status=status)


def _name_in(request: Request) -> str:
    """A new passkey is on the device already, so its name is made to fit and never refused."""
    letters = "".join(each for each in request.POST.get("name", "") if each.isprintable())
    return " ".join(letters.split())[:LONGEST_PASSKEY_NAME].strip()


def _problem_with(name: str) -> str:
    if not name.strip():
        return _("Please fill this in.")
    if len(name) > LONGEST_PASSKEY_NAME or not name.isprintable():
        return _("Please use a short name of letters and numbers.")
    return ""
