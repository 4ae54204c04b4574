"""The words of the coach and the pages. The voice says at most five words, verb first (DOMAIN 6)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from exercises.catalogue.variants import STANDARD, Variant
from exercises.models import Exercise, Reason
from exercises.rules.timeline import EFFORTS, Call, Dose, Kind, Phase, Step

WORD = {
    Kind.READY: pgettext_lazy("stage", "Get ready"),
    Kind.HOLD: pgettext_lazy("stage", "Hold"),
    Kind.RELEASE: pgettext_lazy("stage", "Let go"),
    Kind.WALK: pgettext_lazy("stage", "Walk"),
    Kind.REST: pgettext_lazy("stage", "Rest"),
    Kind.CIRCLE: pgettext_lazy("stage", "Circle"),
    Kind.TURN: pgettext_lazy("stage", "Other way"),
    Kind.SWITCH: pgettext_lazy("stage", "Switch legs"),
    Kind.MOVE: pgettext_lazy("stage", "Change position"),
}
MOVE_WORD = {
    Exercise.Position.STANDING: pgettext_lazy("stage", "Stand up"),
    Exercise.Position.SEATED: pgettext_lazy("stage", "Sit down"),
    Exercise.Position.LYING: pgettext_lazy("stage", "Lie down"),
}
WORD_OF_EXERCISE = {
    ("resisted-plantar-flexion", Kind.RELEASE): pgettext_lazy("stage", "Slowly back"),  # never "Let go": it snaps
    ("foot-massage", Kind.HOLD): pgettext_lazy("stage", "Roll"),
    ("foot-massage", Kind.RELEASE): pgettext_lazy("stage", "Rest"),
}
CUE = {
    Kind.READY: pgettext_lazy("cue", "Keep breathing."),
    Kind.HOLD: pgettext_lazy("cue", "Hold."),
    Kind.RELEASE: pgettext_lazy("cue", "Let go."),
    Kind.WALK: pgettext_lazy("cue", "Small steps. Look ahead."),
    Kind.REST: pgettext_lazy("cue", "Heels down. Rest."),
    Kind.CIRCLE: pgettext_lazy("cue", "Draw slow circles."),
    Kind.TURN: pgettext_lazy("cue", "Other way."),
    Kind.SWITCH: pgettext_lazy("cue", "Switch legs."),
}
CUE_OF_EXERCISE = {
    ("toe-presses", Kind.READY): pgettext_lazy("cue", "Stand tall. Knees soft."),
    ("toe-presses", Kind.HOLD): pgettext_lazy("cue", "Grip the floor."),
    ("toe-walking", Kind.READY): pgettext_lazy("cue", "Go to a wall. One hand on it."),
    ("resisted-plantar-flexion", Kind.MOVE): pgettext_lazy("cue", "Sit on a chair. Take your band."),
    ("resisted-plantar-flexion", Kind.READY): pgettext_lazy("cue", "Band on the left foot."),
    ("resisted-plantar-flexion", Kind.HOLD): pgettext_lazy("cue", "Push the band. Hold."),
    ("resisted-plantar-flexion", Kind.RELEASE): pgettext_lazy("cue", "Slowly back."),
    ("resisted-plantar-flexion", Kind.SWITCH): pgettext_lazy("cue", "Band on the right foot."),
    ("ankle-circles", Kind.READY): pgettext_lazy("cue", "Raise your left leg."),
    ("ankle-circles", Kind.SWITCH): pgettext_lazy("cue", "Raise your right leg."),
    ("toe-stretch", Kind.READY): pgettext_lazy("cue", "Left toes on the wall."),
    ("toe-stretch", Kind.HOLD): pgettext_lazy("cue", "Slide forward. Hold."),
    ("toe-stretch", Kind.SWITCH): pgettext_lazy("cue", "Right toes on the wall."),
    ("foot-massage", Kind.READY): pgettext_lazy("cue", "Ball under the left foot."),
    ("foot-massage", Kind.HOLD): pgettext_lazy("cue", "Roll slowly, heel to toes."),
    ("foot-massage", Kind.RELEASE): pgettext_lazy("cue", "Rest."),
    ("foot-massage", Kind.SWITCH): pgettext_lazy("cue", "Ball under the right foot."),
}
FIRST_CUE = {("toe-walking", Kind.WALK): pgettext_lazy("cue", "Up on your toes.")}
INTO_POSITION = {
    Exercise.Position.STANDING: pgettext_lazy("cue", "Stand near a wall."),
    Exercise.Position.SEATED: pgettext_lazy("cue", "Sit on a chair. Sit upright."),
    Exercise.Position.LYING: pgettext_lazy("cue", "Lie on your back."),
}
FROM_CHAIR = pgettext_lazy("cue", "Lie on your back, or stay on the chair.")
CALL = {Call.HALFWAY: pgettext_lazy("call", "Halfway."), Call.LAST: pgettext_lazy("call", "Last one.")}
REST_DAY = {
    Reason.REST: pgettext_lazy("day", "Rest day"),
    Reason.SICK: pgettext_lazy("day", "Rest day: not well"),
    Reason.AWAY: pgettext_lazy("day", "Rest day: away"),
}
SIDE = {0: "", 1: pgettext_lazy("side", "Left leg"), 2: pgettext_lazy("side", "Right leg")}


def phase_word(exercise: str, phase: Phase, variant: Variant = STANDARD, position: str = "") -> str:
    """The words on the stage. A variant has its own where the usual ones do not fit."""
    if phase.kind == Kind.MOVE and position:
        return str(MOVE_WORD[Exercise.Position(position)])
    if own := variant.words.get(phase.kind):
        return pgettext("stage", own)
    of_exercise = WORD_OF_EXERCISE.get((exercise, phase.kind)) if variant is STANDARD else None
    return str(of_exercise or WORD[phase.kind])


def cue(step: Step, phase: Phase, variant: Variant = STANDARD, before: str = "") -> str:
    """The sentence below the words; a screen reader reads it too. `before` is the position of the step before.

    A variant has its own for each kind of phase. What only its exercise says is never heard in it.
    """
    if own := variant.cues.get(phase.kind):
        return pgettext("cue", own)
    usual = INTO_POSITION[Exercise.Position(step.position)] if phase.kind == Kind.MOVE else CUE[phase.kind]
    if variant is not STANDARD:
        return str(usual)
    of_exercise = (step.exercise, phase.kind)
    if phase.kind == Kind.MOVE and (before, step.position) == (Exercise.Position.SEATED, Exercise.Position.LYING):
        return str(FROM_CHAIR)
    if phase.rep == 1 and of_exercise in FIRST_CUE:
        return str(FIRST_CUE[of_exercise])
    return str(CUE_OF_EXERCISE.get(of_exercise, usual))


def rep_text(phase: Phase, dose: Dose, variant: Variant = STANDARD) -> str:
    """ "7 of 15" in an effort and the pause after it, else empty. A turn says which way comes next by itself."""
    if not phase.rep or phase.kind == Kind.TURN:
        return ""
    if dose.effort == Kind.CIRCLE and dose.reps == 2:
        return pgettext("rep", "First way") if phase.rep == 1 else pgettext("rep", "Other way")
    if dose.effort == Kind.WALK:
        text = _("Round %(rep)d of %(reps)d") if variant.rounds else _("Walk %(rep)d of %(reps)d")
    else:
        text = _("%(rep)d of %(reps)d")
    return text % {"rep": phase.rep, "reps": dose.reps}


def title(phase: Phase, word: str, rep: str) -> str:
    """A phase in a few words, as on the lock screen: "Hold, 3 of 10". A walk or a circle says its number itself."""
    if phase.kind in (Kind.HOLD, Kind.RELEASE):
        return pgettext("stage", "%(word)s, %(rep)s") % {"word": word, "rep": rep}
    return rep if rep and phase.kind in EFFORTS else word


def done_text(done: int, dose: Dose, variant: Variant = STANDARD) -> str:
    """How much of a set was done: "9 of 10 reps". A whole one with both legs reads "15 with each leg"."""
    numbers = {"done": done, "reps": dose.total_reps}
    if dose.effort == Kind.CIRCLE:
        whole = done == dose.total_reps and dose.reps == 2
        return _("Both ways, both legs") if whole else _("%(done)d of %(reps)d") % numbers
    if dose.effort == Kind.WALK:
        return (_("%(done)d of %(reps)d rounds") if variant.rounds else _("%(done)d of %(reps)d walks")) % numbers
    if dose.sides == 2 and done == dose.total_reps:
        return ngettext("%(reps)d with each leg", "%(reps)d with each leg", dose.reps) % {"reps": dose.reps}
    return _("%(done)d of %(reps)d reps") % numbers


def tempo_word(exercise: Exercise, phase: Phase, variant: Variant = STANDARD) -> str:
    """The name of a phase in the tempo. Circles have two directions and a turn between them."""
    if phase.kind == Kind.CIRCLE:
        return pgettext("tempo", "One way") if phase.rep == 1 else pgettext("tempo", "Other way")
    return pgettext("tempo", "Turn") if phase.kind == Kind.TURN else phase_word(exercise.slug, phase, variant)


def reps_label(dose: Dose, variant: Variant = STANDARD) -> str:
    """The label of the reps."""
    if dose.effort == Kind.WALK and not variant.rounds:
        return _("How many walks")
    if dose.effort == Kind.CIRCLE:
        return _("Directions, each leg")
    return _("How many times with each leg") if dose.sides == 2 else _("How many times")


def length_label(exercise: Exercise, kind: Kind, variant: Variant = STANDARD) -> str:
    """The label of the seconds of an effort or a pause."""
    if kind == Kind.CIRCLE:
        return _("Seconds each way")
    return _("%(phase)s (seconds)") % {"phase": phase_word(exercise.slug, Phase(kind, 1), variant)}


def seconds_text(seconds: int) -> str:
    """ "4 seconds"."""
    return ngettext("%(seconds)d second", "%(seconds)d seconds", seconds) % {"seconds": seconds}


def dose_text(dose: Dose, variant: Variant = STANDARD) -> str:
    """One set in words: "10 times, 4 seconds each"."""
    seconds, numbers = seconds_text(dose.effort_seconds), {"reps": dose.reps}
    if dose.effort == Kind.CIRCLE:
        return _("%(seconds)s each way, both legs") % {"seconds": seconds}
    if dose.effort == Kind.WALK and not variant.rounds:
        times = ngettext("%(reps)d walk of %(seconds)s", "%(reps)d walks of %(seconds)s", dose.reps)
        return times % {**numbers, "seconds": seconds}
    if dose.sides == 2:
        times = ngettext("%(reps)d time with each leg", "%(reps)d times with each leg", dose.reps) % numbers
    else:
        times = ngettext("%(reps)d time", "%(reps)d times", dose.reps) % numbers
    if dose.reps == 1:
        return _("%(times)s, %(seconds)s") % {"times": times, "seconds": seconds}
    return _("%(times)s, %(seconds)s each") % {"times": times, "seconds": seconds}


def amount_text(dose: Dose, variant: Variant = STANDARD) -> str:
    """How much one set is, without its tempo: "10 times"."""
    numbers = {"reps": dose.reps}
    if dose.effort == Kind.CIRCLE:
        return _("%(seconds)s each way") % {"seconds": seconds_text(dose.effort_seconds)}
    if dose.effort == Kind.WALK:
        seconds = {**numbers, "seconds": seconds_text(dose.effort_seconds)}
        if variant.rounds:
            return _("%(reps)d × %(seconds)s") % seconds
        return ngettext("%(reps)d walk of %(seconds)s", "%(reps)d walks of %(seconds)s", dose.reps) % seconds
    if dose.sides == 2:
        return ngettext("%(reps)d with each leg", "%(reps)d with each leg", dose.reps) % numbers
    return ngettext("%(reps)d time", "%(reps)d times", dose.reps) % numbers


def minutes(seconds: int) -> int:
    """The nearest whole minute, at least 1."""
    return max(1, (seconds + 30) // 60)


def clock(seconds: int) -> str:
    """ "8:40"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def rest_text(reason: str) -> str:
    """A rest day in words; empty without a reason."""
    return str(REST_DAY[Reason(reason)]) if reason else ""


