"""The calendar feed: what a calendar reads in it, who may fetch it, and how its address is made and ended."""

import io
import logging
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rruleset, rrulestr
from django.utils import timezone
from icalendar import Calendar

from exercises.models import CalendarFeed, Plan, Preferences, Slot
from exercises.record.plan_changes import change_plan
from exercises.reminders.calendar_feed import daily_sessions
from exercises.reminders.stop_link import stop_path
from exercises.rules.days import instant_of
from footcare.logs import JsonLines
from tests.conftest import logged_in
from tests.support.cue_sheet import sheet_of
from tests.support.day_facts import rest_day
from tests.support.phone import FRIDAY, Phone
from tests.support.queries import queries
from tests.support.record import shown
from tests.support.twice import twice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "long_ago")]

TODAY = FRIDAY.date()
FEEDS = "/settings/reminders/feeds/"
NIGHT = {"day_starts_at": 3, "evening_remind_at": time(0, 30)}


@pytest.fixture
def address(alice_client):
    """Of a calendar of Alice's."""
    return make(alice_client)


def make(client):
    page = client.post(FEEDS).content.decode()
    return re.search(r">http://testserver(/calendar/[^<]+\.ics)</textarea>", page)[1]


def prefer(user, **fields):
    Preferences.objects.filter(user=user).update(**fields)


def fetched(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content)


def events(client, address):
    """By their titles."""
    return {str(each["SUMMARY"]): each for each in fetched(client, address).events}


def starts(event, first, last):
    """The wall-clock times at which a calendar shows the event on those days."""
    found = rruleset()
    found.rrule(rrulestr(event["RRULE"].to_ical().decode(), dtstart=event["DTSTART"].dt))
    for each in event["EXDATE"].dts if "EXDATE" in event else ():
        found.exdate(each.dt)
    return found.between(datetime.combine(first, time()), datetime.combine(last, time(23, 59)), inc=True)


def test_a_calendar_reads_three_sessions_with_neutral_titles(alice, stranger, address):
    prefer(alice, evening_remind_at=time(19, 30), evening_after="I brush my teeth", remind_with_names=True)
    calendar = fetched(stranger, address)
    read = {str(each["SUMMARY"]): (each["DTSTART"].dt.time(), each["DURATION"].dt) for each in calendar.events}

    assert list(read) == ["Morning session", "Midday session", "Evening session"]
    assert [start for start, _long in read.values()] == [time(6), time(11), time(19, 30)]
    assert {long % timedelta(minutes=5) for _start, long in read.values()} == {timedelta()}
    assert all(timedelta(minutes=5) <= long <= timedelta(minutes=30) for _start, long in read.values())
    assert (calendar["NAME"], calendar["X-WR-CALNAME"]) == ("Footcare", "Footcare")
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert calendar["X-PUBLISHED-TTL"] == "PT6H"


def test_a_session_takes_its_minutes_rounded_up(alice_client, stranger, address):
    read = {str(each["URL"]).split("/")[-2]: each["DURATION"].dt for each in fetched(stranger, address).events}

    assert len(read) == 3
    for slot, long in read.items():
        played = timedelta(seconds=sheet_of(alice_client, f"/session/{slot}/")["seconds"])
        assert timedelta() <= long - played < timedelta(minutes=5)


def test_nothing_in_it_names_the_user_or_an_exercise(alice, stranger, address):
    text = stranger.get(address).content.decode()

    for word in ("alice", "foot", "toe", "pain", "exercise", "testserver/calendar"):
        assert word not in text.lower().replace("footcare", "")
    assert "DESCRIPTION" not in re.sub(r"BEGIN:VALARM.*?END:VALARM", "", text, flags=re.DOTALL)
    for each in events(stranger, address).values():
        [alarm] = each.walk("VALARM")
        assert (alarm["ACTION"], alarm["DESCRIPTION"], alarm["TRIGGER"].dt) == ("DISPLAY", each["SUMMARY"], timedelta())
        assert each["CLASS"] == "PRIVATE"


@pytest.mark.parametrize("public", ["", "https://feet.example.org"])
def test_a_session_leads_to_itself(settings, alice_client, stranger, address, public):
    settings.PUBLIC_URL = public
    found = [each["URL"] for each in events(stranger, address).values()]

    assert found == [f"{public or 'http://testserver'}/session/{slot}/" for slot in ("morning", "midday", "evening")]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Atlantic/Azores"])
