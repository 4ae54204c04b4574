"""The rules of the addresses that codes by mail and the password have."""

from tests.support.addresses import ANYBODY, FILL, VISITORS, Rule, users_page, visitors

# A button counts by its name; an address that is not the user's is passed over.
ADDRESSES = ("email", "action_add", "action_cancel", "action_primary", "action_remove", "action_send")

MAILED = {
    "account_email": users_page(
        methods=FILL,
        mail=True,
        forms=lambda cast: [{"action_add": "", "email": "al@example.org"}, {"action_cancel": ""}],
        free=ADDRESSES,
    ),
    "account_request_login_code": visitors(forms=lambda cast: [{"email": cast.alice.email}], mail=True),
    "account_confirm_login_code": Rule(
        methods=FILL,
        users=VISITORS,
        query=("next",),
        forms=lambda cast: [{"code": "1234 5678"}, {"action": "resend"}, {"action": "leave"}],
        free=("next", "code", "action"),
        mail=True,
        page=False,
    ),
    # Without a code that is on its way it leads on.
    "account_email_verification_sent": Rule(
        methods=FILL,
        users=ANYBODY,
        query=("next",),
        forms=lambda cast: [{"code": "1234 5678"}, {"action": "resend"}, {"action": "leave"}],
        free=("next", "code", "action"),
        mail=True,
        page=False,
    ),
    # Whoever has a password is led to change it.
    "account_set_password": users_page(
        methods=FILL,
        query=("next",),
        forms=lambda cast: [dict.fromkeys(("password1", "password2"), "ten sets a day")],
        free=("next", "account"),
        page=False,
    ),
}
