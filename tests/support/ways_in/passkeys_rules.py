"""The rules of the addresses of passkeys."""

from allauth.mfa.models import Authenticator

from exercises.accounts.form_owner import signed
from tests.support.addresses import FILL, Rule, users_page, visitors

A_PASSKEY = {"name": "Phone", "credential": {"rawId": "x", "response": {}}}


def a_passkey(cast):
    """The same one each time."""
    kept, _new = Authenticator.objects.get_or_create(user=cast.alice, type="webauthn", defaults={"data": A_PASSKEY})
    return {"pk": kept.pk}


def an_account(cast):
    return [{"account": signed(cast.alice), "name": "Phone"}]


PASSKEYS = {
    "mfa_login_webauthn": visitors(page=False, free=("next", "credential")),
    "account_signup_by_passkey": visitors(
        mail=True,
        query=("next", "tried"),
        forms=lambda cast: [{"email": "carla@example.org"}],
        hidden=("trial",),
        free=("next", "trial"),
    ),
    "mfa_signup_webauthn": visitors(mail=True, page=False, free=("next", "name", "credential", "action")),
    "mfa_reauthenticate_webauthn": Rule(FILL, query=("next",), page=False, free=("next", "credential")),
    "add_passkey": users_page(FILL, page=False, free=("next", "account")),  # after a proof
    "rename_passkey": users_page(
        FILL, arguments=a_passkey, forms=lambda cast: [{"name": "Phone"}], page=False, free=("next", "name")
    ),
    "remove_passkey": users_page(FILL, arguments=a_passkey, forms=lambda cast: [{}], page=False),
}
