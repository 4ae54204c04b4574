"""The guided sitting: one page with all its steps and the whole cue sheet."""

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exercises import words
from exercises.board import Board, Sitting
from exercises.models import SITTINGS, Prescription, Slot
from exercises.requests import Request
from exercises.timeline import Phase
from exercises.views.here import here
from exercises.views.today import board_of


@require_safe
def session(request: Request, slot: str) -> HttpResponse:
    """The sitting of a slot, or one exercise alone (`/session/extra/?exercise=`)."""
    if slot not in Slot.values:
        raise Http404
    board = board_of(request.user, here(request))
    context = sitting_context(board, slot, request.GET.get("exercise", ""))
    sheet = cue_sheet(context["sitting"], board)
    return render(request, "exercises/session.html", {**context, "cue_sheet": sheet, "nav": "today"})


def sitting_context(board: Board, slot: str, exercise: str = "", done: bool = False) -> dict[str, Any]:
    """What the page and the answer to a set show of one sitting; `done` is for one exercise alone."""
    sitting = board.sitting(Slot(slot)) if slot in SITTINGS else _alone(board, exercise, done)
    return {
        "sitting": sitting,
        "slot": sitting.slot,
        "slot_label": sitting.slot.label,
        "minutes": words.minutes(sitting.seconds),
        "duration": words.clock(sitting.seconds),
        "steps": [_step(sitting, place) for place in range(sitting.due)],
        "done_count": sitting.done,
        "due_count": sitting.due,
        "complete": sitting.complete,
        "needs": list(dict.fromkeys(_(each.exercise.equipment) for each in sitting.prescriptions)),
        "board": board,
        "next_sitting": board.next,
    }


def cue_sheet(sitting: Sitting, board: Board) -> dict[str, Any]:
    """All that the player knows: phases with absolute offsets in seconds, and every word it shows."""
    steps = [
        {
            "exercise": each.exercise.slug,
            "name": _(each.exercise.name),
            "start": start,
            "end": end,
            "sides": each.exercise.sides,
            "done": fill == 1,
        }
        for each, fill, (start, end) in zip(sitting.prescriptions, sitting.fills, sitting.spans, strict=True)
    ]
    return {
        "slot": sitting.slot,
        "day": board.day.isoformat(),
        "exercise": sitting.prescriptions[0].exercise.slug if sitting.slot == Slot.EXTRA else None,
        "seconds": sitting.seconds,
        "steps": steps,
        "phases": [_phase(sitting.prescriptions[phase.step], phase) for phase in sitting.phases],
    }


def _phase(prescription: Prescription, phase: Phase) -> dict[str, Any]:
    exercise, dose = prescription.exercise, prescription.dose
    return {
        "step": phase.step,
        "kind": phase.kind,
        "look": phase.kind.look,
        "at": phase.at,
        "seconds": phase.seconds,
        "side": phase.side,
        "rep": phase.rep,
        "word": words.phase_word(exercise, phase),
        "cue": words.cue(exercise, phase),
        "rep_text": words.rep_text(phase, dose),
        "side_text": str(words.SIDE[phase.side]),
    }


def _step(sitting: Sitting, place: int) -> dict[str, Any]:
    prescription, fill, (start, end) = sitting.prescriptions[place], sitting.fills[place], sitting.spans[place]
    return {
        "exercise": prescription.exercise,
        "dose_text": words.dose_text(prescription.dose),
        "minutes_text": words.clock(end - start),
        "seconds": end - start,
        "done": fill == 1,
        "number": place + 1,
        "share": int(fill * 100),
    }


def _alone(board: Board, slug: str, done: bool) -> Sitting:
    """One exercise outside of the plan: it can always be done again."""
    prescription = next((each for each in board.plan.on(board.day) if each.exercise.slug == slug), None)
    if prescription is None:
        raise Http404
    return Sitting(Slot.EXTRA, (prescription,), (Fraction(done),))
