"""The rules of the addresses of "Log-in and security" and of each way in."""

from tests.support.addresses import users_page
from tests.support.ways_in.single_sign_on_rules import SINGLE_SIGN_ON

WAYS_IN = {
    "security": users_page(),
    **SINGLE_SIGN_ON,
}
