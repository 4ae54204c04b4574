"""What the coach shows and says in each phase: at most five words at a time, verb first (DOMAIN 6)."""

from decimal import Decimal
from fractions import Fraction
from math import floor

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exercises.models import Exercise
from exercises.timeline import Dose, Kind, Phase

WORD = {
    Kind.READY: gettext_lazy("Get ready"),
    Kind.HOLD: gettext_lazy("Hold"),
    Kind.RELEASE: gettext_lazy("Let go"),
    Kind.WALK: gettext_lazy("Walk"),
    Kind.REST: gettext_lazy("Rest"),
    Kind.CIRCLE: gettext_lazy("Circle"),
    Kind.TURN: gettext_lazy("Other way"),
    Kind.SWITCH: gettext_lazy("Switch leg"),
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
    Exercise.Position.SITTING: gettext_lazy("Sit down. Sit upright."),
    Exercise.Position.LYING: gettext_lazy("Lie on your back."),
}
SIDE = {0: "", 1: gettext_lazy("Left leg"), 2: gettext_lazy("Right leg")}


def phase_word(exercise: Exercise, phase: Phase) -> str:
    """The one word on the stage. The band comes back slowly: nobody is to let go of it."""
    if phase.kind == Kind.RELEASE and exercise.slug == "resisted-plantar-flexion":
        return _("Slowly back")
    return str(WORD[phase.kind])


def cue(exercise: Exercise, phase: Phase) -> str:
    """The sentence under it, also what a screen reader hears."""
    if phase.kind == Kind.MOVE:
        return str(INTO_POSITION[Exercise.Position(exercise.position)])
    return str(CUE_OF_EXERCISE.get((exercise.slug, phase.kind), CUE[phase.kind]))


def rep_text(phase: Phase, dose: Dose) -> str:
    """ "Rep 7 of 15" in an effort and the pause after it, else nothing. Circles go one way, then the other."""
    if not phase.rep:
        return ""
    texts = {Kind.WALK: _("Walk %(rep)d of %(reps)d"), Kind.CIRCLE: _("Way %(rep)d of %(reps)d")}
    return texts.get(dose.effort, _("Rep %(rep)d of %(reps)d")) % {"rep": phase.rep, "reps": dose.reps}


def tempo_word(exercise: Exercise, phase: Phase) -> str:
    """Names a phase of the tempo; of circles, the two ways and the turn between them."""
    if phase.kind == Kind.CIRCLE:
        return _("One way") if phase.rep == 1 else _("Other way")
    return _("Turn") if phase.kind == Kind.TURN else phase_word(exercise, phase)


def seconds_text(seconds: int) -> str:
    """ "4 seconds"."""
    return ngettext("%(seconds)d second", "%(seconds)d seconds", seconds) % {"seconds": seconds}


def dose_text(dose: Dose) -> str:
    """One set in a line: "10 times, 4 seconds each"."""
    numbers = {"reps": dose.reps, "seconds": dose.effort_seconds}
    if dose.effort == Kind.CIRCLE:
        return _("%(seconds)d seconds each way, both legs") % numbers
    if dose.effort == Kind.WALK:
        return (
            ngettext("%(reps)d walk of %(seconds)d seconds", "%(reps)d walks of %(seconds)d seconds", dose.reps)
            % numbers
        )
    if dose.sides == 2:
        return _("%(reps)d times with each leg, %(seconds)d seconds each") % numbers
    return _("%(reps)d times, %(seconds)d seconds each") % numbers


def minutes(seconds: int) -> int:
    """Whole minutes to plan for: rounded up, at least one."""
    return max(1, -(-seconds // 60))


def clock(seconds: int) -> str:
    """ "8:40"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def sets_text(done: Fraction) -> str:
    """Sets done: "9", or "9.9" where one is done in part.

    Rounded down, for what is not done is never called done; but a start never reads as nothing.
    """
    tenths = max(floor(done * 10), 1) if done else 0
    return formats.number_format(Decimal(tenths) / 10, 1 if tenths % 10 else 0)


def minutes_text(seconds: int) -> str:
    """ "4 min", to the nearest: what one exercise takes, not what to plan for."""
    return _("%(minutes)d min") % {"minutes": max(1, round(seconds / 60))}


def times_text(times: int) -> str:
    """How often a day."""
    return ngettext("%(times)d\u00a0time a day", "%(times)d\u00a0times a day", times) % {"times": times}
