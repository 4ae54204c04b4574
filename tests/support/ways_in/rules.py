"""The rules of the addresses of "Log-in and security" and of each way in."""

from tests.support.addresses import users_page
from tests.support.ways_in.mailed_rules import MAILED
from tests.support.ways_in.passkeys_rules import PASSKEYS

WAYS_IN = {
    "security": users_page(),
    **MAILED,
    **PASSKEYS,
}
