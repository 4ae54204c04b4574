"""The moment of a request is read; following the phone into its zone is an act of its own."""

from datetime import date

import pytest
from django.test import RequestFactory

from exercises.models import Prescription, User
from exercises.web.moment import follow_phone, moment_of
from tests.support.settings import save_field

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]


@pytest.fixture
def request_from_honolulu(alice):
    request = RequestFactory().get("/")
    request.COOKIES["tz"] = "Pacific%2FHonolulu"
    request.user = User.objects.select_related("preferences").get(pk=alice.pk)
    return request


def kept(alice):
    user = User.objects.get(pk=alice.pk)
    return user.preferences.time_zone, user.plan.first_day


def test_to_ask_for_the_moment_writes_nothing(request_from_honolulu, alice, django_assert_num_queries):
    with django_assert_num_queries(0):
        moment = moment_of(request_from_honolulu)

    assert (moment.day, moment.slot) == (date(2026, 11, 20), "morning")
    assert kept(alice) == ("UTC", date(2026, 11, 20))


@pytest.mark.parametrize("zone", ["localtime", "Factory"])
def test_a_zone_that_each_machine_has_its_own_of_is_not_followed(request_from_honolulu, alice, zone):
    request_from_honolulu.COOKIES["tz"] = zone
    follow_phone(request_from_honolulu)

    assert kept(alice) == ("UTC", date(2026, 11, 20))


def test_following_the_phone_moves_the_zone_and_a_plan_begun_today(request_from_honolulu, alice):
    follow_phone(request_from_honolulu)

    assert moment_of(request_from_honolulu).day == date(2026, 11, 19)
    assert kept(alice) == ("Pacific/Honolulu", date(2026, 11, 19))


def test_a_phone_that_stays_in_its_zone_costs_no_query(request_from_honolulu, django_assert_num_queries):
    follow_phone(request_from_honolulu)

    with django_assert_num_queries(0):
        follow_phone(request_from_honolulu)


@pytest.mark.parametrize("path", ["/", "/progress/", "/settings/", "/exercises/toe-presses/", "/export.json"])
def test_whichever_page_comes_first_follows_the_phone(alice_client, alice, path):
    alice_client.cookies["tz"] = "Pacific%2FHonolulu"
    alice_client.get(path)

    assert kept(alice) == ("Pacific/Honolulu", date(2026, 11, 19))


def test_a_day_that_starts_later_moves_a_plan_begun_in_the_night(alice_client, alice, friday_morning):
    friday_morning.shift(-6 * 3600)  # two in the morning
    assert Prescription.objects.of(alice).filter(since=date(2026, 11, 20)).exists()

    save_field(alice_client, "day_starts_at", "3")

    assert kept(alice) == ("UTC", date(2026, 11, 19))
