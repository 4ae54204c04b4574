"""A phone that takes messages: what its service worker shows, and a tap on it.

Chromium without a window subscribes to no push service and shows nothing. So a message comes by the browser's own tool
for developers, what is shown is kept here, and a tap is an event that the worker gets.
"""

import json

from tests.support.reminders.devices import FCM, a_device
from tests.support.under_way import until

# `shown` is what stands on the screen, `opened` where a tap leads, `rang` whether each message made a sound.
SCREEN = """() => {
    const shown = new Map();
    Object.assign(self, { rang: [], opened: [], badge: null });
    Object.defineProperty(Notification, "permission", { get: () => "granted" });
    ServiceWorkerRegistration.prototype.showNotification = async (title, options) => {
        const { tag } = options;
        if (options.renotify && !tag) throw new TypeError("renotify needs a tag");
        self.rang.push(!options.silent && (!shown.has(tag) || options.renotify));
        const own = { title, ...structuredClone(options), close: () => shown.get(tag) === own && shown.delete(tag) };
        shown.set(tag, own);
    };
    ServiceWorkerRegistration.prototype.getNotifications = async ({ tag } = {}) =>
        [...shown.values()].filter((each) => !tag || each.tag === tag);
    Clients.prototype.openWindow = async (path) => void self.opened.push(path);
    WindowClient.prototype.focus = async function () { self.opened.push("focus " + new URL(this.url).pathname); };
    WindowClient.prototype.navigate = async (path) => void self.opened.push(path);
    navigator.setAppBadge = async (count) => void (self.badge = count);
}"""
SHOWN = """async () => (await self.registration.getNotifications())
    .map(({ close, ...notification }) => notification)"""
TOUCH = """async ([type, action, times]) => {
    const [notification] = await self.registration.getNotifications();
    const works = [];
    for (let i = 0; i < times; i += 1) {
        const event = new Event(type);
        self.dispatchEvent(Object.assign(event, { notification, action, waitUntil: (work) => works.push(work) }));
    }
    await Promise.all(works);
}"""


class Messages:
    """Of a page with the worker in control. `device` is its row on the server."""

    def __init__(self, page, user, endpoint=FCM):
        self.page, self.user = page, user
        self.device = a_device(user, endpoint)
        self.origin = page.evaluate("location.origin")
        self.cdp, self.registrations = page.context.new_cdp_session(page), {}
        self.cdp.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.cdp.send("ServiceWorker.enable")
        self.worker.evaluate(SCREEN)

    def _note(self, event):
        self.registrations.update({each["scopeURL"]: each["registrationId"] for each in event["registrations"]})

    @property
    def worker(self):
        (worker,) = self.page.context.service_workers
        return worker

    def deliver(self, payload):
        """A text, or what is made one."""
        text = payload if isinstance(payload, str) else json.dumps(payload)
        registration = self.registrations[f"{self.origin}/"]
        self.cdp.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self.origin, "registrationId": registration, "data": text},
        )

    def shown(self):
        return self.worker.evaluate(SHOWN)

    def shown_when(self, is_so):
        return until(self.shown, is_so)

    def tap(self, action="", times=1):
        self.worker.evaluate(TOUCH, ["notificationclick", action, times])

    def swipe_off(self):
        self.worker.evaluate(TOUCH, ["notificationclose", "", 1])

    def opened(self):
        return self.worker.evaluate("self.opened")

    def rang(self):
        return self.worker.evaluate("self.rang")

    def badge(self):
        return self.worker.evaluate("self.badge")