def sets_text(done: Fraction) -> str:
    """Sets done: "9", or "9.9" with one set done in part.

    Rounded down, so that a part never reads as a whole set; at least 0.1 once something is done.
    """
    if done.denominator == 1:
        return str(done.numerator)
    tenths = max(floor(done * 10), 1)
    return formats.number_format(Decimal(tenths) / 10, 1 if tenths % 10 else 0)


def stay_as_extra(sets: Sequence[int], of_one: bool) -> str:
    """What happens to the sets of new rest days. `sets` are the counts of the days with sets; empty without any."""
    if not sets:
        return ""
    number = ngettext("%(sets)d set", "%(sets)d sets", sum(sets)) % {"sets": sum(sets)}
    if of_one:
        there = _("You did %(sets)s on this day.") % {"sets": number}
    else:
        words = ngettext(
            "You did %(sets)s on %(days)d of these days.", "You did %(sets)s on %(days)d of these days.", len(sets)
        )
        there = words % {"days": len(sets), "sets": number}
    stay = ngettext("We keep it as an extra set.", "We keep them as extra sets.", sum(sets))
    return f"{there} {stay}"


def minutes_text(seconds: int) -> str:
    """ "4 min"."""
    return _("%(minutes)d min") % {"minutes": minutes(seconds)}


def times_text(times: int) -> str:
    """How many times a day."""
    if not times:
        return _("Not in your plan")
    return ngettext("%(times)d\u00a0time a day", "%(times)d\u00a0times a day", times) % {"times": times}
