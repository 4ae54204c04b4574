"""The form for a new user whose provider told no address."""

from allauth.socialaccount.forms import SignupForm

from exercises.accounts.forms import PlainErrors


class AddressForm(PlainErrors, SignupForm):
    pass
