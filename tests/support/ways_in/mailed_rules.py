"""The rules of the addresses that codes by mail and the password have."""

from tests.support.addresses import ANYBODY, FILL, VISITORS, Rule, visitors

MAILED = {
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
}
