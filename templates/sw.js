import { sendInBackground } from "{{ static("js/worker/background-sync.js") }}";
import { PageCache } from "{{ static("js/worker/page-cache.js") }}";

const pageCache = new PageCache({{ page_cache|safe }});
const LEAVING = ["{{ url("account_logout") }}", "{{ url("erase_account") }}"];
const FACTS = ["{{ url("record_set") }}", "{{ url("sync") }}"]; // pages overlay them

self.addEventListener("install", (event) => event.waitUntil(pageCache.install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const { keepFor, takeOver } = event.data;
  if (takeOver) self.skipWaiting();
  if (keepFor) event.waitUntil(pageCache.storeRound(keepFor).catch(() => {}));
});
self.addEventListener("sync", (event) => event.tag === "outbox" && event.waitUntil(drain()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const later = (work) => event.waitUntil(work);
  if (origin !== self.location.origin) return;
  if (request.method === "POST") later(posted(pathname).catch(() => {}));
  if (request.method !== "GET") return;
  if (pathname.startsWith("{{ static_url }}")) event.respondWith(pageCache.file(request, later));
  else if (request.mode === "navigate") event.respondWith(pageCache.page(request, later));
});

async function posted(pathname) {
  if (LEAVING.includes(pathname)) await pageCache.forget();
  else if (!FACTS.some((path) => pathname.startsWith(path))) await pageCache.outdate();
}

async function drain() {
  const user = await sendInBackground("{{ url("sync") }}");
  if (user) await pageCache.outdate().then(() => pageCache.storeRound(user)).catch(() => {}); // it was sent all the same
}
