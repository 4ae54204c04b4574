"""Days that nobody thought of, each with the board that Python draws. Random by a fixed seed, so always the same."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from exercises.models import Plan, Preferences, Reason
from exercises.pages.board import Board
from exercises.pages.carried_days import CarriedDays
from exercises.rules.days import current_slot
from tests.support.boards import EXERCISES, board_of, carried_plan, day_of, drawn, prescribed
from tests.support.usual_plan import SESSION_SLOTS

FRIDAY = date(2026, 11, 20)
OTHER_DAY = FRIDAY + timedelta(days=1)
DAYS_OF_A_PLAN = 20
LONG_DOSES = 0.1  # the part of plans with up to 50 reps a side: they take long to lay out
ZONE = "Europe/Berlin"
MIDNIGHT = datetime(2026, 11, 20, tzinfo=UTC)  # no clock changes in the days after it


def days(number):
    """[(case in the form of board.js, board)]."""
    random = Random(number)
    return [made for _ in range(number // DAYS_OF_A_PLAN) for made in _days_of_one_plan(random)]


def hours(number):
    """Cases of the session at a time, in the form of the table."""
    random = Random(number)
    return [_hour(random) for _ in range(number)]


def carried_pages(number):
    random = Random(number)
    return [_carried_page(random) for _ in range(number)]


def instants():
    """One on each of the seven days that a page carries, at all hours; on each, some users begin a new day."""
    hours = [6, 7, 14, 21, 23, 3, 18]
    return [MIDNIGHT + timedelta(days=n, hours=hour, minutes=5 * hour % 60) for n, hour in enumerate(hours)]


# One day.


def _days_of_one_plan(random):
    plan = Plan(tuple(_prescription(random, slug) for slug in _some(random, EXERCISES)))
    rows = carried_plan(board_of(plan, FRIDAY, "morning"))
    cases = [_case(random, rows) for _ in range(DAYS_OF_A_PLAN)]
    return [(case, drawn(day_of(case, plan))) for case in cases]


def _prescription(random, slug, since=FRIDAY - timedelta(days=30)):
    most = 50 if random.random() < LONG_DOSES else 8
    return prescribed(slug, [slot for slot in SESSION_SLOTS if random.random() < 0.7], random.randint(1, most), since)


def _case(random, rows):
    sets = [{"id": f"s{n}", **_set(random, rows)} for n in range(random.choice([0, 1, 2, 4, 8, 16]))]
    facts = [_fact(random, rows, f"f{n}") for n in range(random.choice([0, 0, 1, 3, 6]))]
    rest_ids = [f"r{n}" for n in range(random.choice([0, 0, 1, 2]))]
    rest_ids += [each["id"] for each in facts if each["kind"] == "rest_day" and random.random() < 0.5]
    ids = [each["id"] for each in [*sets, *facts]] + rest_ids + ["elsewhere"]
    undos = [{"kind": "undo", "id": f"u{n}", "target": random.choice(ids)} for n in range(random.choice([0, 0, 1, 3]))]
    again = [{"kind": "set", **{name: value for name, value in each.items() if name != "dose"}} for each in sets[:1]]
    events = [*facts, *undos, *random.choice([[], again, facts[:1]])]
    random.shuffle(events)
    return {
        "plan": rows,
        "day": FRIDAY.isoformat(),
        "slot": random.choice(SESSION_SLOTS),
        "rest": random.choice([*Reason.values, *[""] * 15]),
        "restIds": rest_ids,
        "sets": sets,
        "events": events,
    }


def _set(random, rows):
    """Mostly of the plan, with the dose of the plan; the plan may have had another one when the set was done."""
    row = random.choice(rows)
    slots = list(row["seconds"]) if random.random() < 0.8 else []
    dose = row["reps"] if random.random() < 0.5 else random.randint(1, 100)
    return {
        "exercise": row["exercise"] if random.random() < 0.95 else random.choice(list(EXERCISES)),
        "slot": random.choice(slots or [*SESSION_SLOTS, "extra"]),
        "reps": random.choice([dose, random.randint(1, dose), random.randint(1, 120)]),
        "dose": dose,
    }


def _fact(random, rows, name):
    kind = random.choice(["set", "set", "set", "rest_day", "pain"])
    if kind == "set":
        done = _set(random, rows)
        reps = random.choice([{}, {"reps": done["reps"]}, {"reps": str(done["reps"])}])
        return {"kind": kind, "id": name, "exercise": done["exercise"], "slot": done["slot"], **reps}
    day = random.choice([FRIDAY, FRIDAY, FRIDAY, OTHER_DAY]).isoformat()
    if kind == "pain":
        return {"kind": kind, "id": name, "day": day, "site": "low-back", "score": 3}
    on = random.choice([{}, {"on": True}, {"on": False}, {"on": "true"}, {"on": "false"}])
    return {"kind": kind, "id": name, "day": day, "reason": random.choice(Reason.values), **on}


def _some(random, these):
    return random.sample(list(these), random.randint(1, len(these)))


# The session of an hour.


def _hour(random):
    starts = {slot: _clock(random) for slot in SESSION_SLOTS}
    clock, day_starts_at = random.choice([_clock(random), *starts.values()]), random.randint(0, 6)
    slot = current_slot(clock, starts, day_starts_at)
    named = {slot: f"{start:%H:%M}" for slot, start in starts.items()}
    return {"clock": f"{clock:%H:%M}", "starts": named, "day_starts_at": day_starts_at, "slot": slot}


def _clock(random):
    return time(random.randint(0, 23), random.choice([0, 15, 30, 59]))


# A page, and the days that it carries.


@dataclass(frozen=True)
class CarriedPage:
    board: Board

    @property
    def carried(self):
        """What the page says, as its attributes do."""
        return {
            "day": self.board.day.isoformat(),
            "day_starts_at": self.board.preferences.day_starts_at,
            "zone": ZONE,
            "carried": json.dumps(CarriedDays(self.board).data),
        }

    def drawn_at(self, instant):
        """The server's board of that instant: nothing has been done since."""
        preferences, board = self.board.preferences, self.board
        day, slot = preferences.day(instant), preferences.slot(instant)
        later = board_of(board.plan, day, slot, excused=board.excused, preferences=preferences)
        return drawn(later) | {"day": day.isoformat(), "slot": slot, "tooOld": False}


def _carried_page(random):
    preferences = Preferences(
        time_zone=ZONE,
        day_starts_at=random.randint(0, 6),
        morning_at=_clock(random),
        midday_at=_clock(random),
        evening_at=_clock(random),
        move_seconds=random.randint(5, 60),
    )
    since = [FRIDAY + timedelta(days=n) for n in random.choices([-30, *range(-2, 9)], [5] + [1] * 11, k=4)]
    rows = {(slug, day): _prescription(random, slug, day) for day in since for slug in _some(random, EXERCISES)}
    plan = Plan(tuple(sorted(rows.values(), key=lambda each: (each.order, each.exercise_id, each.since))))
    rests = {FRIDAY + timedelta(days=n): random.choice(Reason.values) for n in range(-3, 9) if random.random() < 0.15}
    served = instants()[0]
    day, slot = preferences.day(served), preferences.slot(served)
    return CarriedPage(board_of(plan, day, slot, excused=rests, preferences=preferences))
