"""Deliveries between senders: claimed by one of them, settled by it, given up or given back if it died.

Every change is a compare-and-set of `state`, so any number of senders may run, on one machine or on several.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q

from exercises.models import Channel, Delivery, PushSubscription, State
from exercises.models.reminder import DeliveryQuerySet
from exercises.reminders.batches import in_batches
from exercises.reminders.job import GONE, Job, Outcome

CLAIM = timedelta(minutes=2)  # a sender that holds a claim longer has died: a message takes seconds
MOST_TRIES = 10
KEPT = timedelta(days=14)
DELETED = 500  # in a round


def waiting(channel: Channel, now: datetime) -> DeliveryQuerySet:
    """What may be sent now, in turn."""
    own = Delivery.objects.filter(channel=channel, state=State.WAITING)
    return own.filter(not_before__lte=now, until__gt=now).order_by("not_before")


def claim(channel: Channel, most: int, now: datetime) -> list[Delivery]:
    """Up to `most` of those that wait: only the caller sends them. They come with their users and preferences."""
    if not waiting(channel, now).exists():  # on SQLite a transaction stops the other writers
        return []
    batch = uuid4()
    with transaction.atomic():
        # The rows that another sender claims at this moment are skipped; SQLite has one writer at a time.
        keys = [each.pk for each in waiting(channel, now).select_for_update(skip_locked=True)[:most]]
        claimed = {"state": State.SENDING, "claimed_at": now, "claimed_by": batch, "answer": ""}
        _these(keys).filter(state=State.WAITING).update(**claimed, tries=F("tries") + 1)
        # Read before the claim is committed: an error claims nothing.
        return list(_these(keys).filter(claimed_by=batch).select_related("user__preferences"))


def settle(outcomes: Iterable[tuple[Delivery, Outcome]]) -> None:
    """Store what came of deliveries. Raises nothing for one that was given up, or whose user is gone meanwhile."""
    alike: dict[tuple, list[Delivery]] = defaultdict(list)
    for delivery, outcome in outcomes:
        alike[delivery.claimed_by, _final(delivery, outcome)].append(delivery)
    with transaction.atomic():
        for (batch, outcome), deliveries in alike.items():
            own = _these([each.pk for each in deliveries]).filter(claimed_by=batch)
            _store(own.filter(state__in=[State.SENDING, State.FAILED]), outcome)


def _final(delivery: Delivery, outcome: Outcome) -> Outcome:
    """It is tried again only so often."""
    if outcome.retry_at is None or delivery.tries < MOST_TRIES:
        return outcome
    return Outcome(State.FAILED, outcome.answer)


def _store(own: DeliveryQuerySet, outcome: Outcome) -> None:
    if outcome.retry_at:
        again = {"state": State.WAITING, "not_before": outcome.retry_at, "claimed_by": None}
        own.update(**again, answer=outcome.answer)
    else:
        own.update(state=outcome.state, answer=outcome.answer)


def remove_gone(outcomes: Iterable[tuple[Job, Outcome]]) -> None:
    """Remove the devices that are gone, unless one has subscribed again since."""
    for job, outcome in outcomes:
        if outcome.answer == GONE and (gone := job.subscription):
            PushSubscription.objects.filter(user=gone.user_id, uuid=gone.uuid, digest=gone.digest).delete()


def sweep(channel: Channel, repeats: bool, now: datetime) -> None:
    """End what waits too long, and what was claimed by a sender that died: it is sent again if the channel repeats.

    A claim of the future is that of a clock that was set back since.
    """
    own = Delivery.objects.filter(channel=channel)
    late = own.filter(state=State.WAITING, until__lte=now)
    dead = own.filter(Q(claimed_at__lte=now - CLAIM) | Q(claimed_at__gt=now + CLAIM), state=State.SENDING)
    # On SQLite an update stops the other writers, also one of no row.
    if late.exists():
        late.update(state=State.MISSED, answer="late")
    if dead.exists():
        if repeats:
            dead.filter(tries__lt=MOST_TRIES).update(state=State.WAITING, claimed_by=None)
        dead.update(state=State.FAILED, answer="unknown")


def delete_old(now: datetime) -> None:
    """Delete some of the deliveries that nobody needs any more."""
    old = Delivery.objects.filter(until__lte=now - KEPT).order_by("until")
    keys = list(old.values_list("pk", flat=True)[:DELETED])
    for some in in_batches(keys):
        _these(some).delete()


def _these(keys: Collection) -> DeliveryQuerySet:
    return Delivery.objects.filter(pk__in=keys)