def test_the_wall_clock_holds_on_days_when_clocks_change(alice, stranger, address, zone):
    """Each event is at the moment of its reminder, half past midnight of a day that begins at three too."""
    prefer(alice, time_zone=zone, follows_browser=False, morning_remind_at=time(7, 5), **NIGHT)
    chosen, here = Preferences.objects.get(user=alice), ZoneInfo(zone)
    days = [TODAY + timedelta(days=n) for n in range(365)]
    around = [day for day in days if offset(day - timedelta(days=1), here) != offset(day + timedelta(days=2), here)]
    assert len(around) == 6

    for title, event in events(stranger, address).items():
        due = [instant_of(day, chosen.remind_at(title.split()[0].lower()), here, 3) for day in around]
        seen = starts(event, TODAY, TODAY + timedelta(days=366))
        seen = [
            each.replace(tzinfo=here).astimezone(UTC) for each in seen
        ]  # as RFC 5545 reads what is skipped or twice
        assert [each for each in due if each not in seen] == []
        assert len({*seen}) == len(seen) > 360


def offset(day, zone):
    return datetime.combine(day, time(), zone).utcoffset()


def test_a_session_after_midnight_is_in_the_night_after_its_day(alice, stranger, address):
    """The day begins at three: the evening of Friday, and its rest day, are at half past midnight on Saturday."""
    prefer(alice, **NIGHT)
    whole = starts(events(stranger, address)["Evening session"], TODAY, TODAY + timedelta(days=2))
    rest_on(alice, TODAY)
    without = starts(events(stranger, address)["Evening session"], TODAY, TODAY + timedelta(days=2))

    assert whole == [datetime(2026, 11, day, 0, 30) for day in (20, 21, 22)]
    assert without == [datetime(2026, 11, day, 0, 30) for day in (20, 22)]


def rest_on(user, *days, **fields):
    sent = Phone(logged_in(user)).send(*(rest_day(day=day.isoformat(), **fields) for day in days))
    assert sent.status_code == 200


def test_a_planned_rest_day_has_no_session(alice, stranger, address):
    holiday = [date(2026, 11, 28), date(2027, 8, 1)]
    rest_on(alice, *holiday, TODAY)
    rest_on(alice, TODAY, on=False, said_at="2026-11-20T07:30:00+00:00")

    for event in events(stranger, address).values():
        days = {each.date() for each in starts(event, TODAY, date(2027, 8, 2))}
        assert [day for day in [*holiday, TODAY] if day in days] == [TODAY]


def test_only_what_the_plan_asks_for_is_there(alice, stranger, address):
    change_plan(alice, [each.changed(slots=["evening"]) for each in alice.plan.on(TODAY)], TODAY, TODAY)
    assert list(events(stranger, address)) == ["Evening session"]
    change_plan(alice, [each.changed(slots=[]) for each in alice.plan.on(TODAY)], TODAY, TODAY)
    assert list(events(stranger, address)) == []


def test_on_the_first_day_only_the_slots_that_are_left_are_there(alice):
    """A plan that began on Friday at noon has its first morning on Saturday."""
    rows = [each.changed(since=TODAY, first_slot="midday") for each in alice.plan.on(TODAY)]
    found = daily_sessions(Plan(rows), alice.preferences, TODAY, [])

    assert {each.slot: each.start.day for each in found} == {Slot.MORNING: 21, Slot.MIDDAY: 20, Slot.EVENING: 20}


def test_a_user_before_the_first_day_sees_it_and_without_a_plan_nothing(alice):
    rows = [each.changed(since=TODAY + timedelta(days=1)) for each in alice.plan.on(TODAY)]

    assert {each.start.day for each in daily_sessions(Plan(rows), alice.preferences, TODAY, [])} == {21}
    assert daily_sessions(Plan([]), alice.preferences, TODAY, []) == []


