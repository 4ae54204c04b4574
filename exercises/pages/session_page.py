"""The page of one session: its steps, its seated variant and the session after it. No queries."""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.formats import time_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from exercises.models import SESSION_SLOTS, Exercise, Slot
from exercises.pages import wording
from exercises.pages.board import Board
from exercises.pages.first_day import needs_of
from exercises.pages.milestones import SessionDay
from exercises.pages.session import GuidedSession
from exercises.rules.adherence import NOTHING

NO_SETS: Mapping[str, str] = {}
LYING = Exercise.Position.LYING


def planned_session(board: Board, slot: str, exercise: str = "", fill: Fraction = NOTHING) -> GuidedSession | None:
    """The session of a slot. Of the extra slot: `exercise` alone, done by `fill`; None when the plan lacks it."""
    return board.session(Slot(slot)) if slot in SESSION_SLOTS else board.single(exercise, fill)


def session_context(board: Board, planned: GuidedSession, day: SessionDay, seated: bool = False) -> dict[str, Any]:
    """What the page and the answer to a set show of one session.

    `board` is that of today, and `day` that on which the session began. `seated` swaps the exercises that can be done
    on a chair for their seated variants.
    """
    session = planned.seated if seated else planned
    return {
        **_seating(planned, seated and planned.can_sit),
        **shown_of(session, _whole_sets(day.board, planned.slot)),
        "board": board,
        "first_board": day.board,
        "ends_day": day.ends_day,
        "next_text": _next_text(board),
    }


def shown_of(session: GuidedSession, sets: Mapping[str, str] = NO_SETS) -> dict[str, Any]:
    """The session itself, also of a visitor. `sets` come from _whole_sets()."""
    return {
        "session": session,
        "slot": session.slot,
        "title": session.prescriptions[0].name if session.slot == Slot.EXTRA else str(session.slot.label),
        "minutes": wording.minutes(session.seconds if session.complete else session.seconds_left),
        "steps": [_step(session, place, sets) for place in range(session.due)],
        "done_count": session.done,
        "due_count": session.due,
        "complete": session.complete,
        "lying": " ".join(each.exercise.slug for each in session.prescriptions if each.position == LYING),
        "needs": needs_of(session.prescriptions),
    }


def _step(session: GuidedSession, place: int, sets: Mapping[str, str]) -> dict[str, Any]:
    prescription, fill, seconds = session.prescriptions[place], session.fills[place], session.lengths[place]
    dose, variant = session.steps[place].dose, session.variants[place]
    reps_done = int(fill * dose.total_reps)
    return {
        "exercise": prescription.exercise,
        "name": prescription.name,
        "position_label": prescription.position_label,
        "drawing": prescription.drawing,
        "figure": prescription.figure,
        "dose_text": wording.dose_text(dose, variant),
        "minutes_text": wording.clock(seconds),
        "seconds": seconds,
        "done": fill == 1,
        "sets": sets.get(prescription.exercise.slug, ""),
        "number": place + 1,
        "share": int(fill * 100),
        "whole_text": wording.done_text(dose.total_reps, dose, variant),
        "did_text": wording.done_text(reps_done, dose, variant) if reps_done else "",
        "reps": dose.total_reps,
    }


def _whole_sets(board: Board, slot: str) -> Mapping[str, str]:
    """The ids of the whole sets, by exercise. A step stays done until all of them are undone.

    The phone uses them, as it may know of an undo before the server. An exercise done alone has none: it starts again.
    """
    whole: dict[str, list[str]] = defaultdict(list)
    for each in board.sets:
        if slot in SESSION_SLOTS and (each.day, each.slot, each.done.fill) == (board.day, slot, 1):
            whole[each.exercise].append(str(each.uuid))
    return {exercise: " ".join(ids) for exercise, ids in whole.items()}


def _seating(planned: GuidedSession, seated: bool) -> dict[str, Any]:
    """Whether the session is seated, its address, and the address of the other variant if there is one."""
    other_address = _address(planned, not seated) if planned.can_sit else ""
    return {"seated": seated, "address": _address(planned, seated), "other_address": other_address}


def _address(session: GuidedSession, seated: bool) -> str:
    """The address of this session, for forms, links and refreshes."""
    alone = {"exercise": session.prescriptions[0].exercise.slug} if session.slot == Slot.EXTRA else {}
    query = urlencode(alone | ({"seated": 1} if seated else {}))
    return reverse("session", args=[session.slot]) + (f"?{query}" if query else "")


def _next_text(board: Board) -> str:
    """The session that Today names, with its hour if that is to come; tomorrow's first session if all are done.

    It goes into a sentence, after "Next:".
    """
    following = None if board.rest else board.next
    then = following.slot if following else board.first_tomorrow
    if then is None:
        return ""
    label, at = str(then.label).lower(), time_format(board.preferences.starts[then], "H:i")
    if following is None:
        return _("tomorrow %(session)s, from %(time)s") % {"session": label, "time": at}
    if not board.has_come(then):
        return _("%(session)s session, from %(time)s") % {"session": label, "time": at}
    return _("%(session)s session, still to do") % {"session": label}
