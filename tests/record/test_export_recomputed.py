"""Each number of the record can be computed from /export.json alone, by plain loops."""

import random
import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

import pytest

from exercises.models import CompletedSet, Exercise, Prescription, Undo
from tests.support.phone import Phone
from tests.support.record import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

TODAY, MONDAY = date(2026, 11, 20), date(2026, 11, 16)
SESSION_SLOTS = ["morning", "midday", "evening"]


@pytest.fixture(params=range(3), ids=lambda seed: f"history {seed}")
def lived(request, alice):
    """More than a year with changes of plan, partial sets, extras, sets done twice and undone sets."""
    chance = random.Random(request.param)
    begun = TODAY - timedelta(days=chance.choice([20, 200, 400]))
    alice.prescriptions.all().delete()
    exercises = list(Exercise.objects.all())
    for since in [begun, *(begun + timedelta(days=chance.randrange(400)) for _ in range(5))]:
        for exercise in exercises if since == begun else chance.sample(exercises, 2):
            slots = {slot: chance.random() < 0.7 for slot in SESSION_SLOTS}
            dose = {"order": exercise.order, "reps": 10, "effort_seconds": 4, "pause_seconds": 2}
            Prescription.objects.update_or_create(user=alice, exercise=exercise, since=since, defaults=slots | dose)
    sets = [a_set(chance, alice, exercises, begun) for _ in range(900)]
    CompletedSet.objects.bulk_create(sets)
    Undo.objects.bulk_create(
        Undo(user=alice, uuid=a_uuid(chance), digest="", target=each.uuid) for each in chance.sample(sets, 100)
    )
    alice.preferences.goal_days = chance.randint(1, 7)
    alice.preferences.save()


def a_set(chance, user, exercises, begun):
    day = begun + timedelta(days=chance.randrange((TODAY - begun).days + 1))
    return CompletedSet(
        user=user,
        uuid=a_uuid(chance),
        digest="",
        exercise=chance.choice(exercises),
        slot=chance.choice([*SESSION_SLOTS, "extra"]),
        completed_at=datetime(day.year, day.month, day.day, 7, tzinfo=UTC),
        day=day,
        time_zone="UTC",
        source=chance.choice(["timed", "timed", "ticked", "backdated"]),
        reps=chance.choice([10, 10, 10, 5, 12]),
        dose_reps=10,
        dose_effort_seconds=4,
        dose_pause_seconds=2,
    )


def a_uuid(chance):
    return UUID(int=chance.getrandbits(128), version=4)


class Again:
    """The numbers, from the export."""

    def __init__(self, export):
        self.sets = [each for each in export["sets"] if not each["undone"]]
        self.sets_on = defaultdict(list)
        for each in self.sets:
            self.sets_on[date.fromisoformat(each["day"])].append(each)
        self.prescriptions = sorted(export["prescriptions"], key=lambda each: each["since"])
        self.goal = export["preferences"]["goal_days"]

    def due(self, day):
        newest = {
            each["exercise"]: each["slots"] for each in self.prescriptions if date.fromisoformat(each["since"]) <= day
        }
        return {(exercise, slot) for exercise, slots in newest.items() for slot in slots}

    def fills(self, day, exercise=None):
        if day > TODAY:
            return []
        best = {mark: Fraction(0) for mark in self.due(day) if exercise in (None, mark[0])}
        for each in self.sets_on[day]:
            mark = (each["exercise"], each["slot"])
            if mark in best:
                best[mark] = max(best[mark], min(Fraction(1), Fraction(each["reps"], each["dose"]["reps"])))
        return list(best.values())

    def totals(self, days, exercise=None):
        fills = [(day, fill) for day in days for fill in self.fills(day, exercise) if day < TODAY or fill]
        return sum(fill for _, fill in fills), len(fills)

    def text(self, days, exercise=None):
        done, due = self.totals(days, exercise)
        return f"{printed(done)} of {due}"

    def days_on_track(self, days):
        each_day = [self.fills(day) for day in days]
        return sum(bool(fills) and sum(fills) / len(fills) >= Fraction(8, 10) for fills in each_day)

    def days_planned(self, days):
        return sum(bool(self.due(day)) for day in days)

    def on_goal(self, days):
        planned = self.days_planned(days)
        return planned > 0 and self.days_on_track(days) >= min(self.goal, planned)

    def sources(self, days):
        return Counter(each["source"] for day in days for each in self.sets_on[day])


def printed(sets):
    tenths = max(int(sets * 10), 1) if sets else 0
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def week_from(first):
    return [first + timedelta(days=n) for n in range(7)]


