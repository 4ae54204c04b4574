"""The week in words: true for each state of the goal, and kind about what was left out. The clock says Friday, 7:00."""

import re

import pytest

from tests.support.day_facts import rest_day
from tests.support.record import whole_day, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "long_ago"), pytest.mark.one_database]

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (f"2026-11-{day}" for day in range(16, 21))
WEEK_BEFORE = "/progress/?week=2026-W46"
DAYS_BEFORE = [f"2026-11-{day:02}" for day in range(9, 16)]


def words(client, path="/progress/"):
    """What the panel says, without its ring and the extra sets that a whole day brings along."""
    html = client.get(path).content.decode()
    said = words_of(html.partition('aria-labelledby="words-title">')[2].partition("</div>")[0])
    return re.sub(r" Plus \d+ extra sets\.", "", said)


@pytest.mark.parametrize(
    ("goal", "good", "title"),
    [
        (4, [], "Every set counts."),  # Friday, Saturday and Sunday are three
        (3, [], "Your goal: 3 good days this week."),
        (5, [MONDAY], "1 good day. Every set counts."),
        (4, [MONDAY], "1 good day. 3 more to reach your goal."),
        (2, [MONDAY], "1 good day. One more to reach your goal."),
        (1, [MONDAY], "1 good day. You reached your goal."),
        (1, [MONDAY, TUESDAY], "2 good days. You reached your goal."),
        (4, [MONDAY, FRIDAY], "2 good days. 2 more to reach your goal."),
        (5, [MONDAY, FRIDAY], "2 good days. Every set counts."),  # today is one of the two
    ],
)
def test_the_running_week_is_told_by_the_goal_and_the_days_left(alice_client, alice, phone, goal, good, title):
    alice.preferences.goal_days = goal
    alice.preferences.save()
    for day in good:
        whole_day(phone, day)
    phone.tap(completed_at="2026-11-13T07:00:00+00:00")

    assert words(alice_client).startswith(title)


@pytest.mark.parametrize(
    ("good", "title"),
    [
        (DAYS_BEFORE[:5], "5 good days. You reached your goal. 50 of 70 sets."),
        (DAYS_BEFORE[:2], "2 good days. 20 of 70 sets."),
        ([], "No sets this week. That is fine. 0 of 70 sets."),
    ],
)
def test_a_week_that_is_over_is_told_as_over(alice_client, phone, good, title):
    for day in good:
        whole_day(phone, day)

    assert words(alice_client, WEEK_BEFORE) == title


def test_some_sets_of_a_week_are_told_too(alice_client, phone):
    phone.tap(completed_at="2026-11-10T07:00:00+00:00")

    assert words(alice_client, WEEK_BEFORE).startswith("You did some of your sets. 1 of 70 sets.")


@pytest.mark.parametrize(
    ("without", "sentence"),
    [
        ({"ankle-circles": 2}, "Left out most often: Ankle circles."),
        ({}, ""),
        ({"ankle-circles": 2, "toe-presses": 2}, ""),  # two alike: neither is named
        ({"ankle-circles": 2, "resisted-plantar-flexion": 2}, ""),  # six of the one, four of the other: the same share
    ],
)
def test_the_exercise_left_out_most_is_named_when_it_stands_out(alice_client, phone, without, sentence):
    names = ["toe-presses", "toe-walking", "resisted-plantar-flexion", "ankle-circles"]
    for number, day in enumerate(DAYS_BEFORE):
        whole_day(phone, day, [each for each in names if number >= without.get(each, 0)])

    assert words(alice_client, WEEK_BEFORE).partition(" sets.")[2].strip() == sentence


def test_one_set_left_out_is_no_pattern(alice_client, phone):
    for day in DAYS_BEFORE:
        whole_day(phone, day)
    html = alice_client.get(f"/progress/{DAYS_BEFORE[0]}/").content.decode()
    target = html.partition('id="mark-morning-ankle-circles"')[2].partition('value="')[2].partition('"')[0]
    alice_client.post("/undo/", {"target": target})

    assert words(alice_client, WEEK_BEFORE) == "7 good days. You reached your goal. 69 of 70 sets."


def test_a_week_of_rest_has_no_goal_and_no_ring(alice_client, phone):
    phone.send(*[rest_day(day=day) for day in DAYS_BEFORE])
    phone.tap(completed_at="2026-11-02T07:00:00+00:00")
    page = alice_client.get(WEEK_BEFORE).content.decode()

    assert words(alice_client, WEEK_BEFORE) == "Rest days. There was nothing to do."
    assert 'class="ring"' not in page
