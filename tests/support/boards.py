"""The board that Python draws, in the form of static/js/today/board.js; and a day after events, told plainly."""

from datetime import date

from exercises.catalogue.exercises import CATALOGUE
from exercises.models import Exercise, Plan, Preferences, Prescription
from exercises.models.training import SetRow
from exercises.pages.board import Board
from exercises.pages.carried_days import CarriedDays
from tests.support.usual_plan import SESSION_SLOTS

LONG_AGO = date(2026, 1, 1)
OF_THE_ADMIN = "heel-raises"  # the catalogue is not all: an admin may add exercises
FIELDS = {entry.slug: entry.fields() for entry in CATALOGUE}
FIELDS[OF_THE_ADMIN] = {**FIELDS["toe-presses"], "position": "seated", "order": 5}
EXERCISES = {slug: Exercise(pk=number, slug=slug, **fields) for number, (slug, fields) in enumerate(FIELDS.items(), 1)}


def prescribed(slug, slots, reps=None, since=LONG_AGO):
    """Not saved. `reps` are those of a side; without them the exercise's own."""
    exercise = EXERCISES[slug]
    amount = {name: getattr(exercise, name) for name in ("effort_seconds", "pause_seconds", "order")}
    due = {slot: slot in slots for slot in SESSION_SLOTS}
    return Prescription(exercise=exercise, since=since, reps=reps or exercise.reps, **amount, **due)


def plan_of(rows):
    """The plan of a page's rows [{exercise, reps, seconds}], whose reps are those of a whole set."""
    return Plan(
        tuple(
            prescribed(row["exercise"], row["seconds"], row["reps"] // EXERCISES[row["exercise"]].sides) for row in rows
        )
    )


def board_of(plan, day, slot, sets=(), excused=None, preferences=None):
    """The board of a plan and sets as a page has them, oldest first."""
    rows = [SetRow(each["id"], day, each["slot"], each["exercise"], each["reps"], each["dose"]) for each in sets]
    return Board(plan, day, (day,), slot, rows, excused or {}, preferences or Preferences(), served=0)


def day_of(case, plan):
    """The board of a case, after its events."""
    day = date.fromisoformat(case["day"])
    sets, rest = after(case, {each.exercise.slug: each.dose.total_reps for each in plan.on(day)})
    return board_of(plan, day, case["slot"], sets, {day: rest} if rest else {})


def after(case, doses):
    """The sets and the rest of a day when these events have come: each id once, and nothing that was undone."""
    undone = [event["target"] for event in case["events"] if event["kind"] == "undo"]
    sets, rest = list(case["sets"]), case["rest"]
    news = [event["id"] for event in case["events"]]
    if any(fact in undone and fact not in news for fact in case["restIds"]):
        rest = ""
    for event in case["events"]:
        if event["kind"] == "set" and event["id"] not in [each["id"] for each in sets]:
            dose = doses.get(event["exercise"], 1)
            sets.append({**event, "reps": int(event.get("reps", dose)), "dose": dose})
        if event["kind"] == "rest_day" and event["day"] == case["day"] and event["id"] not in undone:
            rest = "" if event.get("on", True) in (False, "false") else event["reason"]
    return [each for each in sets if each["id"] not in undone], rest


def carried_plan(board):
    """The rows that the page of this board carries for its day."""
    return CarriedDays(board).data["plans"][0][1]


def drawn(board):
    """What board.js makes of it, with the rest of the day."""
    rows = {row.exercise.slug: row for row in board.rows}
    extras = [(each.exercise.slug, rows.get(each.exercise.slug)) for each in board.plan.on(board.day)]
    (today,) = board.week_days
    return {
        "marks": [
            {"exercise": slug, "slot": cell.slot, "share": cell.share or 0, "undo": cell.undo}
            for slug, row in rows.items()
            for cell in row.cells
            if cell.due
        ],
        "extras": [
            {"exercise": slug, "count": row.extras if row else 0, "undo": row and row.undo} for slug, row in extras
        ],
        "done": float(board.done_text),
        "due": board.adherence.due,
        "complete": board.adherence.complete,
        "ring": list(board.ring),
        "pill": list(today.pill) if today.pill else None,
        "now": next((slot for slot, is_now in board.columns if is_now), ""),
        "next": _next(board),
        "rest": board.rest,
    }


def _next(board):
    if not (session := board.next):
        return None
    return {
        "slot": session.slot,
        "behind": session.slot in board.slots_behind,
        "exercise": session.left[0].exercise.slug,
        "more": len(session.left) - 1,
        "minutes": session.minutes_left,
    }