def words(html):
    return words_of(html)


def rows(html, name):
    """The texts of the cells of each row of the table of that class."""
    (table,) = re.findall(rf'<table class="{name}">(.*?)</table>', html, re.S)
    return [
        [words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)
    ]


@pytest.fixture
def week_pages(lived, alice_client):
    """Of this week, the last one and that of nine weeks ago: (the page, the week it shows, what the export says)."""
    again = Again(Phone(alice_client).export())
    return [(*week_page(alice_client, weeks), again) for weeks in (0, 1, 9)]


def week_page(client, weeks_ago):
    """The plan may have begun later than asked for."""
    year, number, _ = (MONDAY - timedelta(weeks=weeks_ago)).isocalendar()
    html = client.get(f"/progress/?week={year}-W{number:02}").content.decode()
    shown = date.fromisoformat(re.search(r'href="/progress/(\d{4}-\d\d-\d\d)/"', html)[1])
    return html, week_from(shown - timedelta(days=shown.weekday()))


@pytest.fixture
def names(catalogue):
    return {each.slug: each.name for each in Exercise.objects.all()}


def weeks_up_to(days, number):
    return [[day - timedelta(weeks=n) for day in days] for n in reversed(range(number))]


def test_the_head_of_a_week(week_pages):
    for html, days, again in week_pages:
        weeks = weeks_up_to(days, 12)
        counting = [week for week in weeks if again.on_goal(week) or (again.days_planned(week) and TODAY not in week)]

        assert f"{again.text(days)} set" in words(html), days[0]
        assert f'"Good days: {again.days_on_track(days)}. Goal: ' in html
        assert f"{sum(map(again.on_goal, weeks))} of {len(counting)} week" in words(html)


def test_the_grid_of_a_week(week_pages, names):
    for html, days, again in week_pages:
        grid = {re.sub(r" \d+(?: to \d+)? a day$", "", row[0]): row[1:] for row in rows(html, "grid-week")[1:]}

        assert grid.keys() == {names[slug] for day in days for slug, _ in again.due(day)} | {"Whole day"}
        for slug, name in [*names.items(), (None, "Whole day")]:
            for cell, day in zip(grid.get(name, []), days, strict=False):
                fills = again.fills(day, slug)
                assert cell.startswith(
                    f"{printed(sum(fills))} of {len(fills)}" if fills else ("nothing", "still", "not")
                )


def test_the_table_of_twelve_weeks(week_pages):
    for html, days, again in week_pages:
        expected = []
        for week in weeks_up_to(days, 12):
            done, due = again.totals(week)
            if due:
                reached = f"{again.days_on_track(week)} of {again.days_planned(week)}"
                expected.append([f"{week[0].day} {week[0]:%b}", again.text(week), str(int(100 * done / due)), reached])

        assert [row[:4] for row in rows(html, "data-table")[1:]] == expected, days[0]


def test_the_exercises_and_sources_of_four_weeks(week_pages, names):
    for html, days, again in week_pages:
        four = [day for week in weeks_up_to(days, 4) for day in week]
        sources = again.sources(four)

        for slug, name in names.items():
            if again.totals(four, slug)[1]:
                assert f"{name} {again.text(four, slug)}" in words(html)
        timed, ticked, backdated = (sources[each] for each in ("timed", "ticked", "backdated"))
        assert f"{timed} with the timer, {ticked} ticked off by hand, {backdated} added later." in words(html)


@pytest.mark.usefixtures("lived")
def test_year(alice_client):
    again = Again(Phone(alice_client).export())
    html = alice_client.get("/progress/year/").content.decode()
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    table = rows(html, "data-table year-table")[1:]

    assert f"{again.text(days)} sets" in words(html)
    assert f"{again.days_on_track(days)} day" in words(html)
    shown = {f"{row[0]} {weekday}": cell for row in table for weekday, cell in enumerate(row[1:]) if cell}
    expected = {}
    for day in days:
        monday, fills = day - timedelta(days=day.weekday()), again.fills(day)
        if fills:
            expected[f"{monday.day} {monday:%b} {day.weekday()}"] = f"{printed(sum(fills))}/{len(fills)}"
    assert shown == expected


@pytest.mark.usefixtures("lived")
def test_day(alice_client):
    again = Again(Phone(alice_client).export())

    for day in (TODAY - timedelta(days=n) for n in range(12)):
        html = alice_client.get(f"/progress/{day}/").content.decode()
        page = words(html)
        fills = again.fills(day)
        assert f"{printed(sum(fills))} of {len(fills)} " in page or not fills
        assert html.count('data-set="') == len(again.sets_on[day])
