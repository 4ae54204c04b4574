"""The guided session: one page with all its steps and the whole cue sheet."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exercises.catalogue.variants import AS_IT_IS, Variant, variant_of
from exercises.models import SESSION_SLOTS, Slot
from exercises.pages import wording
from exercises.pages.board import Board, GuidedSession
from exercises.rules.timeline import Kind, Phase, Step, call
from exercises.rules.timeline import session_phases as phases
from exercises.views.pain import pain_question
from exercises.views.today import board_of
from exercises.web.moment import here
from exercises.web.request import Request

NOTHING = Fraction(0)
NO_SETS: Mapping[str, str] = {}


@require_safe
def session(request: Request, slot: str) -> HttpResponse:
    """The session of a slot, or one exercise alone (`/session/extra/?exercise=`)."""
    if slot not in Slot.values:
        raise Http404
    where = here(request)
    board = board_of(request.user, where)
    seated = request.GET.get("seated") == "1"
    context = session_context(board, slot, request.GET.get("exercise", ""), seated=seated)
    sheet = cue_sheet(context["session"], board.day, board.preferences.move_waits)
    context |= {"cue_sheet": sheet, "question": pain_question(request.user, where)}
    return render(request, "session/session.html", {**context, "nav": "today"})


def session_context(
    board: Board, slot: str, exercise: str = "", done: Fraction = NOTHING, seated: bool = False
) -> dict[str, Any]:
    """What the page and the answer to a set show of one session; `done` is for one exercise alone.

    `seated` does what can be done on a chair there, instead of lying down.
    """
    planned = board.session(Slot(slot)) if slot in SESSION_SLOTS else _alone(board, exercise, done)
    session = planned.seated if seated else planned
    return {
        **_seating(planned, seated and planned.can_sit),
        **shown_of(session, _whole_sets(board, slot)),
        "board": board,
        "next_text": _next_text(board, session.slot),
    }


def shown_of(session: GuidedSession, sets: Mapping[str, str] = NO_SETS) -> dict[str, Any]:
    """What a page shows of a session, whosever it is; `sets` are those of _whole_sets()."""
    return {
        "session": session,
        "slot": session.slot,
        "title": session.prescriptions[0].name if session.slot == Slot.EXTRA else str(session.slot.label),
        "minutes": wording.minutes(session.seconds),
        "duration": wording.clock(session.seconds),
        "steps": [_step(session, place, sets) for place in range(session.due)],
        "done_count": session.done,
        "due_count": session.due,
        "complete": session.complete,
        "ends_lying": bool(session.prescriptions) and session.prescriptions[-1].position == "lying",
        "needs": tuple(dict.fromkeys(each.equipment for each in session.prescriptions)),
    }


def cue_sheet(session: GuidedSession, day: date, move_waits: bool = False) -> dict[str, Any]:
    """All that the player knows: phases with absolute offsets in seconds, and every word it shows.

    `move_waits`: at a change of position the session stands still until a tap.
    """
    steps = [
        {
            "exercise": each.exercise.slug,
            "variant": each.way.slug,
            "name": each.name,
            "start": start,
            "end": end,
            "sides": each.exercise.sides,
            "reps": each.dose.total_reps,
        }
        for each, (start, end) in zip(session.prescriptions, session.spans, strict=True)
    ]
    return {
        "slot": session.slot,
        "day": day.isoformat(),
        "exercise": session.prescriptions[0].exercise.slug if session.slot == Slot.EXTRA else None,
        "seconds": session.seconds,
        "steps": steps,
        "phases": _phases(
            get_language(),
            session.steps,
            tuple(each.way.slug for each in session.prescriptions),
            session.move_seconds,
            move_waits,
        ),
    }


@lru_cache(maxsize=100)
def _phases(
    language: str, steps: tuple[Step, ...], ways: tuple[str, ...], move_seconds: int, move_waits: bool
) -> tuple[dict[str, Any], ...]:
    """In words of that language. Kept, because most sessions are those of many other days, and many other people."""
    waiting = {Kind.MOVE: {"waits": move_waits}}
    of_step = [(step, variant_of(step.exercise, way)) for step, way in zip(steps, ways, strict=True)]
    return tuple(
        _phase(phase, *of_step[phase.step]) | waiting.get(phase.kind, {}) for phase in phases(steps, move_seconds)
    )


def _phase(phase: Phase, step: Step, way: Variant) -> dict[str, Any]:
    return {
        "step": phase.step,
        "kind": phase.kind,
        "look": phase.kind.look,
        "at": phase.at,
        "seconds": phase.seconds,
        "side": phase.side,
        "rep": phase.rep,
        "word": wording.phase_word(step.exercise, phase, way, step.position),
        "cue": wording.cue(step, phase, way),
        "call": call(phase, step.dose),
        "say": wording.say(step, phase, way),
        "rep_text": wording.rep_text(phase, step.dose, way),
        "side_text": str(wording.SIDE[phase.side]),
    }


def _step(session: GuidedSession, place: int, sets: Mapping[str, str]) -> dict[str, Any]:
    prescription, fill, (start, end) = session.prescriptions[place], session.fills[place], session.spans[place]
    reps_done = int(fill * prescription.dose.total_reps)
    return {
        "exercise": prescription.exercise,
        "name": prescription.name,
        "position_label": prescription.position_label,
        "drawn": prescription.way == AS_IT_IS,  # other ways have no drawing yet, and a false one misleads
        "dose_text": wording.dose_text(prescription.dose, prescription.way),
        "minutes_text": wording.clock(end - start),
        "seconds": end - start,
        "done": fill == 1,
        "sets": sets.get(prescription.exercise.slug, ""),
        "number": place + 1,
        "share": int(fill * 100),
        "did_text": wording.done_text(reps_done, prescription.dose, prescription.way) if reps_done else "",
        "reps": prescription.dose.total_reps,
    }


def _whole_sets(board: Board, slot: str) -> Mapping[str, str]:
    """By exercise, the ids of the sets each of which does it: it stays done until the last of them is taken back.

    The phone may know of that before the server does. One exercise alone is done anew each time, so it has none.
    """
    whole: dict[str, list[str]] = defaultdict(list)
    for each in board.sets:
        if slot in SESSION_SLOTS and (each.day, each.slot, each.done.fill) == (board.day, slot, 1):
            whole[each.exercise].append(str(each.uuid))
    return {exercise: " ".join(ids) for exercise, ids in whole.items()}


def _seating(planned: GuidedSession, seated: bool) -> dict[str, Any]:
    """Whether it is done on a chair, and the addresses of this way and of the other one where there is one."""
    other_address = _address(planned, not seated) if planned.can_sit else ""
    return {"seated": seated, "address": _address(planned, seated), "other_address": other_address}


def _address(session: GuidedSession, seated: bool) -> str:
    """Where this session is, so that a form, a link or a refresh comes back to the same one."""
    alone = {"exercise": session.prescriptions[0].exercise.slug} if session.slot == Slot.EXTRA else {}
    query = urlencode(alone | ({"seated": 1} if seated else {}))
    return reverse("session", args=[session.slot]) + (f"?{query}" if query else "")


def _next_text(board: Board, slot: Slot) -> str:
    """The session after this one: with its hour while that is still to come, tomorrow's when the day is done."""
    following = board.next_besides(slot)
    then = following.slot if following else board.first_tomorrow
    if then is None:
        return ""
    label, at = str(then.label), time_format(board.preferences.starts[then], "H:i")
    if following is None:
        return _("Tomorrow %(session)s, from %(time)s") % {"session": label.lower(), "time": at}
    if then in board.slots_to_come:
        return _("%(session)s, from %(time)s") % {"session": label, "time": at}
    return _("%(session)s, still to do") % {"session": label}


def _alone(board: Board, slug: str, done: Fraction) -> GuidedSession:
    """One exercise outside of the plan: it can always be done again."""
    prescription = next((each for each in board.plan.on(board.day) if each.exercise.slug == slug), None)
    if prescription is None:
        raise Http404
    return GuidedSession(Slot.EXTRA, (prescription,), (done,), board.preferences.move_seconds)
