"""The panels of pain on Progress: weeks and their means, and no cause."""

import re
from datetime import timedelta

import pytest

from exercises.models import Preferences
from tests.support.day_facts import pain_on
from tests.support.phone import FRIDAY, an_undo
from tests.support.record import shown
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning"), pytest.mark.one_database]


@pytest.fixture(autouse=True)
def asked(alice):
    plan_since(alice, "2026-08-03")
    Preferences.objects.filter(user=alice).update(pain_sites="low-back left-knee")


def answer_weeks(phone, scores, site="low-back"):
    """One answer a week, the last of them in the running week; None where there was none."""
    last = FRIDAY.date()
    days = [last - timedelta(days=7 * ago) for ago in reversed(range(len(scores)))]
    phone.send(*[pain_on(f"{day}", score, site) for day, score in zip(days, scores, strict=True) if score is not None])


def test_before_eight_weeks_progress_tells_the_count_and_nothing_else(alice_client, phone):
    answer_weeks(phone, [9, *[1] * 6])
    page = shown(alice_client)

    assert "Low back: Answers in 7 of 8 weeks. Left knee: Answers in 0 of 8 weeks." in page
    assert "Higher means worse" not in page
    assert "(last two weeks)" not in page


def test_after_eight_weeks_there_is_a_line_its_answers_and_the_trend(alice_client, phone):
    answer_weeks(phone, [8, None, 8, 8, 8, 8, 8, 3, 3])
    page, html = shown(alice_client), alice_client.get("/progress/").content.decode()

    assert "Low back 8 answers 10 5 0" in page
    assert "Down: from 8.0 (first week) to 3.0 (last two weeks)." in page
    assert "Left knee: Answers in 0 of 8 weeks." in page
    (line,) = re.findall(r'<path class="trend" d="([^"]+)"', html)
    assert (line.count("M"), line.count("L")) == (2, 6)
    assert "28 Sep – no answer 0" in page


def test_the_dot_of_a_week_that_is_not_over_is_open(alice_client, phone):
    answer_weeks(phone, [5] * 9)
    running, before = (alice_client.get(f"/progress/{week}").content.decode() for week in ("", "?week=2026-W46"))

    assert dots(running) == (8, 1)
    assert dots(before) == (8, 0)


def test_a_running_week_without_an_answer_opens_no_other_dot(alice_client, phone):
    answer_weeks(phone, [5] * 9 + [None])

    assert dots(alice_client.get("/progress/").content.decode()) == (9, 0)


def dots(page):
    """How many are filled, and how many are open."""
    (filled,) = re.findall(r'<path class="trend trend-dots" d="([^"]+)"', page)
    return filled.count("h0"), page.count('<path class="trend trend-open" d="M')


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([5] * 8, "About the same: 5.0 (first week)"),
        ([7] * 6 + [5] * 2, "About the same: 7.0 (first week)"),
        ([2] * 6 + [5] * 2, "Up: from 2.0 (first week)"),
    ],
)
def test_a_change_is_named_by_the_rule(alice_client, phone, scores, words):
    answer_weeks(phone, scores)

    assert words in shown(alice_client)


def test_an_undone_answer_is_missing_again(alice_client, phone):
    answer_weeks(phone, [5] * 7)
    eighth = pain_on("2026-09-25", 5)
    phone.send(eighth)
    assert "Low back 8 answers" in shown(alice_client)

    phone.send(an_undo(eighth["id"]))
    assert "Answers in 7 of 8 weeks" in shown(alice_client)


def test_no_word_of_a_cause(alice_client, phone):
    answer_weeks(phone, [8] * 6 + [3] * 3)
    page = shown(alice_client).lower()

    assert [word for word in ("because", "thanks to", "helped", "correl", "due to", "more sets") if word in page] == []
