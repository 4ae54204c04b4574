"""What the ear gets: the words that the coach speaks, or what a screen reader says where the coach does not speak.

Source: DOMAIN 6. A phrase is a dict {"part", "text"}; one that does not begin with its phase also has `left`, the
seconds that are left of the phase when it is spoken.
"""

from collections.abc import Iterator
from enum import StrEnum, auto
from itertools import product
from typing import Any

from django.utils.translation import pgettext, pgettext_lazy

from exercises.catalogue.care import CARE
from exercises.catalogue.exercises import CATALOGUE
from exercises.catalogue.variants import variants_of
from exercises.models import Exercise, Slot
from exercises.models.prescription import usual_prescription
from exercises.pages import wording
from exercises.pages.session import GuidedSession
from exercises.rules.timeline import EFFORTS, READY_SECONDS, SWITCH_SECONDS, Call, Kind, Phase, Step, call

Phrase = dict[str, Any]

SPOKEN_REPS = 2  # reps at the start of a side that are told what to do; after them the tones are enough
FIVE = 5
LONG_WALK, TEN = 15, 10  # seconds
FIVE_MORE = pgettext_lazy("spoken", "Five more.")
TEN_LEFT = pgettext_lazy("spoken", "Ten seconds left.")
SET_DONE = pgettext_lazy("spoken", "Set done.")
ALL_DONE = pgettext_lazy("spoken", "All done. Well done.")
GET_UP = pgettext_lazy("cue", "Roll to your side. Sit. Wait. Then stand.")
SOUND_CHECK = wording.CUE[Kind.READY]


class Part(StrEnum):
    """What a phrase is for. Where the time is short, the first of these is left out first; safety has its time."""

    CALL = auto()
    DONE = auto()
    NAME = auto()
    CUE = auto()
    SIDE = auto()
    SAFETY = auto()


def spoken(session: GuidedSession, phase: Phase) -> list[Phrase]:
    """The phrases of a phase, in the order in which they are spoken."""
    step, prescription = session.steps[phase.step], session.prescriptions[phase.step]
    if phase.kind in EFFORTS:
        return [*_of_effort(session, phase, step), *_time_left(phase)]
    phrases = [_phrase(_part(phase, step), _cue(session, phase))] if _is_told(phase) else []
    if phase.kind == Kind.READY:
        phrases.insert(0, _phrase(Part.NAME, _sentence(prescription.name)))
    return phrases


def closing(step: Step) -> list[Phrase]:
    """What is said when a session ends with this step. Somebody who lies on the floor hears how to get up."""
    lying = step.position == Exercise.Position.LYING
    return [_phrase(Part.DONE, ALL_DONE), *([_phrase(Part.SAFETY, GET_UP)] if lying else [])]


def set_done() -> Phrase:
    """What is said between two sets."""
    return _phrase(Part.DONE, SET_DONE)


def all_phrases() -> set[str]:
    """Every text that the coach can say in this language: of each exercise in each of its ways, after any other."""
    ways = [
        usual_prescription(Exercise(slug=entry.slug, **entry.fields()), variant=variant.slug)
        for entry in CATALOGUE
        for variant in variants_of(entry.slug)
    ]
    care = [(usual_prescription(Exercise(slug=entry.slug, **entry.fields())),) for entry in CARE]
    said = {str(SET_DONE), str(SOUND_CHECK), str(FIVE_MORE)}
    for run in (*product(ways, ways), *care):
        said |= _texts(GuidedSession(Slot.MORNING, run, (), move_seconds=10))
    return said


def _texts(session: GuidedSession) -> set[str]:
    phrases = [phrase for phase in session.phases for phrase in spoken(session, phase)]
    return {phrase["text"] for phrase in (*phrases, *closing(session.steps[-1]))}


def _of_effort(session: GuidedSession, phase: Phase, step: Step) -> Iterator[Phrase]:
    """The first efforts say what to do, later ones how many are left; circles always say the way."""
    if phase.rep <= SPOKEN_REPS:
        yield _phrase(Part.CUE, _cue(session, phase))
    elif call(phase, step.dose) == Call.LAST:
        yield _phrase(Part.CALL, wording.CALL[Call.LAST])
    elif phase.kind != Kind.CIRCLE and step.dose.reps - phase.rep + 1 == FIVE:
        yield _phrase(Part.CALL, FIVE_MORE)


def _time_left(phase: Phase) -> Iterator[Phrase]:
    if phase.kind == Kind.WALK and phase.seconds >= LONG_WALK:
        yield _phrase(Part.CALL, TEN_LEFT) | {"left": TEN}


def _cue(session: GuidedSession, phase: Phase) -> str:
    """What to do. A turn is too short for its words, so the second circle says them."""
    if phase.kind == Kind.CIRCLE and phase.rep == SPOKEN_REPS:
        return str(wording.CUE[Kind.TURN])
    before = session.steps[phase.step - 1].position if phase.step else ""
    return wording.cue(session.steps[phase.step], phase, session.variants[phase.step], before)


def _is_told(phase: Phase) -> bool:
    return phase.kind != Kind.TURN and phase.rep <= SPOKEN_REPS


def _part(phase: Phase, step: Step) -> Part:
    """What the cue of a pause is for. Where an exercise asks for more seconds to get set, that is for safety."""
    if phase.kind == Kind.READY and step.ready_seconds > READY_SECONDS:
        return Part.SAFETY
    if phase.kind == Kind.SWITCH:
        return Part.SAFETY if step.switch_seconds > SWITCH_SECONDS else Part.SIDE
    return Part.SIDE if phase.kind == Kind.READY and step.dose.sides > 1 else Part.CUE


def live_text(session: GuidedSession, phase: Phase, word: str, title: str) -> str:
    """What a screen reader says at the start of a phase: exercise, rep, side, what to do, halfway and last."""
    dose, told = session.steps[phase.step].dose, _is_told(phase)
    name = session.prescriptions[phase.step].name if phase.kind == Kind.READY else ""
    side = str(wording.SIDE[phase.side]) if phase.kind in EFFORTS and phase.rep == 1 else ""
    cue = _cue(session, phase) if told else ""
    called = str(wording.CALL.get(call(phase, dose), ""))
    starts = "" if name or cue.startswith(word) else title
    return " ".join(filter(None, (_sentence(name), _sentence(starts), _sentence(side), called or cue)))


def _sentence(text: str) -> str:
    return pgettext("spoken", "%(text)s.") % {"text": text} if text else ""


def _phrase(part: Part, text: Any) -> Phrase:
    return {"part": part, "text": str(text)}
