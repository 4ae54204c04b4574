"""A message that the user sends to try it. The sender sends it like every other."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from exercises.models import Delivery, User
from exercises.models.reminder import ON_ITS_WAY, TEST
from exercises.pages.reminder_answers import Answer, SentTest
from exercises.reminders.ways import Ways, ways_of

MOST_A_DAY = 10
SENT_WITHIN = timedelta(minutes=5)
SHOWN = timedelta(minutes=10)


def send_test(user: User, day: date, now: datetime) -> None:
    """Make one message for each way. A second tap makes none while the first one is on its way.

    Raises ValidationError with one sentence.
    """
    with transaction.atomic():
        user.take_turn()
        ways, today = ways_of(user), Delivery.objects.of(user).filter(day=day, slot=TEST)
        if today.filter(state__in=ON_ITS_WAY, until__gt=now).exists():
            return
        turn = today.values("turn").distinct().count() + 1
        if not ways:
            raise ValidationError(_("First choose how reminders reach you. Then try it."))
        if turn > MOST_A_DAY:
            raise ValidationError(_("You tried it often enough for today. Please try again tomorrow."))
        Delivery.objects.bulk_create(
            Delivery(
                user=user,
                day=day,
                slot=TEST,
                turn=turn,
                channel=channel,
                device=device,
                not_before=now,
                until=now + SENT_WITHIN,
            )
            for channel, device in ways.channels
        )


def last_test(user: User, ways: Ways, now: datetime, works: bool) -> SentTest | None:
    """The last message that was sent to try, for some minutes: one query."""
    lately = Delivery.objects.of(user).filter(slot=TEST, until__gt=now + SENT_WITHIN - SHOWN)
    rows = list(lately.order_by("-day", "-turn", "channel", "device"))
    if not rows:
        return None
    newest = [each for each in rows if (each.day, each.turn) == (rows[0].day, rows[0].turn)]
    answers = [
        Answer(each.channel, ways.where(each.channel, each.device), each.state, each.answer, each.tries)
        for each in newest
    ]
    return SentTest(answers, rows[0].until - SENT_WITHIN, now, works)
