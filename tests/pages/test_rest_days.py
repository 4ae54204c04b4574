"""Rest days: the page says beforehand what happens to their sets, and afterwards which days became rest."""

import re

import pytest

from tests.support.record import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "long_ago")]

WEDNESDAY = "/progress/2026-11-18/"
THURSDAY = "/progress/2026-11-19/"


@pytest.fixture
def rest(alice_client):
    """Marks days on Wednesday's page, and gives what the next page says of it."""

    def rest(**fields):
        fields = {"reason": "rest", "next": WEDNESDAY, **fields}
        page = alice_client.post(f"{WEDNESDAY}rest/", fields, follow=True).content.decode()
        return re.search(r'<div class="banner">\s*<p>(.*?)</p>', page)[1]

    return rest


def offered(client, path=WEDNESDAY):
    """{label: (its days as they are sent, whether any is rest, what becomes of their sets)}."""
    page = client.get(path).content.decode()
    found = {}
    for span, marks, text in re.findall(r'name="span" value="([^"]*)"([^>]*)><span>(.*?)</span></label>', page):
        label, _, stays = text.removesuffix("</small>").partition(' <small class="field-hint">')
        found[label] = (span, "data-rest" in marks, stays)
    return found


def test_the_sets_of_the_days_are_counted_before(alice_client, phone):
    assert {words for _, _, words in offered(alice_client).values()} == {
        "",
        "Sets on these days are kept as extra sets.",
    }
    phone.tap(completed_at="2026-11-18T07:00:00+00:00")
    one = offered(alice_client)
    phone.tap(completed_at="2026-11-18T08:00:00+00:00", slot="midday")
    phone.tap(completed_at="2026-11-20T07:00:00+00:00")
    phone.tap(completed_at="2026-11-15T07:00:00+00:00")
    more = offered(alice_client)
    week = "The whole week, Mon, 16 Nov to Sun, 22 Nov"

    assert one["Only Wednesday, 18 November"][2] == "You did 1 set on this day. We keep it as an extra set."
    assert one[week][2] == "You did 1 set on 1 of these days. We keep it as an extra set."
    assert more["Only Wednesday, 18 November"][2] == "You did 2 sets on this day. We keep them as extra sets."
    assert more[week][2] == "You did 3 sets on 2 of these days. We keep them as extra sets."


def test_the_days_of_the_week_without_a_set_can_be_marked_alone(alice_client, phone, rest):
    assert len(offered(alice_client)) == 3
    for day in (18, 20):
        phone.tap(completed_at=f"2026-11-{day}T07:00:00+00:00")
    days = "Mon, 16 Nov to Tue, 17 Nov; Thu, 19 Nov; Sat, 21 Nov to Sun, 22 Nov"
    span, _, stays = offered(alice_client)[f"Only days without a set: {days}"]
    assert stays == ""

    assert rest(span=span) == f"Rest saved: {days}."
    assert sorted(each["day"][-2:] for each in phone.export()["rest_days"]) == ["16", "17", "19", "21", "22"]
    assert "1 of 10 " in shown(alice_client, WEDNESDAY)


def test_what_became_rest_is_named(rest):
    assert rest() == "Rest saved: Wed, 18 Nov."
    assert rest(span="2026-11-16/2026-11-22") == "Rest saved: Mon, 16 Nov to Sun, 22 Nov."
    assert rest(on="false") == "Rest removed: Wed, 18 Nov."
    assert rest(on="false") == "No rest to remove: Wed, 18 Nov."


def test_only_where_a_day_is_rest_it_can_count_again(alice_client, rest):
    assert [is_rest for _, is_rest, _ in offered(alice_client).values()] == [False, False, False]
    rest()
    assert [is_rest for _, is_rest, _ in offered(alice_client).values()] == [True, True, True]
    assert [is_rest for _, is_rest, _ in offered(alice_client, THURSDAY).values()] == [False, True, True]

    rest(on="false")
    assert [is_rest for _, is_rest, _ in offered(alice_client).values()] == [False, False, False]


def test_more_days_than_a_month_are_too_many_in_several_rows_too(alice_client, phone):
    fields = {"reason": "rest", "span": "2026-10-01/2026-10-20 2026-11-01/2026-11-12"}

    assert alice_client.post(f"{WEDNESDAY}rest/", fields).status_code == 422
    assert phone.export()["rest_days"] == []
