"""Everything a user has here, in one file."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exercises.models import CompletedSet, Preferences, Session, Undo, User
from exercises.requests import Request

VERSION = 1


@never_cache
@require_safe
def export_json(request: Request) -> JsonResponse:
    user = request.user
    document = {
        "version": VERSION,
        "sets": _sets(user),
        "undos": _undos(user),
        "prescriptions": _prescriptions(user),
        "sessions": _sessions(user),
        "preferences": _preferences(user.preferences),
    }
    headers = {"Content-Disposition": 'attachment; filename="footcare.json"'}
    return JsonResponse(document, headers=headers, json_dumps_params={"indent": 1})


def _sets(user: User) -> list[dict]:
    undone = set(Undo.objects.of(user).values_list("target", flat=True))
    return [
        {
            "id": each.uuid,
            "exercise": each.exercise.slug,
            "slot": each.slot,
            "day": each.day,
            "completed_at": each.completed_at,
            "timezone": each.time_zone,
            "source": each.source,
            "reps": each.reps,
            "session": each.session,
            "undone": each.uuid in undone,
            "dose": {
                "reps": each.dose_reps,
                "effort_seconds": each.dose_effort_seconds,
                "pause_seconds": each.dose_pause_seconds,
                "variant": each.dose_variant,
            },
        }
        for each in CompletedSet.objects.of(user).select_related("exercise").order_by("completed_at", "pk")
    ]


def _undos(user: User) -> list[dict]:
    return [{"id": each.uuid, "target": each.target} for each in Undo.objects.of(user).order_by("pk")]


def _prescriptions(user: User) -> list[dict]:
    return [
        {
            "exercise": each.exercise.slug,
            "since": each.since,
            "slots": each.slots,
            "order": each.order,
            "reps": each.reps,
            "effort_seconds": each.effort_seconds,
            "pause_seconds": each.pause_seconds,
            "variant": each.variant,
        }
        for each in user.plan.prescriptions
    ]


def _sessions(user: User) -> list[dict]:
    return [
        {
            "id": each.uuid,
            "slot": each.slot,
            "day": each.day,
            "timezone": each.time_zone,
            "started_at": each.started_at,
            "finished_at": each.finished_at,
        }
        for each in Session.objects.of(user).order_by("started_at", "pk")
    ]


def _preferences(preferences: Preferences) -> dict:
    shown = ["time_zone", "follows_browser", "day_starts_at", "week_starts_on"]
    shown += ["morning_at", "midday_at", "evening_at", "goal_days", "theme", "skin"]
    return {name: getattr(preferences, name) for name in shown}
