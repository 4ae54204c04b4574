"""The forms of allauth, with our words and our rules."""

from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.account.models import EmailAddress
from allauth.core import context
from django.forms import CharField, EmailField, Form, TextInput
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from exercises.accounts.adapter import INVALID_EMAIL
from exercises.accounts.counted_codes import counted
from exercises.accounts.log_in_limits import limits_of
from exercises.accounts.mailed_code import is_code
from exercises.models import User
from exercises.models.user import normal_email, normal_password

# Digits in groups are read from left to right, whatever the language.
CODE_TYPED = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}


class PlainErrors(Form):
    """A form whose fields say in plain words what is missing."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill this in.")
            if isinstance(field, EmailField):
                field.error_messages["invalid"] = INVALID_EMAIL


class SamePassword(forms.PasswordVerificationMixin, PlainErrors):
    """The new password, typed twice."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super(forms.PasswordVerificationMixin, self).clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and normal_password(first) != normal_password(second):
            self.add_error("password2", _("The two passwords are not the same."))
        return cleaned


class MailedCode(PlainErrors):
    """A field for a code from a mail. A wrong code counts like a wrong password."""

    email: str
    user: User | None
    expected_code: str
    code = CharField(
        label=pgettext_lazy("label", "Code"),
        max_length=60,
        widget=TextInput(attrs=CODE_TYPED | {"class": "code-field"}),
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        with counted(context.request, limits_of(context.request, self.email, self.user)):
            if not is_code(code, self.expected_code):
                raise get_adapter().validation_error("incorrect_code")
        return code


class AskForCodeForm(PlainErrors, forms.RequestLoginCodeForm):
    def clean_email(self) -> str:
        """In its one spelling. Whose it is decides what is mailed (log_in_code.py), not what the page says."""
        email: str = get_adapter().clean_email(self.cleaned_data["email"])
        return email


class LogInCodeForm(MailedCode, forms.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, user: User | None = None, email: str = "", **options: Any) -> None:
        self.user, self.email = user, email
        super().__init__(*args, **options)


class ConfirmEmailForm(MailedCode, forms.ConfirmEmailVerificationCodeForm):
    """The right code of an address that another account has confirmed meanwhile is told so."""

    def clean_code(self) -> str:
        code = MailedCode.clean_code(self)
        email_already_exists(user=self.user, email=self.email, always_raise=True)
        return code


class NewEmailForm(PlainErrors, forms.AddEmailForm):
    """The address to change to. Whether somebody else has it is told to whoever enters the code of its mail."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].label = pgettext("label", "New email address")

    def clean_email(self) -> str:
        email: str = get_adapter().clean_email(self.cleaned_data["email"])
        if EmailAddress.objects.filter(user=self.user, email=email, verified=True, primary=True).exists():
            raise get_adapter().validation_error("duplicate_email")
        return email


class LoginForm(PlainErrors, forms.LoginForm):
    def clean_login(self) -> str:
        """Any spelling of the address logs in."""
        return normal_email(self.cleaned_data["login"])


class SignupForm(PlainErrors, forms.SignupForm):
    def validate_unique_email(self, value: str) -> str:
        """Keeps the address, which the form drops if it is taken."""
        self.address = value
        email: str = super().validate_unique_email(value)
        return email


class ReauthenticateForm(PlainErrors, forms.ReauthenticateForm):
    pass


class ResetPasswordForm(PlainErrors, forms.ResetPasswordForm):
    def clean_email(self) -> str:
        """The mail goes to the address as it is stored, not as it was typed."""
        self.cleaned_data["email"] = normal_email(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


class ResetPasswordKeyForm(SamePassword, forms.ResetPasswordKeyForm):
    password1 = SetPasswordField(label=pgettext_lazy("label", "New password"))
    password2 = PasswordField(label=pgettext_lazy("label", "New password again"), autocomplete="new-password")


class SetPasswordForm(SamePassword, forms.SetPasswordForm):
    """For an account without a password."""

    password1 = SetPasswordField(label=pgettext_lazy("label", "New password"))
    password2 = PasswordField(label=pgettext_lazy("label", "New password again"), autocomplete="new-password")


class ChangePasswordForm(SamePassword, forms.ChangePasswordForm):
    """Counts wrong current passwords: an unlocked phone must not allow endless guesses."""

    oldpassword = PasswordField(
        label=pgettext_lazy("label", "Current password"), autocomplete="current-password", show_reset_help=True
    )
    password1 = SetPasswordField(label=pgettext_lazy("label", "New password"))
    password2 = PasswordField(label=pgettext_lazy("label", "New password again"), autocomplete="new-password")

    def clean_oldpassword(self) -> str:
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password
