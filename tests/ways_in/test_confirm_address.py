"""An address is confirmed by the code of a mail, which only who knows the password may enter."""

import json
import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from exercises.models import CompletedSet, User
from tests.support.log_ins import ALICE, guess
from tests.support.phone import a_trial
from tests.support.twice import is_logged_in, twice
from tests.support.ways_in.mailed import CONFIRM, code_in, newest_code, subjects, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_mail", "catalogue", "friday_morning")]

CARLA = {"email": "carla@example.org", "password1": "ten sets a day"}


def sign_up(client=None, **fields):
    client = client or Client()
    assert client.post("/accounts/signup/", {**CARLA, **fields})["Location"].startswith(CONFIRM)
    return client


def enter(client, code, **fields):
    return client.post(CONFIRM, {"code": code, **fields})


def shown(client):
    return client.get(CONFIRM).content.decode()


def test_a_code_confirms_the_address_and_logs_in():
    client = sign_up()
    answer = enter(client, newest_code())

    assert answer["Location"].startswith("/first/1/")
    assert is_logged_in(client)
    assert EmailAddress.objects.filter(email=CARLA["email"], verified=True, primary=True).exists()
    assert subjects() == ["Confirm your email address"]


@pytest.mark.parametrize(
    "typed",
    ["{a}{b}", "{a}-{b}", " {a}  {b} ", "{a}.{b}", "{a}\u00a0{b}"],
    ids=["bare", "dash", "spaces", "dot", "no-break space"],
)
def test_a_code_is_read_however_it_is_typed(typed):
    client = sign_up()
    a, b = newest_code().split()

    assert enter(client, typed.format(a=a, b=b)).status_code == 302


def test_letters_and_foreign_digits_are_read_as_what_they_look_like():
    client = sign_up()
    code = newest_code().translate(str.maketrans("01" + "23456789", "Ol" + "٢٣٤٥٦٧٨٩"))

    assert enter(client, code).status_code == 302


def test_a_wrong_code_is_told_and_counts_like_a_wrong_password():
    client = sign_up()
    code = newest_code()
    answers = [enter(client, wrong(code)) for _ in range(5)] + [enter(client, code)]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "That code is not right" in answers[0].content.decode()
    assert guess(Client(), 1, email=CARLA["email"]) == [429]


def test_the_code_works_in_whichever_browser_has_the_password():
    sign_up()
    other = sign_up()

    assert len(mail.outbox) == 1
    assert enter(other, newest_code()).status_code == 302
    assert is_logged_in(other)


def test_without_the_password_the_code_is_worth_nothing():
    sign_up()
    squatter = sign_up(password1="a squatter's own words")

    assert enter(squatter, newest_code(CARLA["email"])).status_code == 422
    assert enter(Client(), newest_code(CARLA["email"]))["Location"] == "/accounts/login/?said=code-expired"


def test_nor_is_the_code_of_another_address():
    client = sign_up()
    sign_up(email="dora@example.org")

    assert enter(client, newest_code("dora@example.org")).status_code == 422


def test_a_known_address_sees_the_same_pages(alice):
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    clients = [sign_up(email=email) for email in ("carla@example.org", "alice@example.org")]

    assert (subjects(), len({same(client) for client in clients})) == (
        ["Confirm your email address", "You already have an account"],
        1,
    )
    for form in ({"action": "resend"}, {"code": "0000 0000"}, {"code": ""}, {"action": "leave"}):
        answers = [client.post(CONFIRM, form) for client in clients]
        assert len({(each.status_code, each.get("Location"), plain(each)) for each in answers}) == 1, form


def same(client):
    return plain(client.get(CONFIRM))


def plain(answer):
    page = re.sub(r'(?<=name="csrfmiddlewaretoken" value=")\w+', "", answer.content.decode())
    return page.replace("carla@", "").replace("alice@", "")


