"""What many users still have to do on a day. The number of queries does not grow with that of the users."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Exists, OuterRef

from exercises.models import CompletedSet, Exercise, Plan, Prescription, RestDay
from exercises.models.day_facts import excused
from exercises.rules.adherence import Done, day_adherence, done

StillOpen = Mapping[tuple[int, str], list[Prescription]]


def still_open(users: Collection[int], day: date) -> StillOpen:
    """{(user, slot): the prescriptions that are not done, in the order of a session}, for ids of users. Four queries.

    A slot is missing if nothing of it is open: all done, nothing planned, a rest day, before the plan began.
    """
    resting = _resting(users, day)
    sets = _sets(users, day)
    found: dict[tuple[int, str], list[Prescription]] = defaultdict(list)
    for user, plan in _plans(set(users) - resting, day).items():
        held = {each.exercise.slug: each for each in plan.on(day)}
        for mark, fill in day_adherence(plan.due(day), sets[user]).fills.items():
            if fill < 1:
                found[user, mark.slot].append(held[mark.exercise])
    return dict(found)


def _resting(users: Collection[int], day: date) -> set[int]:
    facts = RestDay.objects.filter(user__in=users).not_undone().between(day, day).oldest_first()
    said: dict[int, list[tuple[date, str, bool]]] = defaultdict(list)
    for user, reason, on in facts.values_list("user", "reason", "on"):
        said[user].append((day, reason, on))
    return {user for user, entries in said.items() if excused(entries)}


def _sets(users: Collection[int], day: date) -> Mapping[int, list[Done]]:
    facts = CompletedSet.objects.filter(user__in=users).not_undone().between(day, day)
    sets: dict[int, list[Done]] = defaultdict(list)
    for user, *columns in facts.values_list("user", "slot", "exercise__slug", "reps", "dose_reps"):
        sets[user].append(done(*columns))
    return sets


def _plans(users: Collection[int], day: date) -> dict[int, Plan]:
    """The plans with what is in force on that day alone: a plan may have hundreds of older rows.

    Only rows of the plan's first day have a first slot, so `Plan.due` says the same as with all rows.
    """
    exercises = Exercise.objects.in_bulk()
    newer = Prescription.objects.filter(
        user=OuterRef("user"), exercise=OuterRef("exercise"), since__gt=OuterRef("since"), since__lte=day
    )
    rows: dict[int, list[Prescription]] = defaultdict(list)
    for row in Prescription.objects.filter(user__in=users, since__lte=day).exclude(Exists(newer)):
        row.exercise = exercises[row.exercise_id]
        rows[row.user_id].append(row)
    return {user: Plan(held) for user, held in rows.items()}
