import { sendInBackground } from "{{ static("js/worker/background-sync.js") }}";
import { PageCache } from "{{ static("js/worker/page-cache.js") }}";
import { Reminders } from "{{ static("js/worker/reminders.js") }}";
import { leave, renew } from "{{ static("js/worker/renewal.js") }}";

const pageCache = new PageCache({{ page_cache|safe }});
const options = {{ reminders|safe }};
const reminders = new Reminders(self.registration, { ...options, drain });
const LOG_OUT = "{{ url("account_logout") }}";
const LEAVING = [LOG_OUT, "{{ url("erase_account") }}"];
const FACTS = ["{{ url("record_set") }}", "{{ url("sync") }}"]; // pages overlay them

self.addEventListener("install", (event) => event.waitUntil(pageCache.install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const { keepFor, takeOver } = event.data;
  if (takeOver) self.skipWaiting();
  if (keepFor) event.waitUntil(pageCache.storeRound(keepFor).catch(() => {}));
  if (keepFor) event.waitUntil(renew(self.registration, options.addresses, keepFor).catch(() => {}));
});
self.addEventListener("sync", (event) => event.tag === "outbox" && event.waitUntil(drain()));
self.addEventListener("push", (event) => event.waitUntil(reminders.show(event)));
self.addEventListener("notificationclick", (event) => event.waitUntil(reminders.tapped(event.action, event.notification)));
self.addEventListener("notificationclose", (event) => event.waitUntil(reminders.closed(event.notification)));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(self.registration, options.addresses)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const later = (work) => event.waitUntil(work);
  if (origin !== self.location.origin) return;
  if (FACTS.some((path) => pathname.startsWith(path))) later(reminders.follow().catch(() => {})); // a set is in the outbox
  if (request.method === "POST") later(posted(pathname).catch(() => {}));
  if (request.method !== "GET") return;
  if (pathname.startsWith("{{ static_url }}")) event.respondWith(pageCache.file(request, later));
  else if (request.mode === "navigate") event.respondWith(pageCache.page(request, later));
});

async function posted(pathname) {
  if (pathname === LOG_OUT) await leave(self.registration).catch(() => {});
  if (LEAVING.includes(pathname)) await pageCache.forget();
  else if (!FACTS.some((path) => pathname.startsWith(path))) await pageCache.outdate();
}

async function drain() {
  const user = await sendInBackground("{{ url("sync") }}");
  if (user) await pageCache.outdate().then(() => pageCache.storeRound(user)).catch(() => {}); // it was sent all the same
}