def test_the_file_is_private_and_sent_again_only_when_it_changed(alice, stranger, address):
    first = stranger.get(address)
    same = stranger.get(address, headers={"If-None-Match": first["ETag"]})
    zipped = stranger.get(address, headers={"If-None-Match": f"W/{first['ETag']}", "Accept-Encoding": "gzip"})
    prefer(alice, morning_remind_at=time(8))
    changed = stranger.get(address, headers={"If-None-Match": first["ETag"]})

    assert [each.status_code for each in (first, same, zipped, changed)] == [200, 304, 304, 200]
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "private, no-cache"
    assert first["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert not stranger.cookies
    assert stranger.head(address).status_code == 200


def test_a_file_takes_three_queries_and_one_more_the_first_time_of_a_day(stranger, address, friday_morning):
    def read():
        asked = queries(lambda: stranger.get(address))
        return len([sql for sql in asked if sql.startswith("UPDATE")]), len(asked)

    assert [read(), read()] == [(1, 4), (0, 3)]
    friday_morning.shift(timedelta(days=1))
    assert [read(), read()] == [(1, 4), (0, 3)]


@pytest.mark.parametrize("end", ["wrong", "ended", "switched off", "erased"])
def test_an_address_that_holds_no_more_is_the_same_404(alice, alice_client, stranger, address, end):
    wrong = stranger.get("/calendar/" + "x" * 43 + ".ics")
    if end == "ended":
        alice_client.post(f"{FEEDS}{CalendarFeed.objects.get().uuid}/end/")
    elif end == "switched off":
        alice.is_active = False
        alice.save()
    elif end == "erased":
        alice.delete()
    answer = stranger.get(address.replace(".ics", "x.ics") if end == "wrong" else address)

    assert (answer.status_code, answer.content) == (404, wrong.content)
    assert "There is no page at this address." in answer.content.decode()


def test_an_address_is_shown_once_and_stored_as_a_digest(alice_client):
    page = alice_client.post(FEEDS).content.decode()
    [token] = {*re.findall(r"/calendar/([^<\"]+)\.ics", page)}

    assert f'href="webcal://testserver/calendar/{token}.ics"' in page
    assert token not in repr([*CalendarFeed.objects.values_list()])
    assert token not in alice_client.get("/settings/reminders/").content.decode()
    assert len(token) >= 22  # 128 bits, 6 to a letter


def test_the_list_tells_when_a_calendar_last_fetched_it(alice_client, stranger, address):
    before = shown(alice_client, "/settings/reminders/")
    stranger.get(address)

    assert "Address made on 20 November 2026 not fetched yet" in before
    assert "last fetched on 20 November 2026" in shown(alice_client, "/settings/reminders/")


def test_five_addresses_at_a_time(alice, alice_client, before_its_turn):
    for _ in range(4):
        make(alice_client)
    before_its_turn(lambda: CalendarFeed.objects.give(alice, timezone.now()))  # in another tab
    answer = alice_client.post(FEEDS)

    assert answer.status_code == 422
    assert "You already have 5 addresses. Please end one first." in answer.content.decode()
    assert CalendarFeed.objects.count() == 5


def test_an_address_ended_twice_is_ended_and_the_others_stay(alice, alice_client, stranger, address):
    other = make(alice_client)
    ended = CalendarFeed.objects.of(alice).first()
    ends, _other = twice(alice_client, f"{FEEDS}{ended.uuid}/end/", {})

    assert ends == [(200, "/settings/reminders/ feed-ended")] * 2
    assert sorted(stranger.get(each).status_code for each in (address, other)) == [200, 404]


def test_bob_neither_sees_nor_ends_an_address_of_alices(bob_client, stranger, address):
    feed = CalendarFeed.objects.get()

    assert str(feed.uuid) not in bob_client.get("/settings/reminders/").content.decode()
    assert bob_client.post(f"{FEEDS}{feed.uuid}/end/").status_code == 303
    assert stranger.get(address).status_code == 200


def test_no_token_is_in_a_line_of_the_log(alice, alice_client, stranger, address, monkeypatch):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    stranger.raise_request_exception = False
    stranger.get(address)
    monkeypatch.setattr(CalendarFeed, "was_read", lambda feed, today: 1 / 0)
    failed = stranger.get(address)
    alice_client.post(f"{FEEDS}{CalendarFeed.objects.get().uuid}/end/")
    gone, refused = stranger.get(address), stranger.get(stop_path(alice)[:-2] + "/")
    stranger.post(stop_path(alice))
    logging.getLogger().removeHandler(handler)

    assert (failed.status_code, gone.status_code, refused.status_code) == (500, 404, 404)
    assert "calendar/<str:token>.ics" in stream.getvalue()
    assert "stopped by mail" in stream.getvalue()
    for token in (address.removesuffix(".ics").rpartition("/")[2], stop_path(alice)[-40:-10]):
        assert token not in stream.getvalue()
