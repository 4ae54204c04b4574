"""The settings: each group is saved alone, junk is refused at its field, and the past stays."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from exercises.forms.settings import DaysForm
from exercises.models import Preferences
from exercises.rules.days import zone_names
from tests.support.phone import Phone
from tests.support.queries import queries
from tests.support.settings import DAYS, FIELDS, GROUPS, YOU, save_field
from tests.support.usual_plan import plan_since

NO_PLACE = "We do not know this city. Please type another large city in your time zone, like Berlin."
LATER = "This time must be later in your day than the one above."
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

WRONG = [
    ("time_zone", "Atlantis", NO_PLACE),
    ("time_zone", "../../etc/passwd", NO_PLACE),
    ("time_zone", "Berlin" * 20, NO_PLACE),
    ("follows_browser", "maybe", "Please choose one of these."),
    ("day_starts_at", "25", "Please choose one of these."),
    ("day_starts_at", "7", "Please choose one of these."),
    ("morning_at", "25:00", "Please enter a time like 07:30."),
    ("midday_at", "07:30", LATER),
    ("evening_at", "02:59:60", "Please enter a time like 07:30."),
    ("evening_at", "03:00", LATER),
    ("morning_at", "02:00", LATER),
    ("week_starts_on", "7", "Please choose one of these."),
    ("goal_days", "0", "Please choose one of these."),
    ("goal_days", "8", "Please choose one of these."),
    ("theme", "sepia", "Please choose one of these."),
    ("skin", "5", "Please choose one of these."),
    ("move_waits", "maybe", "Please choose one of these."),
    ("pain_sites", "head", "Please choose one of these."),
    ("pain_weekly", "maybe", "Please choose one of these."),
    ("move_seconds", "4", "Please choose one of these."),
    ("move_seconds", "61", "Please choose one of these."),
]


def kept(user):
    return Preferences.objects.filter(user=user).values().get()


def page(client, path="/settings/"):
    return client.get(path).content.decode()


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_is_saved_by_its_own_form(alice_client, alice, group):
    before = kept(alice)
    answer = alice_client.post(f"/settings/{group}/", GROUPS[group])

    changed = {name for name, value in kept(alice).items() if value != before[name]}
    assert (answer.status_code, answer["Location"]) == (303, "/settings/?said=saved")
    assert changed == set(GROUPS[group])


def test_what_was_saved_stands_in_the_forms(alice_client):
    for group, fields in GROUPS.items():
        alice_client.post(f"/settings/{group}/", fields)
    shown = page(alice_client)

    assert 'name="time_zone" value="Tokyo"' in shown
    assert '<option value="3" selected>03:00</option>' in shown
    assert '<option value="6" selected>Sunday</option>' in shown
    assert 'value="12:15"' in shown
    assert shown.count(" checked") == 8


@pytest.mark.one_database
@pytest.mark.parametrize(("field", "value", "why"), WRONG, ids=[f"{field}={value}" for field, value, _ in WRONG])
def test_a_wrong_value_is_told_at_its_field_and_nothing_changes(alice_client, alice, field, value, why):
    before, group = kept(alice), FIELDS[field]
    answer = alice_client.post(f"/settings/{group}/", {**GROUPS[group], field: value})
    shown = answer.content.decode()

    assert answer.status_code == 422
    assert why in shown
    assert "Not saved." in shown
    assert kept(alice) == before


@pytest.mark.parametrize("group", GROUPS)
def test_an_empty_form_changes_nothing(alice_client, alice, group):
    before = kept(alice)

    assert alice_client.post(f"/settings/{group}/").status_code == 422
    assert kept(alice) == before


def test_what_was_typed_stays_in_a_form_that_was_refused(alice_client):
    shown = alice_client.post("/settings/days/", {**DAYS, "midday_at": "07:00"}).content.decode()

    assert '<option value="3" selected>03:00</option>' in shown
    assert 'value="07:00"' in shown
    assert 'value="01:00"' in shown


def test_a_refused_look_is_not_put_on(alice_client):
    shown = alice_client.post("/settings/you/", {**YOU, "skin": "9"}).content.decode()

    assert "data-theme" not in shown


def test_following_the_phone_again_takes_its_zone(alice_client, alice):
    for field in ("follows_browser", "time_zone"):
        save_field(alice_client, field)
    alice_client.cookies["tz"] = "Europe%2FBerlin"
    page(alice_client, "/")
    assert kept(alice)["time_zone"] == "Asia/Tokyo"

    save_field(alice_client, "follows_browser", "True")
    assert 'value="Berlin"' in page(alice_client)
    assert kept(alice)["time_zone"] == "Europe/Berlin"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("typed", "zone", "shown"),
    [
        ("Berlin", "Europe/Berlin", "Berlin"),
        (" sao  paulo ", "America/Sao_Paulo", "Sao Paulo"),
        ("São Paulo", "America/Sao_Paulo", "Sao Paulo"),
        ("asia/kathmandu", "Asia/Kathmandu", "Kathmandu"),
        ("Kathmandu", "Asia/Kathmandu", "Kathmandu"),
        ("Istanbul", "Europe/Istanbul", "Istanbul"),
        ("Asia/Istanbul", "Asia/Istanbul", "Asia/Istanbul"),
        ("utc", "UTC", "UTC"),
        ("UTC+05:30", "UTC+05:30", "UTC+05:30"),
    ],
)
def test_a_zone_is_found_by_its_place_or_its_name(alice_client, alice, typed, zone, shown):
    save_field(alice_client, "follows_browser")
    assert save_field(alice_client, "time_zone", typed).status_code == 200

    assert kept(alice)["time_zone"] == zone
    assert f'name="time_zone" value="{shown}"' in page(alice_client)


def test_every_zone_is_shown_as_a_text_that_leads_back_to_it(alice):
    field = DaysForm.base_fields["time_zone"]

    assert all(field.clean(field.prepare_value(zone)) == zone for zone in zone_names())


def test_only_some_places_are_offered(alice_client):
    offered = re.findall('<option value="([^"]+)"></option>', page(alice_client))

    assert 35 <= len(offered) <= 45
    assert offered == sorted(offered)


def test_a_fixed_zone_decides_which_day_it_is(alice_client):
    save_field(alice_client, "follows_browser")
    answer = save_field(alice_client, "time_zone", "Pacific/Kiritimati")
    shown = page(alice_client)

    assert answer.json() == {"texts": {"settings-day": "It is now Friday, 20 November for you."}}

    assert "It is now Friday, 20 November for you." in shown
    assert 'data-zone="Pacific/Kiritimati"' in shown


def test_a_day_that_starts_later_keeps_the_night_with_the_day_before(alice_client, friday_morning):
    friday_morning.shift(17.5 * 3600)  # half past one, Saturday
    assert "Saturday, 21 November" in page(alice_client, "/")

    save_field(alice_client, "day_starts_at")
    assert "Friday, 20 November" in page(alice_client, "/")


def test_the_past_stays_when_the_settings_change(alice_client, alice, phone):
    plan_since(alice, date(2026, 11, 1))
    phone.tap(completed_at="2026-11-19T00:30:00+00:00")
    phone.tap(completed_at="2026-11-20T07:30:00+00:00", slot="midday")
    before, day_before = phone.export(), shown(alice_client, "/progress/2026-11-19/")
    for group, fields in GROUPS.items():
        alice_client.post(f"/settings/{group}/", fields)
    after, day_after = phone.export(), shown(alice_client, "/progress/2026-11-19/")

    assert before.pop("preferences") != after.pop("preferences")
    assert before == after
    assert day_before == day_after


def test_trying_a_zone_does_not_move_the_first_day_of_the_plan(alice_client, phone):
    phone.tap()
    for zone in ("Pacific/Pago_Pago", "UTC"):
        alice_client.post("/settings/days/", {**DAYS, "time_zone": zone})
        alice_client.get("/")

    assert {each["since"] for each in phone.export()["prescriptions"]} == {"2026-11-20"}


def shown(client, path):
    """The sums a page shows of a past day."""
    return re.findall(r"[\d.]+ of \d+|is-done", client.get(path).content.decode())


def test_the_export_tells_the_settings(alice_client, phone):
    for group, fields in GROUPS.items():
        alice_client.post(f"/settings/{group}/", fields)
    told = phone.export()["preferences"]

    assert (told["goal_days"], told["theme"], told["skin"], told["week_starts_on"]) == (3, "dark", 3, 6)
    assert (told["move_waits"], told["move_seconds"]) == (True, 45)


def test_the_looks_are_on_every_page(alice_client):
    assert "data-theme" not in page(alice_client, "/")
    alice_client.post("/settings/you/", YOU)

    for path in ("/", "/settings/", "/session/morning/", "/exercises/", "/help/", "/accounts/password/change/"):
        assert ' data-theme="dark" data-skin="3">' in page(alice_client, path)
    assert page(alice_client, "/").count('name="theme-color"') == 1


@pytest.mark.parametrize(
    ("theme", "schemes"), [("auto", "light dark"), ("light", "only light"), ("dark", "dark")], ids=lambda each: each
)
def test_the_head_says_which_colours_the_page_has(alice_client, theme, schemes):
    save_field(alice_client, "theme", theme)

    assert f'<meta name="color-scheme" content="{schemes}">' in page(alice_client, "/")


def test_bobs_settings_are_his_own(bob_client, bob, alice, stranger):
    bob_client.post("/settings/you/", YOU)

    assert kept(alice)["theme"] == "auto"
    assert kept(bob)["theme"] == "dark"
    assert "data-skin" not in page(stranger, "/")


def test_a_stranger_is_sent_to_log_in(stranger, alice):
    before = kept(alice)
    pages = [stranger.get("/settings/"), *(stranger.post(f"/settings/{group}/", GROUPS[group]) for group in GROUPS)]

    assert {answer.status_code for answer in pages} == {302}
    assert all(answer["Location"].startswith("/accounts/login/") for answer in pages)
    assert kept(alice) == before


def test_without_a_csrf_token_nothing_is_saved(careful_client, alice):
    assert careful_client.post("/settings/you/", YOU).status_code == 403
    assert kept(alice)["theme"] == "auto"


def test_the_address_of_a_form_leads_to_the_page(alice_client):
    assert alice_client.get("/settings/days/")["Location"] == "/settings/"
    assert alice_client.get("/settings/nonsense/").status_code == 404
    assert alice_client.post("/settings/nonsense/", DAYS).status_code == 404


def test_the_page_keeps_to_its_budget(alice_client):
    assert len(queries(lambda: alice_client.get("/settings/"))) <= 6


WRONG_ROWS = [{"goal_days": 0}, {"goal_days": 8}, {"theme": "sepia"}, {"skin": 0}, {"skin": 5}]
WRONG_ROWS += [{"move_seconds": 4}, {"move_seconds": 61}]


@pytest.mark.parametrize("wrong", WRONG_ROWS)
def test_the_database_takes_no_setting_that_cannot_be(alice, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Preferences.objects.filter(user=alice).update(**wrong)


def test_a_tick_goes_to_the_day_of_the_new_zone(alice_client, alice):
    plan_since(alice, date(2026, 11, 1))
    for field, value in [("follows_browser", "False"), ("time_zone", "Pacific/Pago_Pago")]:
        save_field(alice_client, field, value)
    Phone(alice_client).tap(timezone="Pacific/Pago_Pago")

    assert [each["day"] for each in Phone(alice_client).sets()] == ["2026-11-19"]


def test_each_chip_leads_to_a_group(alice_client):
    page = alice_client.get("/settings/").content.decode()
    chips = re.findall(r'<a href="#([^"]+)"', page.partition('class="jump"')[2].partition("</nav>")[0])

    assert chips == re.findall(r'<h2 id="([^"]+)">', page)
