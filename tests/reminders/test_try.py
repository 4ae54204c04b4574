"""One reminder to try: by each way that is on, and in words what came back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exercises.models import Channel, Delivery, State
from exercises.models.reminder import TEST
from exercises.pages.reminder_answers import Answer
from tests.support.phone import HTMX
from tests.support.reminders.choices import beat, choose
from tests.support.reminders.devices import FCM, a_device

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]
PAGE, TRY = "/settings/reminders/", "/settings/reminders/try/"
NO_SENDER = "Nobody sent it, because this server sends no reminders. Please tell the person who runs it."
# Without a fragment: to the address of the page with one, a browser would only scroll.
LOOK_AGAIN = f'<a class="link-tall" href="{PAGE}">Look again</a>'
PUSH, MAIL, WEBHOOK = Channel.PUSH, Channel.MAIL, Channel.WEBHOOK
ANSWERS = [
    (PUSH, State.WAITING, "", "On its way to Chrome on Android."),
    (PUSH, State.SENDING, "", "On its way to Chrome on Android."),
    (PUSH, State.SENT, "201", "Sent to Chrome on Android."),
    (PUSH, State.CLOSED, "201", "Sent to Chrome on Android."),
    (PUSH, State.FAILED, "gone", "Chrome on Android no longer takes messages from here. Switch them on there again."),
    (PUSH, State.FAILED, "too long", "The message was too long for Chrome on Android."),
    (PUSH, State.FAILED, "redirect", "The service that brings messages to Chrome on Android did not take it."),
    (PUSH, State.FAILED, "refused", "The service that brings messages to Chrome on Android did not take it."),
    (PUSH, State.FAILED, "slow", "It may have reached Chrome on Android. No answer came in time."),
    (PUSH, State.FAILED, "unknown", "It may have reached Chrome on Android. No answer came in time."),
    (PUSH, State.MISSED, "", "It was not sent to Chrome on Android in time. Please try again."),
    (MAIL, State.SENT, "250", "Sent to alice@example.org. Look for it under spam too."),
    (MAIL, State.FAILED, "refused", "The mail server did not take it."),
    (WEBHOOK, State.WAITING, "", "On its way to this server’s own service."),
    (WEBHOOK, State.SENT, "200", "Sent by this server’s own service."),
    (WEBHOOK, State.FAILED, "refused", "This server’s own service did not take it."),
]


def tried(user):
    return Delivery.objects.of(user).filter(slot=TEST)


def came_back(user, state, answer=""):
    tried(user).update(state=state, answer=answer)


def region(client):
    """What the page says came back."""
    return client.get(PAGE).content.decode().partition('id="tried"')[2].partition("</section>")[0]


@pytest.mark.parametrize(("channel", "state", "answer", "says"), ANSWERS)
def test_what_came_back_is_said_in_words(channel, state, answer, says):
    where = {PUSH: "Chrome on Android", MAIL: "alice@example.org"}.get(channel, "")

    assert Answer(channel, where, state, answer, tries=0).text(sender_works=True) == says


def test_a_second_attempt_is_said_and_so_is_a_device_that_is_gone():
    assert Answer(PUSH, "x", State.WAITING, "busy", 1).text(True) == "It did not reach x yet. We will try again."
    assert Answer(PUSH, "", State.FAILED, "gone", 1).text(True).startswith("A device no longer takes messages")
    assert Answer(PUSH, "", State.WAITING, "", 0).text(True) == "On its way to a device."


def test_an_answer_about_a_mail_stays_one_after_mails_are_switched_off():
    said = Answer(MAIL, "", State.SENT, "250", 1).text(True)

    assert said == "Sent to your email address. Look for it under spam too."


def test_one_goes_out_by_each_way_that_is_on(alice_client, alice, with_mail, settings):
    settings.REMINDER_URL = "https://ntfy.example"
    first, second = a_device(alice), a_device(alice, f"{FCM}-two", name="Safari on iPhone")
    choose(alice, remind_by_mail=True, remind_by_webhook=True)
    answer = alice_client.post(TRY)

    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}#try")
    assert {(each.channel, each.device) for each in tried(alice)} == {
        (PUSH, str(first.uuid)),
        (PUSH, str(second.uuid)),
        (MAIL, ""),
        (WEBHOOK, ""),
    }
    now = timezone.now()
    assert all(each.not_before <= now < each.until <= now + timedelta(minutes=5) for each in tried(alice))


def test_a_way_that_this_server_no_longer_has_is_left_out(alice_client, alice):
    choose(alice, remind_by_mail=True, remind_by_webhook=True)
    answer = alice_client.post(TRY)

    assert (answer.status_code, tried(alice).count()) == (422, 0)
    assert "First choose how reminders reach you. Then try it." in answer.content.decode()


def test_a_second_tap_sends_no_second_one(alice_client, alice):
    a_device(alice)
    answers = [alice_client.post(TRY, headers=headers) for headers in ({}, HTMX, {})]

    assert [answer.status_code for answer in answers] == [303, 200, 303]
    assert NO_SENDER in answers[1].content.decode()
    assert tried(alice).count() == 1


def test_a_second_tap_at_the_same_moment_sends_no_other(alice_client, alice, before_its_turn):
    a_device(alice)
    now = timezone.now()
    mail = {"user": alice, "day": now.date(), "slot": TEST, "turn": 1, "channel": MAIL}
    before_its_turn(lambda: Delivery.objects.create(**mail, not_before=now, until=now + timedelta(minutes=5)))
    alice_client.post(TRY)

    assert [each.channel for each in tried(alice)] == [MAIL]


def test_ten_a_day_are_enough(alice_client, alice, bob):
    a_device(alice)
    for _ in range(10):
        assert alice_client.post(TRY).status_code == 303
        came_back(alice, State.SENT, "201")
    answer = alice_client.post(TRY)

    assert (answer.status_code, tried(alice).count()) == (422, 10)
    assert "You tried it often enough for today. Please try again tomorrow." in answer.content.decode()


def test_the_page_asks_until_it_is_settled_and_at_most_a_minute(alice_client, alice, friday_morning):
    a_device(alice)
    beat()
    assert "every 2s" not in region(alice_client)
    alice_client.post(TRY)
    assert "every 2s" in region(alice_client)
    assert LOOK_AGAIN in region(alice_client)

    friday_morning.shift(61)
    assert "On its way to Chrome on Android." in region(alice_client)
    assert "every 2s" not in region(alice_client)
    came_back(alice, State.SENT, "201")
    assert "Sent to Chrome on Android." in region(alice_client)
    assert LOOK_AGAIN not in region(alice_client)


def test_the_page_does_not_ask_when_no_sender_is_at_work(alice_client, alice):
    a_device(alice)
    alice_client.post(TRY)

    assert NO_SENDER in region(alice_client)
    assert "every 2s" not in region(alice_client)


def test_only_the_last_try_is_shown_and_not_for_long(alice_client, alice, friday_morning):
    a_device(alice)
    beat()
    alice_client.post(TRY)
    came_back(alice, State.FAILED, "refused")
    alice_client.post(TRY)
    assert "did not take it" not in region(alice_client)
    assert "On its way" in region(alice_client)

    friday_morning.shift(601)
    assert "On its way" not in region(alice_client)


def test_the_try_of_another_user_is_not_shown(alice_client, alice, bob):
    beat()
    a_device(bob, name="Bob’s phone")
    Delivery.objects.create(
        user=bob,
        day=timezone.now().date(),
        slot=TEST,
        turn=1,
        channel=PUSH,
        not_before=timezone.now(),
        until=timezone.now() + timedelta(minutes=5),
    )

    assert "On its way" not in region(alice_client)
    assert "Bob" not in alice_client.get(PAGE).content.decode()
