"""Django's rules for a new password, with their reasons in plain words."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class NotTooShort(password_validation.MinimumLengthValidator):
    """At least 8 characters."""

    def get_error_message(self) -> str:
        words = ngettext(
            "Your password is too short. Use at least %(least)d character.",
            "Your password is too short. Use at least %(least)d characters.",
            self.min_length,
        )
        return words % {"least": self.min_length}


class NotCommon(password_validation.CommonPasswordValidator):
    """Not on Django's list of passwords that many people use."""

    def get_error_message(self) -> str:
        return _("Many people use this password. Please choose another one.")


class NotLikeTheAddress(password_validation.UserAttributeSimilarityValidator):
    """Not too much like the email address, the only thing of a user that it compares with."""

    def get_error_message(self) -> str:
        return _("Your password is too much like your email address. Please choose another one.")
