"""The rules of codes, recovery codes and the link of the server's owner."""

from exercises.accounts import codes, login_links
from tests.support.addresses import FILL, VISITORS, Rule, public, users_page
from tests.support.ways_in.codes import code_now, take_first_step, turn_on


def first_step(cast):
    """No argument: but without it there is no page."""
    turn_on(cast.alice)
    take_first_step(cast.strangers, cast.alice)
    return {}


def with_codes(cast):
    turn_on(cast.alice)
    return {}


def a_code(cast):
    return [{"code": code_now()}]


def a_setup(cast):
    secret, sealed = codes.new_setup(cast.alice)
    return [{"setup": sealed, "code": code_now(secret)}]


def a_login_link(cast):
    return {"token": login_links.token_for(cast.alice)}


CODES = {
    # Links lead to these, but only after a first proof or for who has codes.
    "mfa_authenticate": Rule(FILL, VISITORS, ("next",), first_step, a_code, page=False),
    "mfa_activate_totp": users_page(methods=FILL, forms=a_setup, page=False),
    "mfa_deactivate_totp": users_page(methods=FILL, arguments=with_codes, forms=lambda cast: [{}], page=False),
    "mfa_view_recovery_codes": users_page(arguments=with_codes, page=False),
    "mfa_download_recovery_codes": users_page(arguments=with_codes, page=False),
    "mfa_generate_recovery_codes": users_page(methods=FILL, arguments=with_codes, forms=lambda cast: [{}], page=False),
    "login_link": public(methods=FILL, arguments=a_login_link, forms=lambda cast: [{}], page=False, says_whose=True),
}
