"""The words of the coach and the pages. The voice says at most five words, verb first (DOMAIN 6)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exercises.catalogue.variants import STANDARD, Variant
from exercises.models import Exercise, Reason
from exercises.rules.timeline import Call, Dose, Kind, Phase, Step, call

WORD = {
    Kind.READY: gettext_lazy("Get ready"),
    Kind.HOLD: gettext_lazy("Hold"),
    Kind.RELEASE: gettext_lazy("Let go"),
    Kind.WALK: gettext_lazy("Walk"),
    Kind.REST: gettext_lazy("Rest"),
    Kind.CIRCLE: gettext_lazy("Circle"),
    Kind.TURN: gettext_lazy("Other way"),
    Kind.SWITCH: gettext_lazy("Switch legs"),
    Kind.MOVE: gettext_lazy("Change place"),
}
CUE = {
    Kind.READY: gettext_lazy("Keep breathing."),
    Kind.HOLD: gettext_lazy("Hold."),
    Kind.RELEASE: gettext_lazy("Let go."),
    Kind.WALK: gettext_lazy("Small steps. Look ahead."),
    Kind.REST: gettext_lazy("Heels down. Rest."),
    Kind.CIRCLE: gettext_lazy("Draw slow circles."),
    Kind.TURN: gettext_lazy("Other way."),
    Kind.SWITCH: gettext_lazy("Switch legs."),
}
CUE_OF_EXERCISE = {
    ("toe-presses", Kind.READY): gettext_lazy("Stand tall. Knees soft."),
    ("toe-presses", Kind.HOLD): gettext_lazy("Grip the floor."),
    ("toe-walking", Kind.READY): gettext_lazy("Up on your toes."),
    ("resisted-plantar-flexion", Kind.READY): gettext_lazy("Band on the left foot."),
    ("resisted-plantar-flexion", Kind.HOLD): gettext_lazy("Push the band. Hold."),
    ("resisted-plantar-flexion", Kind.RELEASE): gettext_lazy("Slowly back."),
    ("ankle-circles", Kind.READY): gettext_lazy("Raise your left leg."),
}
INTO_POSITION = {
    Exercise.Position.STANDING: gettext_lazy("Stand near a wall."),
    Exercise.Position.SEATED: gettext_lazy("Sit on a chair. Sit upright."),
    Exercise.Position.LYING: gettext_lazy("Lie on your back."),
}
CALL = {Call.HALFWAY: gettext_lazy("Halfway."), Call.LAST: gettext_lazy("Last one.")}
REST_DAY = {
    Reason.REST: gettext_lazy("Rest day"),
    Reason.SICK: gettext_lazy("Rest day: not well"),
    Reason.AWAY: gettext_lazy("Rest day: away"),
}
SIDE = {0: "", 1: gettext_lazy("Left leg"), 2: gettext_lazy("Right leg")}


def phase_word(exercise: str, phase: Phase, variant: Variant = STANDARD) -> str:
    """The word on the stage. The band must come back slowly, so its release is never called "Let go"."""
    if own := variant.words.get(phase.kind):
        return _(own)
    if phase.kind == Kind.RELEASE and exercise == "resisted-plantar-flexion":
        return _("Slowly back")
    return str(WORD[phase.kind])


def cue(step: Step, phase: Phase, variant: Variant = STANDARD) -> str:
    """The sentence below the word; a screen reader reads it too."""
    if own := variant.cues.get(phase.kind):
        return _(own)
    if phase.kind == Kind.MOVE:
        return str(INTO_POSITION[Exercise.Position(step.position)])
    return str(CUE_OF_EXERCISE.get((step.exercise, phase.kind), CUE[phase.kind]))


def say(phase: Phase, dose: Dose, cue_text: str) -> str:
    """What the voice says at the start of a phase: a call replaces the cue."""
    called = call(phase, dose)
    return str(CALL[called]) if called else cue_text


def rep_text(phase: Phase, dose: Dose, variant: Variant = STANDARD) -> str:
    """ "7 of 15" in an effort and the pause after it, else empty."""
    if not phase.rep:
        return ""
    if dose.effort == Kind.WALK:
        text = _("Round %(rep)d of %(reps)d") if variant.rounds else _("Walk %(rep)d of %(reps)d")
    else:
        text = _("%(rep)d of %(reps)d")
    return text % {"rep": phase.rep, "reps": dose.reps}


def tempo_word(exercise: Exercise, phase: Phase) -> str:
    """The name of a phase in the tempo. Circles have two directions and a turn between them."""
    if phase.kind == Kind.CIRCLE:
        return _("One way") if phase.rep == 1 else _("Other way")
    return _("Turn") if phase.kind == Kind.TURN else phase_word(exercise.slug, phase)


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


def minutes(seconds: int) -> int:
    """Whole minutes, rounded up, at least 1."""
    return max(1, -(-seconds // 60))


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
    """ "4 min", rounded to the nearest minute: the length of one exercise."""
    return _("%(minutes)d min") % {"minutes": max(1, round(seconds / 60))}


def times_text(times: int) -> str:
    """How many times a day."""
    if not times:
        return _("Not in your plan")
    return ngettext("%(times)d\u00a0time a day", "%(times)d\u00a0times a day", times) % {"times": times}
