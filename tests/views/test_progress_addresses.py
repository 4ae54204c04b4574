"""The addresses of Progress: paging by them, and where any other text leads."""

from datetime import date

import pytest

from tests.support.phone import HTMX
from tests.support.record import shown, whole_day
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]
TODAY = date(2026, 11, 20)


# Paging.


@pytest.mark.usefixtures("long_ago")
def test_weeks_are_paged_by_their_own_addresses(alice_client, phone):
    phone.tap()
    page = alice_client.get("/progress/").content.decode()

    assert 'href="/progress/?week=2026-W46" hx-get="/progress/?week=2026-W46"' in page
    assert 'id="week-after"' not in page
    assert 'href="/progress/?week=2026-W47"' in alice_client.get("/progress/?week=2026-W46").content.decode()
    assert 'id="week-before"' not in alice_client.get("/progress/?week=2026-W36").content.decode()


@pytest.mark.usefixtures("long_ago")
def test_htmx_gets_the_same_page(alice_client, phone):
    phone.tap()

    assert shown(alice_client, "/progress/?week=2026-W46", **HTMX) == shown(alice_client, "/progress/?week=2026-W46")


@pytest.mark.usefixtures("long_ago")
@pytest.mark.parametrize(
    ("starts_on", "name", "range_"),
    [
        (0, "2026-W46", "9 to 15 November 2026"),
        pytest.param(
            6, "2026-W46", "15 to 21 November 2026", id="a week from Sunday goes by the ISO week of that Sunday"
        ),
        pytest.param(5, "2026-W46", "14 to 20 November 2026", id="from Saturday"),
        (0, "2026-W40", "28 September to 4 October 2026"),
    ],
)
def test_a_week_begins_on_the_users_own_day(alice_client, alice, phone, starts_on, name, range_):
    alice.preferences.week_starts_on = starts_on
    alice.preferences.save()
    phone.tap()

    assert f"Progress {range_}" in shown(alice_client, f"/progress/?week={name}")


RUNNING, FIRST = "Progress 16 to 22 November 2026", "Progress 31 August to 6 September 2026"


@pytest.mark.one_database
@pytest.mark.usefixtures("long_ago")
@pytest.mark.parametrize("starts_on", range(7))
@pytest.mark.parametrize(
    ("name", "is_first"),
    [
        ("2026-W60", False),
        ("2026-W00", False),
        ("2025-W53", False),
        ("0000-W01", False),
        ("0001-W01", True),
        ("9999-W52", False),
        ("9999-W53", False),
        ("2031-W01", False),
        ("1999-W07", True),
        ("", False),
        ("next", False),
        ("2026-W٤٧", False),
        ("<script>", False),
        ("9" * 4000, False),
    ],
)
def test_a_week_that_is_not_there_shows_the_nearest_one(alice_client, alice, phone, name, is_first, starts_on):
    alice.preferences.week_starts_on = starts_on
    alice.preferences.save()
    phone.tap()
    answer = alice_client.get("/progress/", {"week": name})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert ("This week so far" in page) is not is_first
    assert not is_first or 'href="/progress/2026-09-02/"' in page
    assert "<script>" not in page


@pytest.mark.parametrize("since", ["0001-01-01", "9999-12-31", "2026-11-25"])
@pytest.mark.parametrize(
    "path", ["/progress/", "/progress/?week=0001-W01", "/progress/year/?year=0001", "/progress/2026-11-20/"]
)
def test_a_plan_from_the_ends_of_the_calendar_breaks_nothing(alice_client, alice, since, path):
    plan_since(alice, since)
    for starts_on in range(7):
        alice.preferences.week_starts_on = starts_on
        alice.preferences.save()
        assert alice_client.get(path).status_code in (200, 404)


@pytest.mark.parametrize("path", ["/progress/", "/progress/year/", "/progress/2026-11-20/"])
def test_no_plan_at_all_is_a_page_or_a_sentence(alice_client, alice, path):
    alice.prescriptions.all().delete()

    assert alice_client.get(path).status_code in (200, 404)


@pytest.mark.parametrize("path", ["/progress/", "/progress/year/", "/progress/2026-11-20/"])
def test_the_pages_are_for_their_user_alone(alice_client, bob_client, stranger, phone, path):
    whole_day(phone, TODAY)
    own, others = shown(alice_client, path), shown(bob_client, path)

    assert "10 of 10" in own
    assert "10 of 10" not in others
    assert stranger.get(path).status_code == 302
    assert stranger.get(path, headers=HTMX).status_code == 401


@pytest.mark.parametrize("path", ["/progress/", "/progress/year/", "/progress/2026-11-20/"])
def test_a_post_where_a_get_belongs_is_405(alice_client, path):
    assert alice_client.post(path).status_code == 405
