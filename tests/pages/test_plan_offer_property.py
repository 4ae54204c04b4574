"""What is offered over made-up histories, against an oracle that counts day by day: DOMAIN 8, DOMAIN 4."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from hypothesis import example, given
from hypothesis import strategies as st

from exercises.catalogue.exercises import CATALOGUE
from exercises.models import Exercise, Plan, Preferences
from exercises.models.prescription import usual_prescription
from exercises.pages.plan_offer import Past
from exercises.pages.plan_proposals import CurrentPlan
from exercises.rules.adherence import Done, day_adherence

TODAY = date(2026, 11, 20)  # a Friday
DAYS = 40
MONDAY = TODAY.weekday()  # so many days ago
EXERCISES = [Exercise(pk=number, slug=entry.slug, **entry.fields()) for number, entry in enumerate(CATALOGUE, 1)]


def ago(days):
    return TODAY - timedelta(days=days)


@dataclass(frozen=True)
class History:
    """`rungs`: {days ago: rung from then on}. Of each day, today last: sets done, whether it is a rest day, pain."""

    rungs: dict[int, int]
    done: list[int]
    rest: list[bool]
    pain: list[int | None]
    put_off: int | None = None

    @property
    def past(self):
        until = None if self.put_off is None else ago(self.put_off)
        preferences = Preferences(pain_sites="low-back", step_put_off_until=until)
        return Past(self.plan, preferences, TODAY, self.day_on)

    @cached_property
    def plan(self):
        usual = [usual_prescription(each, since=ago(DAYS)) for each in EXERCISES]
        plan = Plan([])
        for days in sorted(self.rungs, reverse=True):
            held = CurrentPlan(Plan([]), usual, TODAY)
            wanted = held.on_rung(self.rungs[days] or 4)
            wanted = wanted if self.rungs[days] else [wanted[0].changed(reps=11), *wanted[1:]]
            plan = plan.replaced(wanted, ago(days))
        return plan

    @property
    def scores(self):
        return {(ago(DAYS - 1 - n), "low-back"): score for n, score in enumerate(self.pain) if score is not None}

    def day_on(self, day):
        n = DAYS - 1 - (TODAY - day).days
        due = () if self.rest[n] else self.plan.due(day)
        return day_adherence(due, [Done(*mark, 1, 1) for mark in list(self.plan.every_mark(day))[: self.done[n]]])


def each_day(values):
    return st.lists(values, min_size=DAYS, max_size=DAYS)


def mostly(usual, other):
    return st.one_of(st.just(usual), st.just(usual), st.just(usual), other)


HISTORIES = st.builds(
    History,
    rungs=st.dictionaries(st.integers(-2, 30), st.integers(0, 4), max_size=3).flatmap(
        lambda later: st.integers(0, 4).map(lambda first: {DAYS - 1: first} | later)
    ),
    done=st.sampled_from([10, 9, 8, 5, 4, 0]).flatmap(lambda usual: each_day(mostly(usual, st.integers(0, 10)))),
    rest=each_day(mostly(False, st.booleans())),
    pain=st.one_of(st.none(), st.integers(0, 7)).flatmap(
        lambda usual: each_day(mostly(usual, st.one_of(st.none(), st.integers(0, 10))))
    ),
    put_off=st.one_of(st.none(), st.integers(-14, 14)),
)


def rung_on(history, days):
    return history.rungs[min(each for each in history.rungs if each >= days)]


def began(history):
    """How many days ago the plan of tomorrow began; -1 is tomorrow."""
    days = -1
    while days < DAYS - 1 and rung_on(history, days) == rung_on(history, days + 1):
        days += 1
    return days


def on(history, values, days):
    """Those of so many days ago."""
    return values[DAYS - 1 - days]


def oracle(history):
    """("well" | "little" | "pain", "rung" | "smaller", the rung) or None."""
    since, rung = began(history), rung_on(history, 0)
    down = ("rung", rung - 1) if rung > 1 else ("smaller", 0)
    if history.put_off is not None and history.put_off < 0:
        return None
    if hurt(history, since) >= 2:
        return "pain", *down
    due = [
        on(history, history.done, n) for n in range(1, min(since, MONDAY + 14) + 1) if not on(history, history.rest, n)
    ]
    if len(due) >= 7 and sum(due[:7]) >= 56:  # yesterday first
        return None if rung in (0, 4) or is_up(history) else ("well", "rung", rung + 1)
    return ("little", *down) if since >= MONDAY + 14 and all(low_weeks(history)) else None


def hurt(history, since):
    """The days of the last seven with a set and a pain of 6 or more."""
    count = 0
    for days in range(min(6, since) + 1):
        if on(history, history.done, days) and (on(history, history.pain, days) or 0) >= 6:
            count += 1
    return count


def is_up(history):
    answers = [score for score in history.pain[-35:] if score is not None]
    first = answers[:-3][:7]
    return bool(first) and sum(answers[-3:]) * len(first) >= (sum(first) + 2 * len(first)) * 3


def low_weeks(history):
    for week in (range(MONDAY + 8, MONDAY + 15), range(MONDAY + 1, MONDAY + 8)):
        done = [on(history, history.done, days) for days in week if not on(history, history.rest, days)]
        yield len(done) >= 4 and sum(done) < 5 * len(done)


GOOD = History({39: 1}, [10] * DAYS, [False] * DAYS, [3] * DAYS)
BAD = History({39: 2}, [3] * DAYS, [False] * DAYS, [None] * DAYS)


@given(HISTORIES)
@example(GOOD)
@example(BAD)
@example(History({39: 1, -1: 2}, [10] * DAYS, [False] * DAYS, [None] * DAYS))
@example(History({39: 1}, [10] * DAYS, [False] * DAYS, [2] * 20 + [4] * 20))
@example(History({39: 3}, [8] * DAYS, [False] * DAYS, [6] * DAYS))
def test_what_is_offered_is_what_an_oracle_says(history):
    """An offer looks neither at exercises that are off nor at a later plan."""
    past = history.past
    since = past.first_answer
    offer = past.offer({key: score for key, score in history.scores.items() if since and key[0] >= since})
    found = offer and (offer.why, "rung" if offer.rung else "smaller", offer.rung)

    assert found == oracle(history)


@given(HISTORIES)
def test_an_offer_changes_doses_or_sessions_and_nothing_else(history):
    offer = history.past.offer(history.scores)
    if offer is None:
        return
    before, after = offer.current.all, offer.wanted
    kept = ("order", "variant", "pause_seconds", "exercise_id")

    assert [[getattr(each, name) for name in kept] for each in before] == [
        [getattr(each, name) for name in kept] for each in after
    ]
    assert offer.lines
    sizes = [(len(now.slots) * now.reps * now.effort_seconds, len(then.slots) * then.reps * then.effort_seconds)
             for now, then in zip(before, after, strict=True)]  # fmt: skip
    assert all(then >= now if offer.why == "well" else then <= now for now, then in sizes)
    assert offer.day == TODAY + timedelta(days=bool(history.done[-1]))
