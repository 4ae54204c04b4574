"""The rules of the addresses that codes by mail and the password have."""

from tests.support.addresses import ANYBODY, FILL, Rule

MAILED = {
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
