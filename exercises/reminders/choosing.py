"""Who is due a reminder. Each gets a delivery for each of their ways, once: the key of a delivery sees to that."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from typing import Any, NamedTuple

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from exercises.models import SESSION_SLOTS, Channel, Delivery, Preferences, PushSubscription
from exercises.models.reminder import DELIVERED, FIRST, SECOND
from exercises.models.reminder_choices import REMIND_TIMES, chosen_slots
from exercises.reminders.batches import in_batches
from exercises.reminders.still_open import still_open
from exercises.reminders.ways import Way, is_chosen
from exercises.rules.days import zone_named
from exercises.rules.reminders import SECOND_AFTER, ClockRange, Due, clocks_due, due_at, second_is_due

BATCH = 500  # users in a query
LOOK_AGAIN = timedelta(minutes=5)  # at those who are done or were reminded: a set may be undone, a choice changed
READ = (
    "user", "time_zone", "day_starts_at", "remind_slots", "morning_at", "midday_at", "evening_at", *REMIND_TIMES,
    "remind_again", "quiet_from", "quiet_until", "remind_by_mail", "remind_by_webhook",
)  # fmt: skip

Key = tuple[int, date, str]


class Candidate(NamedTuple):
    """A slot that is due by the clock. Whether something of it is open is not known yet."""

    preferences: Preferences
    slot: str
    due: Due

    @property
    def user(self) -> int:
        return self.preferences.user_id

    @property
    def key(self) -> Key:
        return self.user, self.due.day, self.slot


class Told(NamedTuple):
    """What was delivered for a slot: the last turn, and when the first one was sent, if it was."""

    turn: int
    first_at: datetime | None


class Chooser:
    """What one sender remembers: at whom it need not look for a while, because they are done or were reminded."""

    def __init__(self) -> None:
        self._look_at: dict[Key, datetime] = {}
        self._last = datetime.min.replace(tzinfo=UTC)

    def choose(self, now: datetime) -> int:
        """Write the deliveries that are due at `now`. Returns their number; another sender may have written some."""
        self._forget(now)
        due = [each for each in candidates(now) if each.key not in self._look_at]
        by_day: dict[date, list[Candidate]] = defaultdict(list)
        for each in due:
            by_day[each.due.day].append(each)
        batches = ((day, batch) for day, some in by_day.items() for batch in in_batches(some, BATCH))
        return sum(self._choose(batch, day, now) for day, batch in batches)

    def _forget(self, now: datetime) -> None:
        """Whoever is to be looked at now; everybody, if the clock was set back."""
        kept = self._look_at if now >= self._last else {}
        self._look_at, self._last = {key: at for key, at in kept.items() if at > now}, now

    def _choose(self, batch: Sequence[Candidate], day: date, now: datetime) -> int:
        told = _told(batch, day)
        turns = [(each, _turn(each, told.get((each.user, each.slot)), now)) for each in batch]
        ways = _ways([each for each, turn in turns if turn in (FIRST, SECOND)])
        asked = [(each, turn) for each, turn in turns if ways.get(each.user) and turn in (FIRST, SECOND)]
        is_open = still_open({each.user for each, _turn in asked}, day)
        done = [each for each, _turn in asked if (each.user, each.slot) not in is_open]
        silent = done + [each for each, turn in turns if turn > SECOND]
        self._look_at |= dict.fromkeys([each.key for each in silent], now + LOOK_AGAIN)
        rows = [
            _delivery(each, turn, way, now)
            for each, turn in asked
            if (each.user, each.slot) in is_open
            for way in ways[each.user]
        ]
        for some in in_batches(rows):
            Delivery.objects.bulk_create(some, ignore_conflicts=True)
        return len(rows)


def candidates(now: datetime) -> Iterator[Candidate]:
    """Every slot that is due by the clock, of users who are reminded of it: a query for each wall clock in use."""
    zones: dict[ClockRange, list[str]] = defaultdict(list)
    reminded = Preferences.objects.filter(chosen_slots())
    for name in reminded.order_by().values_list("time_zone", flat=True).distinct():
        zones[clocks_due(now, zone_named(name) or UTC)].append(name)
    due = cache(partial(due_at, now))  # thousands share a time, and the calendar is slow
    times = {f"{slot}_due": Coalesce(F(f"{slot}_remind_at"), F(f"{slot}_at")) for slot in SESSION_SLOTS}
    for clocks, names in zones.items():
        in_range = Q()
        for slot in SESSION_SLOTS:
            in_range |= Q(remind_slots__contains=slot.value) & _between(f"{slot}_due", clocks)
        some = reminded.filter(time_zone__in=names, user__is_active=True).alias(**times).filter(in_range)
        for preferences in some.only(*READ):
            yield from _due_slots(preferences, due)


def _between(field: str, clocks: ClockRange) -> Q:
    since, until = Q(**{f"{field}__gte": clocks.first}), Q(**{f"{field}__lte": clocks.last})
    return since & until if clocks.first <= clocks.last else since | until


def _due_slots(preferences: Preferences, due_at: Callable[..., Due | None]) -> Iterator[Candidate]:
    zone, quiet = preferences.zone, preferences.quiet
    for slot in preferences.reminded_slots:
        if due := due_at(preferences.remind_at(slot), zone, preferences.day_starts_at, quiet):
            yield Candidate(preferences, slot, due)


def _told(batch: Iterable[Candidate], day: date) -> Mapping[tuple[int, str], Told]:
    rows = Delivery.objects.filter(user__in={each.user for each in batch}, day=day, turn__gte=FIRST)
    told: dict[tuple[int, str], Told] = {}
    for user, slot, turn, state, at in rows.values_list("user", "slot", "turn", "state", "claimed_at"):
        last, first_at = told.get((user, slot), Told(turn, None))
        if turn == FIRST and state in DELIVERED and at:
            first_at = max(at, first_at or at)
        told[user, slot] = Told(max(turn, last), first_at)
    return told


def _turn(candidate: Candidate, told: Told | None, now: datetime) -> int:
    """FIRST or SECOND if that is due, 0 if the second one will be, more than SECOND if no other one comes."""
    if told is None:
        return FIRST
    if told.turn >= SECOND or not candidate.preferences.remind_again:
        return SECOND + 1
    is_time = second_is_due(now, candidate.due) and told.first_at and told.first_at + SECOND_AFTER <= now
    return SECOND if is_time else 0


def _ways(batch: Iterable[Candidate]) -> Mapping[int, list[Way]]:
    """The ways of each user: one query."""
    preferences = {each.user: each.preferences for each in batch}
    ways: dict[int, list[Way]] = defaultdict(list)
    for user, uuid in PushSubscription.objects.filter(user__in=preferences).values_list("user", "uuid"):
        ways[user].append((Channel.PUSH, str(uuid)))
    for user, chosen in preferences.items():
        ways[user] += [(channel, "") for channel in Channel if is_chosen(channel, chosen)]
    return ways


def _delivery(candidate: Candidate, turn: int, way: Way, now: datetime) -> Delivery:
    user, day, slot = candidate.key
    key: dict[str, Any] = {"user_id": user, "day": day, "slot": slot, "turn": turn, "channel": way[0], "device": way[1]}
    return Delivery(**key, not_before=now, until=candidate.due.until)
