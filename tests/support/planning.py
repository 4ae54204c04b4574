"""Forms of the plan as a browser sends them, and the plan as it is kept."""

from datetime import date

from exercises.catalogue.exercises import CATALOGUE
from exercises.models import Prescription, User
from tests.support.phone import FRIDAY

TODAY = FRIDAY.date()
LATER = date(2026, 11, 30)
PAGE, SUM = "/settings/plan/", "/settings/plan/sum/"
STARTER = {
    "toe-presses-reps": "5",
    "toe-walking-reps": "3",
    "toe-walking-effort_seconds": "10",
    "resisted-plantar-flexion-reps": "8",
    "ankle-circles-effort_seconds": "5",
}
OFF = {f"{entry.slug}-slots": [] for entry in CATALOGUE}


def filled_in(**changed):
    """The form as the page has it, with the usual plan in it, and some fields changed."""
    fields = {"when": "today"}
    for place, entry in enumerate(CATALOGUE, 1):
        slots = ["morning", "midday", "evening"] if entry.midday else ["morning", "evening"]
        own = {"slots": slots, "reps": entry.reps, "effort_seconds": entry.effort_seconds, "variant": "standard"}
        own |= {"place": place} | ({} if entry.effort == "circle" else {"pause_seconds": entry.pause_seconds})
        fields |= {f"{entry.slug}-{name}": value for name, value in own.items()}
    return fields | changed


def later(day=LATER, **changed):
    return filled_in() | {"when": "later", "since": day.isoformat()} | changed


def asked(user, day=TODAY):
    """{exercise: (sessions, reps, seconds, pause, place, way)} of that day, as it is kept."""
    plan = User.objects.get(pk=user.pk).plan.on(day)
    return {
        each.exercise.slug: (
            ", ".join(each.slots),
            each.reps,
            each.effort_seconds,
            each.pause_seconds,
            each.order,
            each.variant,
        )
        for each in plan
    }


def rows(user):
    return list(Prescription.objects.of(user).values_list("exercise__slug", "since", "reps", "order"))
