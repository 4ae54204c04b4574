"""The whole history against a plain model of it, in any order of acts: what is saved as a file is what the model holds,
what the charts count is what the model counts, and no past day changes with a plan.
"""

import json
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from exercises.loaders import history_of
from exercises.models import Prescription, User
from exercises.record.archive.export import document
from exercises.record.archive.merge import apply
from exercises.record.archive.reader import entries
from exercises.record.parsing import read
from exercises.record.plan_changes import change_plan
from exercises.record.recording import record
from tests.support.usual_plan import ALL_EXERCISES, SESSION_SLOTS
from tests.support.wire import rolled_back

ZONES = ["UTC", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"]
BEGUN = datetime(2026, 9, 7, tzinfo=UTC)
slugs, slots, days_ago = st.sampled_from(ALL_EXERCISES), st.sampled_from([*SESSION_SLOTS, "extra"]), st.integers(0, 9)


class Life(RuleBasedStateMachine):
    """A user with a phone, and beside it what the phone knows to have done, in plain dicts."""

    def __init__(self):
        super().__init__()
        self.rolled_back = rolled_back()
        self.rolled_back.__enter__()
        self.numbers = count(1)
        self.now, self.zone = datetime(2026, 11, 2, 12, tzinfo=UTC), "UTC"
        self.sent, self.sets, self.said, self.undone = [], {}, {}, set()
        self.user = User.objects.create_user(email="alice@example.org")
        Prescription.objects.filter(user=self.user).update(since=BEGUN.date())
        # The model of the plan: what was asked for from a day on.
        self.plan = {
            (each.exercise.slug, each.since): (set(each.slots), each.dose.total_reps)
            for each in Prescription.objects.of(self.user)
        }

    def teardown(self):
        self.rolled_back.__exit__(None, None, None)

    # What happens.

    @rule(slug=slugs, slot=slots, ago=days_ago, hours=st.integers(0, 23), reps=st.integers(1, 40),
          source=st.sampled_from(["timed", "ticked", "backdated"]))  # fmt: skip
    def do_a_set(self, slug, slot, ago, hours, reps, source):
        at = self.now - timedelta(days=ago, hours=hours)
        event = {"exercise": slug, "slot": slot, "completed_at": at.isoformat(), "source": source, "reps": reps}
        self.send("set", **event)
        day = at.astimezone(ZoneInfo(self.zone)).date()
        due = self.due(day).get(slug) or self.plan[slug, BEGUN.date()]
        self.sets[self.sent[-1]["id"]] = (day, slug, slot, reps, due[1], source)

    @rule(kind=st.sampled_from(["rest_day", "pain", "note"]), ago=days_ago, number=st.integers(0, 10))
    def say(self, kind, ago, number):
        day = (self.now.astimezone(ZoneInfo(self.zone)) - timedelta(days=ago)).date()
        what = {
            "rest_day": {"reason": "sick", "on": number > 2},
            "pain": {"site": "low-back", "score": number},
            "note": {"text": "=" * number},
        }[kind]
        self.send(kind, day=day.isoformat(), said_at=self.now.isoformat(), **what)
        self.said[self.sent[-1]["id"]] = (kind, day, self.now, what)

    @precondition(lambda self: self.sets or self.said)
    @rule(data=st.data())
    def undo(self, data):
        target = data.draw(st.sampled_from(sorted({*self.sets, *self.said})))
        self.send("undo", target=target)
        self.undone.add(target)

    @rule(slug=slugs, due=st.sets(st.sampled_from(SESSION_SLOTS)), reps=st.integers(1, 12), ahead=st.integers(0, 3))
    def change_the_plan(self, slug, due, reps, ahead):
        """No past day changes."""
        today = self.user.preferences.day(self.now, ZoneInfo(self.zone))
        since, before = today + timedelta(days=ahead), self.charts_before(today)
        usual = next(each for each in self.user.plan.on(since) if each.exercise.slug == slug)
        wanted = usual.changed(slots=due, reps=reps)
        change_plan(self.user, [wanted], since, today)
        self.plan[slug, since] = (set(due), wanted.dose.total_reps)
        assert self.charts_before(today) == before

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, zone):
        self.zone = zone
        self.user.preferences.time_zone = zone
        self.user.preferences.save()

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def the_phone_repeats_itself(self, data):
        """In any order; after a move too, when the facts came in a file."""
        for event in data.draw(st.lists(st.sampled_from(self.sent), max_size=4)):
            assert record(self.user, read(event), self.now) == "duplicate"

    @rule(shuffled=st.randoms(use_true_random=False))
    def move_to_a_new_account(self, shuffled):
        """By a file, its entries in any order."""
        saved = self.saved()
        told = json.loads(saved)
        parts = list(told.items())
        shuffled.shuffle(parts)
        for _name, part in parts:
            if isinstance(part, list):
                shuffled.shuffle(part)
        self.user.delete()
        self.user = User.objects.create_user(email="alice@example.org")
        self.bring_in(json.dumps(dict(parts)))
        assert self.saved() == saved
        self.look()

    @rule()
    def bring_in_what_is_there(self):
        saved = self.saved()
        assert self.bring_in(saved).added.total() == 0
        assert self.saved() == saved

    # What must hold. Not after each act, for that takes its time.

    @rule()
    def look(self):
        self.file_is_the_model()
        self.charts_are_the_model()

    def file_is_the_model(self):
        told = json.loads(self.saved())
        assert {each["id"] for each in told["sets"] if each["undone"]} == self.undone & self.sets.keys()
        assert {each["id"]: plainly(each) for each in told["sets"]} == self.sets
        said = [*told["pain"], *told["rest_days"], *told["notes"]]
        assert {each["id"]: each["undone"] for each in said} == {id: id in self.undone for id in self.said}

    def charts_are_the_model(self):
        today = self.user.preferences.day(self.now)
        history = self.history(today)
        for week in history.weeks(self.user.preferences.week(today)[0], 3):
            for slug in ALL_EXERCISES:
                totals = week.totals_of(slug)
                fills = [fill for each in week.days for fill in self.fills(each.day, slug, today)]
                assert (totals.done, totals.due) == (sum(fills), len(fills))

    # The plain model: loops, and nothing of what is tested.

    def due(self, day):
        begun = sorted((since, slug) for slug, since in self.plan if since <= day)
        return {slug: self.plan[slug, since] for since, slug in begun}

    def excused(self, day):
        last = [
            what["on"]
            for id, (kind, about, _at, what) in sorted(self.said.items(), key=lambda each: (each[1][2], each[0]))
            if kind == "rest_day" and about == day and id not in self.undone
        ]
        return bool(last and last[-1])

    def fills(self, day, slug, today):
        if day > today or day < BEGUN.date() or self.excused(day):
            return []
        fills = []
        for slot in self.due(day)[slug][0]:
            made = [
                min(Fraction(reps, dose), 1)
                for id, (on, what, where, reps, dose, _source) in self.sets.items()
                if (on, what, where) == (day, slug, slot) and id not in self.undone
            ]
            fills += [max(made, default=Fraction(0))]
        return [fill for fill in fills if fill or day < today]

    # The hands.

    def send(self, kind, **fields):
        event = {"kind": kind, "id": str(UUID(int=next(self.numbers))), "timezone": self.zone, **fields}
        assert record(self.user, read(event), self.now) == "created"
        self.sent.append(event)

    def saved(self):
        self.user = User.objects.get(pk=self.user.pk)
        return "".join(document(self.user))

    def bring_in(self, text):
        return apply(self.user, entries([text.encode()]), self.now)

    def history(self, today):
        return history_of(self.user, today, today - timedelta(days=30), today + timedelta(days=7))

    def charts_before(self, today):
        user = self.user = User.objects.get(pk=self.user.pk)
        history = self.history(today)
        first = user.preferences.week(today)[0] - timedelta(days=14)
        return [history.day(first + timedelta(days=n)).totals() for n in range((today - first).days)]


def plainly(told):
    """A set of the file, as the model has it."""
    day = date.fromisoformat(told["day"])
    return day, told["exercise"], told["slot"], told["reps"], told["dose"]["reps"], told["source"]


@pytest.mark.django_db
def test_a_history_is_what_a_plain_model_of_it_says():
    """Without shrinking: that takes minutes, and the acts of a life are told as they were."""
    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    run_state_machine_as_test(
        Life, settings=settings(max_examples=8, stateful_step_count=25, deadline=None, phases=phases)
    )
