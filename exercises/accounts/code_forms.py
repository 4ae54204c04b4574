"""The forms that take a code of an app or a recovery code."""

from typing import Any

from allauth.core import context
from allauth.mfa.base import forms as mfa
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.accounts import codes, notices
from exercises.accounts.counted_codes import counted
from exercises.accounts.encryption import Unreadable
from exercises.accounts.forms import CODE_TYPED, PlainErrors
from exercises.accounts.log_in_limits import limits_of_codes
from exercises.models import User

LONGEST = 40  # with blanks and dashes


def code_field(label: Any, help_text: Any = "", **attributes: Any) -> forms.CharField:
    widget = forms.TextInput(CODE_TYPED | attributes)
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=widget)


class AcceptedCode(PlainErrors):
    """Takes a code of the app or a recovery code, and uses it up. A wrong one counts. A used recovery code is told."""

    code = code_field(pgettext_lazy("label", "Code"))
    user: Any
    authenticator: Any

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        with counted(context.request, limits_of_codes(context.request, self.user)):
            try:
                self.authenticator = codes.accept(self.user, code)
            except codes.Refused as refused:
                raise forms.ValidationError(str(refused)) from refused
        return code

    def save(self) -> None:
        super().save()  # type: ignore[misc]
        if self.authenticator.type == codes.Type.RECOVERY_CODES:
            notices.tell(context.request, self.user, notices.Kind.RECOVERY_CODE_USED)


class AuthenticateForm(AcceptedCode, mfa.AuthenticateForm):
    """The second step of a log-in. The keyboard opens at once: there is nothing else to do on its page."""

    code = code_field(
        pgettext_lazy("label", "Code"), help_text=_("Lost your phone? Use a recovery code."), autofocus=True
    )


class ReauthenticateForm(AcceptedCode, mfa.ReauthenticateForm):
    """Proves again who the user is."""

    code = code_field(pgettext_lazy("label", "Code of your app, or a recovery code"))


class TurnOnForm(PlainErrors):
    """A first code of the new secret, which is sealed in the form: it proves that the app has it. Nothing to guess."""

    code = code_field(pgettext_lazy("label", "Code of the app"))
    setup = forms.CharField(widget=forms.HiddenInput, max_length=500)

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        self.user = user
        super().__init__(*args, **options)
        self.secret, self.counter = "", 0

    def clean_setup(self) -> str:
        sealed: str = self.cleaned_data["setup"]
        try:
            self.secret = codes.secret_in(sealed, self.user)
        except Unreadable as error:
            raise forms.ValidationError(codes.TOO_OLD) from error
        return sealed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.secret and "code" in cleaned:
            counter = codes.counter_of(self.secret, codes.normal_code(cleaned["code"]))
            if counter is None:
                self.add_error("code", str(codes.WRONG_FIRST))
                self.fields["code"].widget.attrs["autofocus"] = True  # it stands at the end of the page
            else:
                self.counter = counter
        return cleaned
