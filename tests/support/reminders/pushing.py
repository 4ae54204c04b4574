"""A push manager without a push service, for a page and for the worker."""

import json

from playwright.sync_api import Page

from exercises.reminders import vapid
from tests.support.reminders.devices import a_subscription

# `asked`: how often the question came; `answer`: what the user says to it; `own`: the subscription there is.
MANAGER = """({ endpoint, p256dh, auth, permission }) => {
    Object.assign(self, { asked: 0, answer: "granted", permission, own: null });
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
# Chromium keeps what this browser knows of itself in a cache of its own.
THIS_DEVICE = "async () => (await caches.match('/push/', { cacheName: 'push' }))?.json()"
WRITE_THIS_DEVICE = "async (text) => (await caches.open('push')).put('/push/', new Response(text))"


def fake_push(where, permission="default", **fields):
    """In a worker that runs, or in a page from its next load on."""
    script = f"({MANAGER})({json.dumps({**a_subscription(**fields), 'permission': permission})});"
    (where.add_init_script if isinstance(where, Page) else where.evaluate)(script)


def remember(page, user, device, **fields):
    """As if this browser had subscribed yesterday."""
    known = {"user": str(user.pk), "device": str(device.uuid), "endpoint": device.endpoint, "key": vapid.public_key()}
    page.evaluate(WRITE_THIS_DEVICE, json.dumps({**known, "checked": "yesterday", **fields}))