def test_a_new_code_is_sent_after_three_minutes_and_ends_the_old_one(friday_morning):
    client = sign_up()
    first = newest_code()
    too_soon = client.post(CONFIRM, {"action": "resend"})
    friday_morning.shift(timedelta(minutes=4))
    sent = client.post(CONFIRM, {"action": "resend"})

    assert [answer["Location"] for answer in (too_soon, sent)] == [f"{CONFIRM}?said=code-{x}" for x in ("wait", "sent")]
    assert len(mail.outbox) == 2
    assert enter(client, first).status_code == 422
    assert enter(client, newest_code()).status_code == 302


def test_a_known_address_is_mailed_again_too(alice, friday_morning):
    client = sign_up(email=alice.email)
    friday_morning.shift(timedelta(minutes=4))
    answers = [client.post(CONFIRM, {"action": "resend"})["Location"] for _ in range(2)]

    assert answers == [f"{CONFIRM}?said=code-{x}" for x in ("sent", "wait")]
    assert subjects() == ["You already have an account"] * 2


def test_a_code_is_too_old_after_15_minutes(friday_morning):
    client = sign_up()
    friday_morning.shift(timedelta(minutes=16))

    assert enter(client, newest_code())["Location"] == "/accounts/login/?said=code-expired"
    client.post("/accounts/login/", {"login": CARLA["email"], "password": CARLA["password1"]})
    assert enter(client, code_in(mail.outbox[0])).status_code == 422
    assert enter(client, newest_code()).status_code == 302


def test_the_code_sent_twice_ends_logged_in():
    client = sign_up()
    ends, _other = twice(client, CONFIRM, {"code": newest_code()})

    assert ends[0] == (200, "/first/1/ email-confirmed")
    assert ends[1][0] == 200
    assert client.get(CONFIRM)["Location"] == "/"  # Back


def test_another_address_takes_the_sets_of_the_trial_along():
    client = sign_up(email="crala@example.org", trial=json.dumps(a_trial()))
    led = client.post(CONFIRM, {"action": "leave"})
    sign_up(client, trial=json.dumps(a_trial()))

    assert led["Location"] == "/accounts/signup/?tried=yes"
    assert [user.email for user in User.objects.all()] == ["carla@example.org"]
    assert CompletedSet.objects.count() == len(a_trial()["sets"])


def test_so_does_the_sign_up_form_after_back():
    client = sign_up(email="crala@example.org", trial=json.dumps(a_trial()))
    sign_up(client, trial=json.dumps(a_trial()))

    assert [user.email for user in User.objects.all()] == ["carla@example.org"]
    assert "carla@example.org" in shown(client)
    assert enter(client, newest_code("carla@example.org")).status_code == 302


def test_no_account_that_was_used_goes_for_another_address(alice):
    client = Client()
    client.post("/accounts/login/", ALICE)
    left = client.post(CONFIRM, {"action": "leave"})
    sign_up(client, email=alice.email, password1=ALICE["password"])
    User.objects.update(date_joined=alice.date_joined - timedelta(hours=1))
    client.post(CONFIRM, {"action": "leave"})

    assert left["Location"] == "/accounts/login/"
    assert User.objects.filter(pk=alice.pk).exists()


def test_the_page_of_a_sign_up_leads_to_the_code_that_is_waited_for():
    client = sign_up()

    assert [client.get(f"/accounts/{page}/")["Location"] for page in ("login", "signup")] == [CONFIRM] * 2


def test_whoever_logs_in_as_another_confirms_nothing_for_the_first(alice):
    client = sign_up()
    code = newest_code()
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    client.post("/accounts/login/", ALICE)

    assert enter(client, code)["Location"] == "/"
    assert not EmailAddress.objects.filter(email=CARLA["email"], verified=True).exists()


def test_an_address_taken_meanwhile_is_told():
    client = sign_up()
    other = User.objects.create_user("bob@example.org", "bob's own words")
    EmailAddress.objects.create(user=other, email=CARLA["email"], verified=True)
    answer = enter(client, newest_code())

    assert answer.status_code == 422
    assert "There is already an account with this email address." in answer.content.decode()


def test_an_account_that_was_turned_off_meanwhile_stays_out():
    client = sign_up()
    User.objects.update(is_active=False)
    answer = enter(client, newest_code())
    User.objects.update(is_active=True)

    assert answer["Location"].startswith("/accounts/inactive/")
    assert not is_logged_in(client)
