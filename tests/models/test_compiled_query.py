"""Queries compiled to SQL once give the same rows as their querysets, each time for the values they are given."""

from collections import Counter
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db.models import BigIntegerField, DateField
from django.utils import timezone

from exercises.models import CompletedSet, Plan, Prescription, RestDay, Undo, User, days_of, range_queries
from exercises.models.compiled_query import CompiledQuery, Param
from exercises.models.packed_sets import unpack_sets
from exercises.models.range_queries import days_after, packed_days, user_of
from exercises.record import demo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

TODAY = date(2026, 11, 20)
QUERIES = {name: value for name, value in vars(range_queries).items() if isinstance(value, CompiledQuery)}


def fields(instance):
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def test_a_query_is_compiled_once_and_asked_for_each_value(alice, bob):
    demo.write(alice, TODAY, days=3)
    demo.write(bob, TODAY, days=2)
    made, columns = [], ("uuid", "day", "exercise__slug", "completed_at")

    def of_user():
        made.append(1)
        user, last = Param("user", BigIntegerField()), Param("last", DateField())
        return CompletedSet.objects.filter(user=user, day__lte=last).order_by("uuid").values_list(*columns)

    asked = CompiledQuery(of_user)
    for user in (alice, bob):
        plain = CompletedSet.objects.filter(user=user, day__lte=TODAY).order_by("uuid").values_list(*columns)
        assert asked.rows(user=user.pk, last=TODAY) == list(plain)
    assert made == [1]


@pytest.mark.parametrize("name", QUERIES)
def test_each_query_gives_the_rows_of_its_queryset(name, alice, bob, alice_client, monkeypatch):
    demo.write(alice, TODAY, days=90)
    demo.write(bob, TODAY, days=5)
    own = CompletedSet.objects.of(alice).earliest("completed_at").uuid
    asked = {
        "user": alice.pk,
        "since": date(2026, 8, 1),
        "first": date(2026, 9, 1),
        "last": TODAY,
        "uuid": own,
        "now": timezone.now(),
    }
    asked["key"] = alice_client.session.session_key
    asked["session"] = CompletedSet.objects.of(alice).exclude(session=None).latest("completed_at").session

    rows = QUERIES[name].rows(**asked)

    for constant in ("USER", "SINCE", "FIRST", "LAST"):
        monkeypatch.setattr(range_queries, constant, asked[constant.lower()])
    monkeypatch.setattr(range_queries, "Param", lambda name, _field: asked[name])
    assert rows
    assert Counter(map(str, rows)) == Counter(map(str, QUERIES[name]._queryset()))


def test_a_plan_is_that_of_its_queryset(alice, bob):
    plain = Plan(tuple(Prescription.objects.of(alice)))

    for read, queried in zip(alice.plan.prescriptions, plain.prescriptions, strict=True):
        assert fields(read) == fields(queried)
        assert fields(read.exercise) == fields(queried.exercise)


def test_a_user_comes_with_the_preferences_in_one_query(alice, bob, django_assert_num_queries):
    with django_assert_num_queries(1):
        read = user_of(alice.pk)
        preferences = read.preferences

    assert fields(read) == fields(User.objects.get(pk=alice.pk))
    assert fields(preferences) == fields(alice.preferences)
    assert user_of(alice.pk + bob.pk) is None


def test_the_days_of_one_user_hold_nothing_of_another(alice, bob):
    demo.write(bob, TODAY, days=3)

    assert days_of(alice, date(2026, 11, 1), TODAY) == ([], {})
    yesterday = date(2026, 11, 19)
    assert (
        days_of(bob, yesterday, TODAY)[0] == CompletedSet.objects.of(bob).not_undone().between(yesterday, TODAY).rows()
    )


def test_the_sets_of_a_day_are_packed_as_they_were_done(alice, bob):
    demo.write(alice, TODAY, days=9)
    demo.write(bob, TODAY, days=5)
    evenings = CompletedSet.objects.of(alice).filter(slot="evening")
    evenings.filter(exercise__slug="toe-presses").update(reps=3, dose_reps=7)
    evenings.filter(exercise__slug="ankle-circles").update(reps=9, dose_reps=7)
    undone = CompletedSet.objects.of(alice).filter(slot="morning").latest("day").uuid
    Undo.objects.create(user=alice, uuid=uuid4(), digest="", target=undone)
    first = date(2026, 11, 13)
    kept = CompletedSet.objects.of(alice).not_undone().between(first, TODAY)

    made, _excused = packed_days(alice, first, TODAY)

    packed = [(day, each.mark, each.fill) for day, of_day in made.items() for each in unpack_sets(of_day.sets)]
    assert Counter(packed) == Counter((row.day, row.done.mark, row.done.fill) for row in kept.rows())
    sources = [(day, source) for day, of_day in made.items() for source in of_day.sources.split(",")]
    assert Counter(sources) == Counter(kept.values_list("day", "source"))


def test_the_days_before_are_read_beside_the_sets_as_each_is_read_alone(alice, bob):
    demo.write(alice, TODAY, days=40)
    demo.write(bob, TODAY, days=40)
    rest = {"user": alice, "digest": "", "said_at": timezone.now(), "reason": "away", "on": True}
    RestDay.objects.bulk_create(
        RestDay(**rest, uuid=uuid4(), day=date(2026, 11, day)) for day in (1, 2, 15, 16, 22, 23)
    )
    undone = CompletedSet.objects.of(alice).filter(day=date(2026, 11, 15)).earliest("completed_at").uuid
    Undo.objects.create(user=alice, uuid=uuid4(), digest="", target=undone)
    since, sunday, monday, last = (date(2026, 11, day) for day in (2, 15, 16, 22))

    sets, rest_days, packed = days_after(alice, since, monday, last)

    assert sets == days_of(alice, monday, last)[0]
    made, rested = packed_days(alice, since, sunday)
    assert {day: sorted(each.sets.split(",")) for day, each in packed.items()} == {
        day: sorted(each.sets.split(",")) for day, each in made.items()
    }
    assert rest_days == rested | packed_days(alice, monday, last)[1]
    assert days_after(alice, monday, monday, last) == (*days_of(alice, monday, last), {})


def test_the_rest_days_beside_them_are_read_in_the_order_they_were_said(alice, bob):
    """A phone without a network sends the first word last; of two said at once the higher id is the last word."""
    said = [
        (18, 9, UUID(int=11), False),
        (18, 8, UUID(int=12), True),
        (19, 9, UUID(int=13), True),
        (19, 8, UUID(int=14), False),
        (20, 9, UUID(int=16), True),
        (20, 9, UUID(int=15), False),
    ]
    RestDay.objects.bulk_create(
        RestDay(
            user=alice,
            uuid=uuid,
            digest="",
            day=date(2026, 11, day),
            said_at=datetime(2026, 11, 20, hour, tzinfo=UTC),
            reason="away",
            on=on,
        )
        for day, hour, uuid, on in said
    )
    first, last = date(2026, 11, 13), {date(2026, 11, 19): "away", TODAY: "away"}

    assert packed_days(alice, first, TODAY) == ({}, last)
    assert RestDay.objects.of(alice).between(first, TODAY).excused() == last
    assert packed_days(bob, first, TODAY) == ({}, {})
