"""Messages on this phone: turned on in a tap, turned off, renewed by itself, and ended with the log-in."""

import pytest
from playwright.sync_api import expect

from exercises.models import PushSubscription
from tests.support.reminders.devices import FCM, a_device
from tests.support.reminders.messages import a_sent_message
from tests.support.reminders.pushing import THIS_DEVICE, fake_push, remember
from tests.support.reminders.worker import Messages
from tests.support.under_way import until

PAGE = "/settings/reminders/"
OTHER = "https://fcm.googleapis.com/fcm/send/renewed"


@pytest.fixture
def line(phone):
    fake_push(phone)
    phone.goto(PAGE)
    return phone.locator("#this-device")


def test_the_question_comes_in_the_tap_and_the_device_is_kept(phone, line, alice, axe):
    expect(line).to_contain_text("A message comes to this phone when a session is open.")
    assert phone.evaluate("self.asked") == 0
    line.get_by_role("button", name="Turn on").focus()
    phone.keyboard.press("Enter")
    expect(line).to_contain_text("This phone gets your reminders.")
    expect(line.get_by_role("button", name="Turn off")).to_be_focused()

    device = PushSubscription.objects.of(alice).get()
    assert (device.endpoint, device.name, device.origin) == (FCM, "Chrome on Linux", phone.evaluate("location.origin"))
    assert phone.evaluate(THIS_DEVICE)["device"] == str(device.uuid)
    assert phone.evaluate("new Uint8Array(self.own.options.applicationServerKey).length") == 65
    axe(phone)


def test_off_takes_this_phone_from_the_list(phone, alice):
    device, other = a_device(alice), a_device(alice, OTHER, name="Safari on iPhone")
    remember(phone, alice, device)
    fake_push(phone, permission="granted")
    phone.goto(PAGE)
    expect(phone.locator(f'[data-device="{device.uuid}"]').get_by_text("This phone,")).to_be_visible()
    expect(phone.locator(f'[data-device="{other.uuid}"]').get_by_text("This phone,")).to_be_hidden()
    expect(phone.get_by_role("button", name="Turn off")).to_have_count(2)  # of this phone once, and of the other
    phone.locator("#this-device").get_by_role("button", name="Turn off").click()
    expect(phone.get_by_text("This device gets no more messages.")).to_be_visible()

    assert PushSubscription.objects.of(alice).get() == other
    assert phone.evaluate(THIS_DEVICE) is None


WHY_NOT = {
    "self.permission = 'denied'": "This phone blocks messages of Footcare.",
    "Object.defineProperty(window, 'isSecureContext', { value: false })": "This one starts with http.",
    "delete window.PushManager": "This browser cannot show messages of Footcare.",
    "delete window.PushManager; navigator.standalone = false": "put Footcare on your home screen first",
}


def test_where_no_message_can_come_it_says_why(phone):
    for before, sentence in WHY_NOT.items():
        page = phone.context.new_page()
        fake_push(page)
        page.add_init_script(before)
        page.goto(PAGE)
        line = page.locator("#this-device")
        expect(line.get_by_text(sentence)).to_be_visible()
        expect(line.get_by_role("button")).to_have_count(0)
        assert page.evaluate("self.asked") == 0


@pytest.mark.expects_in_console("status of 422")
def test_what_fails_is_said_and_can_be_tried_again(phone, line, alice):
    for number in range(10):
        a_device(alice, f"{FCM}/{number}")
    line.get_by_role("button", name="Turn on").click()
    expect(line).to_contain_text("You already get messages on 10 devices.")
    PushSubscription.objects.of(alice).first().delete()
    phone.evaluate("void (PushManager.prototype.getSubscription = () => Promise.reject(new Error('no service')))")
    line.get_by_role("button", name="Turn on").click()

    expect(line).to_contain_text("This did not work. Please check your network, then try again.")


@pytest.mark.expects_in_console("status of 404")
def test_a_subscription_renews_itself_until_its_user_ends_it(phone, alice):
    device, messages = a_device(alice), Messages(phone, alice)
    remember(phone, alice, device)
    fake_push(messages.worker, "granted", endpoint=OTHER)
    phone.reload()  # the browser has lost its subscription: the start of the app makes a new one
    until(lambda: PushSubscription.objects.of(alice).get().endpoint, lambda endpoint: endpoint == OTHER)
    until(lambda: phone.evaluate(THIS_DEVICE), lambda mine: mine["endpoint"] == OTHER)

    PushSubscription.objects.of(alice).delete()
    remember(phone, alice, device, endpoint=OTHER)
    phone.reload()
    until(lambda: phone.evaluate(THIS_DEVICE) is None, bool)
    assert messages.worker.evaluate("self.own") is None
    assert not PushSubscription.objects.exists()


def test_another_user_of_this_phone_ends_its_messages(phone, alice, bob, log_in):
    """Her log-in has ended without a log-out, as by a new password. A page for visitors ends nothing yet."""
    device, messages = a_device(alice), Messages(phone, alice)
    remember(phone, alice, device)
    fake_push(messages.worker)
    messages.worker.evaluate("self.permission = 'granted'")
    phone.context.clear_cookies()
    phone.goto("/")
    log_in(phone, alice)
    phone.goto("/")
    until(lambda: phone.evaluate(THIS_DEVICE)["checked"], lambda checked: checked != "yesterday")
    messages.deliver(a_sent_message(messages.device))
    messages.shown_when(bool)
    log_in(phone, bob)
    phone.goto("/")

    until(lambda: phone.evaluate(THIS_DEVICE) is None, bool)
    until(messages.shown, lambda shown: not shown)
    until(lambda: messages.worker.evaluate("self.own"), lambda own: own is None)


def test_log_out_ends_the_messages_of_this_phone_alone(phone, line, alice):
    a_device(alice, OTHER)
    line.get_by_role("button", name="Turn on").click()
    expect(line).to_contain_text("This phone gets your reminders.")
    messages = Messages(phone, alice)
    fake_push(messages.worker, "granted")
    messages.worker.evaluate("self.own = self.subscribed(null)")
    messages.deliver(a_sent_message(messages.device))
    messages.shown_when(bool)
    phone.goto("/settings/")
    phone.get_by_role("button", name="Log out").click()
    expect(phone.get_by_role("link", name="Log in").first).to_be_visible()

    assert PushSubscription.objects.get().endpoint == OTHER
    until(messages.shown, lambda shown: not shown)
    until(lambda: messages.worker.evaluate("self.own"), lambda own: own is None)
    assert phone.evaluate(THIS_DEVICE) is None
