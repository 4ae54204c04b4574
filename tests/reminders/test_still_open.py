"""What is open for many users at once is what the board of each shows."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exercises.models import Exercise, Prescription, RestDay, User, days_of
from exercises.record import demo
from exercises.reminders.still_open import _plans, still_open
from exercises.rules.adherence import day_adherence

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 20)
DAYS = [LAST - timedelta(days=ago) for ago in range(-3, 40)]


def on_the_board(user, day):
    """{(user, slot): the exercises that are open}, from the whole plan and record of one user."""
    sets, rest = days_of(user, day, day)
    due = () if day in rest else user.plan.due(day)
    open_ones = {}
    for mark, fill in day_adherence(due, [row.done for row in sets]).fills.items():
        if fill < 1:
            open_ones.setdefault((user.pk, mark.slot), []).append(mark.exercise)
    return open_ones


def names(found):
    return {key: [each.exercise.slug for each in due] for key, due in found.items()}


def test_it_agrees_with_the_boards_over_plans_that_change(alice, bob):
    for user, days in ((alice, 21), (bob, 35)):
        demo.write(user, LAST, days=days)
    first = Prescription.objects.of(alice).first()
    first.changed(since=LAST, slots=["evening"]).save(force_insert=True)
    first.changed(since=LAST + timedelta(days=2), slots=["morning", "midday"], order=9).save(force_insert=True)
    users = [User.objects.get(pk=user.pk) for user in (alice, bob)]

    boards = {day: on_the_board(users[0], day) | on_the_board(users[1], day) for day in DAYS}
    assert {day: names(still_open([user.pk for user in users], day)) for day in DAYS} == boards
    assert len({str(sorted(board.items())) for board in boards.values()}) > 5
    assert RestDay.objects.exists()


def test_ten_years_are_read_like_a_week(alice):
    def read():
        with CaptureQueriesContext(connection) as captured:
            still_open([alice.pk], LAST)
        return len(captured)

    demo.write(alice, LAST, days=7)
    week = read()
    for years in range(1, 10):
        for row in Prescription.objects.of(alice).filter(since=Prescription.objects.of(alice).latest("since").since):
            row.changed(since=row.since - timedelta(days=365 * years)).save(force_insert=True)

    assert read() == week <= 4
    assert len(_plans([alice.pk], LAST)[alice.pk].rows) == Exercise.objects.count()
    assert Prescription.objects.of(alice).count() > 8
