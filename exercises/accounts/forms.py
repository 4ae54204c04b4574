"""The forms of allauth that need a rule of ours."""

from allauth.account import forms
from allauth.account.adapter import get_adapter

from exercises.models.user import normal_email


class LoginForm(forms.LoginForm):
    def clean_login(self) -> str:
        """Any spelling of the address logs in."""
        return normal_email(self.cleaned_data["login"])


class ResetPasswordForm(forms.ResetPasswordForm):
    def clean_email(self) -> str:
        """The mail goes to the address as it is stored, not as it was typed."""
        self.cleaned_data["email"] = normal_email(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


class ChangePasswordForm(forms.ChangePasswordForm):
    """Counts wrong current passwords: an unlocked phone must not allow endless guesses."""

    def clean_oldpassword(self) -> str:
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password
