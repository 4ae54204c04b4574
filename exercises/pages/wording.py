"""What the coach shows and says in each phase: at most five words at a time, verb first (DOMAIN 6)."""

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
    """The one word on the stage, by the exercise's slug. The band comes back slowly: nobody is to let go of it."""
    if own := variant.words.get(phase.kind):
        return _(own)
    if phase.kind == Kind.RELEASE and exercise == "resisted-plantar-flexion":
        return _("Slowly back")
    return str(WORD[phase.kind])


def cue(step: Step, phase: Phase, variant: Variant = STANDARD) -> str:
    """The sentence under it, also what a screen reader hears."""
    if own := variant.cues.get(phase.kind):
        return _(own)
    if phase.kind == Kind.MOVE:
        return str(INTO_POSITION[Exercise.Position(step.position)])
    return str(CUE_OF_EXERCISE.get((step.exercise, phase.kind), CUE[phase.kind]))


def say(phase: Phase, dose: Dose, cue_text: str) -> str:
    """What the voice says as the phase begins: one thing at a time, so a call takes the cue's place."""
    called = call(phase, dose)
    return str(CALL[called]) if called else cue_text


def rep_text(phase: Phase, dose: Dose, variant: Variant = STANDARD) -> str:
    """ "7 of 15" in an effort and the pause after it, else nothing. Circles go one way, then the other."""
    if not phase.rep:
        return ""
    if dose.effort == Kind.WALK:
        text = _("Round %(rep)d of %(reps)d") if variant.rounds else _("Walk %(rep)d of %(reps)d")
    else:
        text = _("%(rep)d of %(reps)d")
    return text % {"rep": phase.rep, "reps": dose.reps}


def tempo_word(exercise: Exercise, phase: Phase) -> str:
    """Names a phase of the tempo; of circles, the two ways and the turn between them."""
    if phase.kind == Kind.CIRCLE:
        return _("One way") if phase.rep == 1 else _("Other way")
    return _("Turn") if phase.kind == Kind.TURN else phase_word(exercise.slug, phase)


def reps_label(dose: Dose, variant: Variant = STANDARD) -> str:
    """What the reps of a plan are called."""
    if dose.effort == Kind.WALK and not variant.rounds:
        return _("How many walks")
    if dose.effort == Kind.CIRCLE:
        return _("Directions, each leg")
    return _("How many times with each leg") if dose.sides == 2 else _("How many times")


def length_label(exercise: Exercise, kind: Kind, variant: Variant = STANDARD) -> str:
    """What the seconds of an effort or of a pause are called."""
    if kind == Kind.CIRCLE:
        return _("Seconds each way")
    return _("%(phase)s (seconds)") % {"phase": phase_word(exercise.slug, Phase(kind, 1), variant)}


def seconds_text(seconds: int) -> str:
    """ "4 seconds"."""
    return ngettext("%(seconds)d second", "%(seconds)d seconds", seconds) % {"seconds": seconds}


def dose_text(dose: Dose, variant: Variant = STANDARD) -> str:
    """One set in a line: "10 times, 4 seconds each"."""
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
    """Whole minutes to plan for: rounded up, at least one."""
    return max(1, -(-seconds // 60))


def clock(seconds: int) -> str:
    """ "8:40"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def rest_text(reason: str) -> str:
    """What a day is that asks for nothing; empty for a day like any other."""
    return str(REST_DAY[Reason(reason)]) if reason else ""


def sets_text(done: Fraction) -> str:
    """Sets done: "9", or "9.9" where one is done in part.

    Rounded down, for what is not done is never called done; but a start never reads as nothing.
    """
    if done.denominator == 1:
        return str(done.numerator)
    tenths = max(floor(done * 10), 1)
    return formats.number_format(Decimal(tenths) / 10, 1 if tenths % 10 else 0)


def stay_as_extra(sets: Sequence[int], of_one: bool) -> str:
    """What becomes of the sets of days that are marked as rest: how many each day has that has any. Empty for none."""
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
    """ "4 min", to the nearest: what one exercise takes, not what to plan for."""
    return _("%(minutes)d min") % {"minutes": max(1, round(seconds / 60))}


def times_text(times: int) -> str:
    """How often a day."""
    if not times:
        return _("Not in your plan")
    return ngettext("%(times)d\u00a0time a day", "%(times)d\u00a0times a day", times) % {"times": times}
