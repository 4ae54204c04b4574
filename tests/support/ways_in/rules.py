"""The rules of the addresses of "Log-in and security" and of each way in."""

from datetime import timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils import timezone

from exercises.models import LogInSession
from tests.support.addresses import act, users_page
from tests.support.ways_in.codes_rules import CODES
from tests.support.ways_in.mailed_rules import MAILED
from tests.support.ways_in.passkeys_rules import PASSKEYS
from tests.support.ways_in.single_sign_on_rules import SINGLE_SIGN_ON

KEY = "k" * 32


def another_session(cast):
    """The same one each time."""
    uuid, now = UUID(int=7), timezone.now()
    Session.objects.get_or_create(session_key=KEY, defaults={"expire_date": now + timedelta(days=1)})
    stored = {"key": KEY, "stamp": cast.alice.session_stamp, "device": "Firefox on Windows", "began_at": now}
    LogInSession.objects.get_or_create(user=cast.alice, uuid=uuid, defaults=stored)
    return {"uuid": uuid}


WAYS_IN = {
    "security": users_page(),
    "end_log_in_session": act(arguments=another_session, forms=lambda cast: [{}], ids=("uuid",)),
    "end_other_log_in_sessions": act(forms=lambda cast: [{}]),
    **CODES,
    **MAILED,
    **PASSKEYS,
    **SINGLE_SIGN_ON,
}
