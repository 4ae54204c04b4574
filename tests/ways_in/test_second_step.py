"""The second step of a log-in: one code of the app, or one recovery code, once."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from exercises.accounts import codes
from exercises.models import AccountEvent
from tests.support.log_ins import ALICE, try_to_log_in
from tests.support.phone import FRIDAY
from tests.support.ways_in.codes import after_password, code_now, enter, held, is_logged_in, recovery_codes_of, turn_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(alice):
    return turn_on(alice)


@pytest.fixture
def clock():
    """Friday morning, in the middle of a half minute; the clock only moves when it is moved."""
    with time_machine.travel(FRIDAY + timedelta(seconds=15), tick=False) as traveller:
        yield traveller


def kinds_of(user):
    return set(AccountEvent.objects.of(user).values_list("kind", flat=True))


def test_the_password_alone_logs_nobody_in(alice):
    here = after_password()

    assert not is_logged_in(here)
    page = here.get("/accounts/codes/").content.decode()
    assert "Ask the person who runs this site for a link to log in." in page  # the codes may be lost, all of them
    assert 'href="/accounts/login/"' not in page  # it would lead back here


def test_a_code_of_the_app_leads_to_the_page_that_was_asked_for(alice):
    here = Client()
    here.post("/accounts/login/", {"login": alice.email, "password": ALICE["password"], "next": "/progress/"})

    assert enter(here, code_now())["Location"] == "/progress/"
    assert is_logged_in(here)


def test_who_has_no_codes_is_asked_for_none(bob, stranger):
    answer = try_to_log_in(stranger, email=bob.email, password="bob's own words")

    assert answer["Location"] == "/"


@pytest.mark.parametrize("half_minutes", [-1, 0, 1])
def test_a_code_holds_half_a_minute_before_and_after(alice, clock, half_minutes):
    assert enter(after_password(), code_now(half_minutes=half_minutes)).status_code == 302


@pytest.mark.parametrize("half_minutes", [-2, 2])
def test_an_older_or_later_code_is_wrong(alice, clock, half_minutes):
    answer = enter(after_password(), code_now(half_minutes=half_minutes))

    assert (answer.status_code, "That code is not right" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("waited", [1, 31, 44])
def test_a_code_that_was_used_is_refused_as_long_as_it_holds(alice, clock, waited):
    code = code_now()
    enter(after_password(), code)
    clock.shift(waited)
    answer = enter(after_password(), code)

    assert (answer.status_code, "used this code already" in answer.content.decode()) == (422, True)


def test_codes_hold_again_after_the_servers_clock_was_put_back(alice, clock):
    enter(after_password(), code_now())
    clock.move_to(FRIDAY - timedelta(days=2))

    assert enter(after_password(), code_now()).status_code == 302


@pytest.mark.parametrize("spelled", ["{0} {1}", "{0}-{1}", " {0}\u00a0{1} "])
def test_blanks_and_dashes_in_a_code_do_not_matter(alice, spelled):
    code = code_now()

    assert enter(after_password(), spelled.format(code[:3], code[3:])).status_code == 302


def test_digits_of_another_script_are_digits(alice):
    arabic = code_now().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    assert enter(after_password(), arabic).status_code == 302


def test_a_recovery_code_works_once_and_is_told(alice):
    code = recovery_codes_of(alice)[3]
    here = after_password()

    assert enter(here, code).status_code == 302
    assert is_logged_in(here)
    assert code not in recovery_codes_of(alice)
    assert "recovery-used" in kinds_of(alice)
    assert enter(after_password(), code).status_code == 422


def test_of_two_entries_of_a_code_at_once_one_is_accepted(alice, before_its_turn):
    first, second, code, answers = after_password(), after_password(), code_now(), []
    before_its_turn(lambda: answers.append(enter(second, code).status_code))
    answers.append(enter(first, code).status_code)

    assert answers == [302, 422]


def test_a_code_of_the_app_is_not_told_as_a_recovery_code(alice):
    enter(after_password(), code_now())

    assert "recovery-used" not in kinds_of(alice)


def test_who_comes_without_the_first_step_is_led_to_the_log_in(stranger, alice):
    answers = [stranger.get("/accounts/codes/"), enter(stranger, code_now())]

    assert [answer["Location"] for answer in answers] == ["/accounts/login/"] * 2
    assert not is_logged_in(stranger)


def test_after_a_quarter_of_an_hour_the_first_step_counts_no_longer(alice):
    here = after_password()
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        answer = enter(here, code_now())

    assert answer["Location"] == "/accounts/login/"
    assert not is_logged_in(here)


def test_a_second_tab_that_comes_later_is_led_on(alice):
    here = after_password()
    enter(here, code_now())

    assert [here.get("/accounts/codes/")["Location"], enter(here, code_now())["Location"]] == ["/", "/"]


def test_a_second_tab_with_the_token_from_before_is_led_on(alice):
    """A log-in gives the browser a new token, and the form in the other tab has the old one."""
    here = after_password()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = here.cookies
    enter(here, code_now())
    strict.cookies["sessionid"] = here.cookies["sessionid"].value
    answer = enter(strict, "123456")

    assert (answer.status_code, strict.get(answer["Location"])["Location"]) == (303, "/")


def test_cancel_leads_back_to_the_log_in_and_forgets_the_first_step(alice):
    here = after_password()
    answer = here.post("/accounts/logout/", {"next": "/accounts/login/"})

    assert answer["Location"] == "/accounts/login/"
    assert here.get("/accounts/login/").status_code == 200
    assert here.get("/accounts/codes/")["Location"] == "/accounts/login/"


def test_codes_that_were_turned_off_meanwhile_are_not_asked_for(alice):
    here = after_password()
    codes.turn_off(alice)
    here.get("/accounts/codes/")

    assert is_logged_in(here)


def test_an_account_that_was_erased_meanwhile_ends_at_the_log_in(alice):
    here = after_password()
    alice.delete()
    answer = enter(here, code_now())

    assert answer.status_code == 302
    assert not is_logged_in(here)


def test_an_account_that_was_turned_off_meanwhile_is_not_logged_in(alice):
    here = after_password()
    type(alice).objects.update(is_active=False)
    enter(here, code_now())

    assert not is_logged_in(here)


def test_the_last_use_is_kept(alice, clock):
    enter(after_password(), code_now())

    assert held(alice).last_used_at == timezone.now()


def test_six_wrong_codes_are_one_too_many_even_if_the_password_is_right(alice):
    here = after_password()
    wrong = [enter(here, "000000").status_code for _ in range(6)]

    assert wrong == [422] * 5 + [429]
    assert enter(here, code_now()).status_code == 429
    assert b"Too many tries. Please wait" in enter(here, code_now()).content


def test_after_20_wrong_codes_a_day_is_over(alice, clock):
    """From any number of networks; the right code is no guess."""
    enter(after_password(), code_now())
    for number in range(20):
        clock.shift(timedelta(minutes=5))
        assert enter(after_password(), "000000", REMOTE_ADDR=f"192.0.2.{number}").status_code == 422
    clock.shift(timedelta(minutes=5))
    answer = enter(after_password(), code_now(), REMOTE_ADDR="192.0.2.99")

    assert (answer.status_code, b"Please wait 23 hours" in answer.content) == (429, True)
    clock.shift(timedelta(hours=24))
    assert enter(after_password(), code_now()).status_code == 302


def test_a_known_device_has_its_own_count(alice):
    """Whoever knows the password cannot lock the owner out of the phone on which they log in."""
    here = after_password()
    enter(here, recovery_codes_of(alice)[0])
    here.post("/accounts/logout/")
    elsewhere = after_password()
    [enter(elsewhere, "000000") for _ in range(5)]
    try_to_log_in(here, password=ALICE["password"])

    assert enter(here, code_now()).status_code == 302


@pytest.mark.parametrize("what", ["a new password", "all others logged out"])
def test_what_ends_other_log_in_sessions_ends_those_that_wait_for_a_code(alice, what):
    here = after_password()
    if what == "a new password":
        alice.set_password("quite other words")
        alice.save()
    else:
        alice.new_session_stamp()

    assert enter(here, code_now())["Location"] == "/accounts/login/"
    assert not is_logged_in(here)
