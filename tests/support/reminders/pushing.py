"""A push manager without a push service, for a page and for the worker, and the regions of a page about devices."""

import json

from django.middleware.csrf import get_token
from django.template import engines
from django.test import RequestFactory

from exercises.models import PushSubscription
from exercises.reminders import vapid
from tests.support.reminders.devices import a_subscription

REGIONS = '{% include "reminders/_this_device.html" %}{% include "reminders/_devices.html" %}'
# `asked`: how often the question came; `answer`: what the user says to it; `own`: the subscription there is.
MANAGER = """({ endpoint, p256dh, auth }) => {
    Object.assign(self, { asked: 0, answer: "granted", permission: "default", own: null });
    Object.defineProperty(Notification, "permission", { get: () => self.permission, configurable: true });
    Notification.requestPermission = async () => {
        self.asked += 1;
        return (self.permission = self.answer);
    };
    self.subscribed = (key, at = endpoint) => ({
        endpoint: at,
        options: { applicationServerKey: key },
        toJSON: () => ({ endpoint: at, keys: { p256dh, auth } }),
        unsubscribe: async () => void (self.own = null),
    });
    PushManager.prototype.getSubscription = async () => self.own;
    PushManager.prototype.subscribe = async (options) => (self.own = self.subscribed(options.applicationServerKey));
}"""
SHOW = """async ([html, script]) => {
    const main = document.getElementById("main");
    main.innerHTML = `<h1>Reminders</h1>${html}`;
    const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers"));
    for (const field of main.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    await import(script);
}"""
# Chromium keeps what this browser knows of itself in a cache of its own.
THIS_DEVICE = "async () => (await caches.match('/push/', { cacheName: 'push' }))?.json()"
WRITE_THIS_DEVICE = "async (text) => (await caches.open('push')).put('/push/', new Response(text))"


def fake_push(where, **fields):
    """In a page or a worker."""
    where.evaluate(MANAGER, a_subscription(**fields))


def show_regions(page, user, static_files):
    """What the page of reminders shows of devices, within the page that is open."""
    request = RequestFactory().get("/")
    request.user = user
    get_token(request)
    devices = PushSubscription.objects.of(user)
    engine = next(each for each in engines.all() if each.name == "jinja2")
    html = engine.from_string(REGIONS).render({"devices": devices, "push_key": vapid.public_key()}, request)
    (script,) = (static_files / "js" / "push").glob("device.????????????.js")
    page.evaluate(SHOW, [html, f"/static/js/push/{script.name}"])


def remember(page, user, device, **fields):
    """As if this browser had subscribed yesterday."""
    known = {"user": str(user.pk), "device": str(device.uuid), "endpoint": device.endpoint, "key": vapid.public_key()}
    page.evaluate(WRITE_THIS_DEVICE, json.dumps({**known, "checked": "yesterday", **fields}))
