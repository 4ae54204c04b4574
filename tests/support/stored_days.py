"""Days made up, on the server: each with its plan, its sets and its events. Random by a fixed seed, as the days are."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from exercises.models import CompletedSet, Exercise, Prescription
from exercises.record.recording import imported_digest
from tests.support.boards import plan_of, prescribed
from tests.support.days_made_up import days
from tests.support.phone import FRIDAY
from tests.support.usual_plan import ALL_EXERCISES, SESSION_SLOTS

FIVE_MINUTES = timedelta(minutes=5)
YESTERDAY = FRIDAY.date() - timedelta(days=1)


def stored_days(number, user, phone):
    """Each is rolled back before the next one."""
    random = Random(number)
    for case, _board in days(number):
        with transaction.atomic():
            yield StoredDay(user, phone, of_the_catalogue(case), random)
            transaction.set_rollback(True)


def of_the_catalogue(case):
    """A page has drawings of no other exercises."""
    known = (None, *ALL_EXERCISES)
    lists = ("plan", "sets", "events")
    return case | {name: [each for each in case[name] if each.get("exercise") in known] for name in lists}


class StoredDay:
    """A case of `days`, with ids in place of its names. `sets` are all of its sets as a phone sends them."""

    def __init__(self, user, phone, case, random):
        self.user, self.phone, self.case, self.random = user, phone, case, random
        self.exercises = {each.slug: each for each in Exercise.objects.all()}
        self.ids = defaultdict(lambda: str(UUID(int=random.getrandbits(128))))
        self._prescribe(plan_of(case["plan"]).prescriptions)
        self.sets = self._told()

    def today(self):
        """The page."""
        return self.phone.client.get("/").content.decode()

    def ask_for(self, slug):
        """The plan changes: it asks for this exercise in each session, and for no other."""
        self._prescribe([prescribed(slug, SESSION_SLOTS)])

    def a_tick(self):
        """A new set, whole or in part, planned or not, often where others are; or one of the sets once more."""
        random = self.random
        if self.sets and random.random() < 0.2:
            return random.choice(self.sets)
        anywhere = (random.choice(ALL_EXERCISES), random.choice([*SESSION_SLOTS, "extra"]))
        exercise, slot = random.choice([anywhere, *((each["exercise"], each["slot"]) for each in self.sets[:2])])
        # "elsewhere" may have been undone before it came. A whole set like that is for its own phone to draw.
        part = {"id": random.choice(["new", "elsewhere"]), "reps": random.randint(1, 60)}
        amount = random.choice([{"id": "new"}, part])
        return self._as_sent({"kind": "set", "exercise": exercise, "slot": slot, **amount})

    def _prescribe(self, prescriptions):
        self.user.prescriptions.all().delete()
        for each in prescriptions:
            each.user, each.exercise = self.user, self.exercises[each.exercise.slug]
        Prescription.objects.bulk_create(prescriptions)

    def _told(self):
        """Sets of the case may have the dose of an earlier plan, so they come as from an imported file."""
        day = self.case["day"]
        before = [self._as_sent({"kind": "set", "day": day, **each}) for each in self.case["sets"]]
        of_yesterday = [{**each, "id": self.ids[f"{each['id']} before"], "day": YESTERDAY} for each in before[:2]]
        CompletedSet.objects.bulk_create(map(self._imported, [*before, *of_yesterday]))
        rest = {"kind": "rest_day", "id": "rest", "day": day, "reason": self.case["rest"]}
        events = [self._as_sent(each) for each in [*([rest] if rest["reason"] else []), *self.case["events"]]]
        self.phone.answers(*events)
        return [each for each in [*before, *events] if each["kind"] == "set"]

    def _as_sent(self, event):
        """At one of twenty times, so that some events have the same."""
        ids = {name: self.ids[event[name]] for name in ("id", "target") if name in event}
        at = (FRIDAY - FIVE_MINUTES * (UUID(ids["id"]).int % 20)).isoformat()
        return {**event, **ids, "completed_at": at, "said_at": at, "timezone": "UTC"}

    def _imported(self, told):
        return CompletedSet(
            user=self.user,
            uuid=told["id"],
            digest=imported_digest("set"),
            exercise=self.exercises[told["exercise"]],
            slot=told["slot"],
            completed_at=told["completed_at"],
            day=told["day"],
            time_zone="UTC",
            source=CompletedSet.Source.TIMED,
            reps=told["reps"],
            dose_reps=told["dose"],
            dose_effort_seconds=1,
            dose_pause_seconds=0,
        )
