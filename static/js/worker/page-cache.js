/**
 * The pages in the service worker's cache. There is one cache of pages at a time: that of the user of the last page.
 * Pages of one user are never shown to another. A POST is never answered here, so no set is lost. Where the cache
 * cannot be used, for lack of space or permission, pages and files come from the network.
 */
const PATIENCE = 3000; // milliseconds to wait for the network while there is a cached page
const PAGES = "pages-";
const SHELL = "shell-";
const STAMP = "/round-kept"; // not a page: tells when the whole round was stored, and by which version
const OWNER = /<body data-user="(\d+|nobody)"/;
const NOBODY = "nobody";

/**
 * `version` names the state of `files`; `round`: the pages to have offline; `instead`: the page for all others;
 * `standIn`: by path, pages that redirect, and their target when there is no network; `unstored`: the start of the paths
 * of pages with secrets.
 */
export class PageCache {
  constructor({ version, files, round, instead, standIn, unstored }) {
    Object.assign(this, { version, files, round, instead, standIn, unstored });
    this.era = 0; // grows when everything is forgotten: answers to earlier requests are not stored
    this.asked = 0; // counts the requests
    this.newest = new Map(); // by address: the number of the last request whose answer was stored
    this.turns = { change: Promise.resolve(), round: Promise.resolve() };
  }

  async install() {
    const shell = await caches.open(SHELL + this.version);
    await shell.addAll([...this.files, this.instead].map((url) => new Request(url, { cache: "reload" })));
  }

  /** A hashed file never changes, so the cached one is right. */
  async file(request, later) {
    const kept = await caches.match(request).catch(() => null);
    if (kept) return kept;
    const answer = await fetch(request);
    if (answer.ok) later(this.storeFile(request, answer.clone()).catch(() => {}));
    return answer;
  }

  async storeFile(request, answer) {
    await (await caches.open(SHELL + this.version)).put(request, answer);
  }

  /** From the network when it answers in time; `later` takes the work that is left then. */
  async page(request, later) {
    const asked = this.ask();
    const fetching = fetch(request);
    later(fetching.then((answer) => this.storeAnswer(request.url, answer.clone(), asked)).catch(() => {}));
    const kept = await this.storedPage(request.url).catch(() => null);
    try {
      const answer = await (kept ? Promise.race([fetching, late(PATIENCE)]) : fetching);
      return kept && answer.status >= 500 ? kept : answer;
    } catch {
      return kept ?? caches.match(this.instead);
    }
  }

  /** By its full address: another week, or a seated session, is another page. */
  async storedPage(address) {
    return (await matchPage(withoutMessage(address))) ?? matchPage(this.standIn[new URL(address).pathname]);
  }

  /**
   * Stores a user's own page. One with a message (`?said=`) is fetched again without it. A page for visitors shows that
   * nobody is logged in any more.
   */
  async storeAnswer(address, answer, asked) {
    const user = await ownerOf(answer);
    if (user === NOBODY) return this.forget();
    const place = withoutMessage(address);
    const store = () => (place === address ? this.put(user, address, answer, asked) : this.storePage(user, place, asked.era));
    if (user && (await store())) await this.storeRound(user, place, asked.era);
  }

  /** Once a day, and after a new version; `here` is a page that is of the new version too. */
  storeRound(user, here, era = this.era) {
    return this.oneAtATime("round", async () => {
      const asked = this.ask(era);
      const stamp = `${new Date().toDateString()} ${this.version}`;
      const before = await this.stampOf(user);
      if (before === stamp) return;
      for (const address of this.round) if (!(await this.storePage(user, address, era))) return;
      if (!before?.endsWith(this.version)) await this.dropOldVersions(user, here);
      await this.put(user, STAMP, new Response(stamp), asked);
    });
  }

  async stampOf(user) {
    return (await caches.match(STAMP, { cacheName: PAGES + user }))?.text();
  }

  /** The stored pages lack what the server took, or what a form changed, since then: they are fetched again. */
  async outdate() {
    const asked = this.ask();
    this.newest.set(hrefOf(STAMP), asked.number); // a round that is on its way is outdated too
    const old = () => new Response(`outdated ${this.version}`);
    for (const user of await owners()) if (await this.stampOf(user)) await this.put(user, STAMP, old(), asked);
  }

  /** Whether nothing more has to be done for it. */
  async storePage(user, address, era) {
    const asked = this.ask(era);
    const answer = await fetch(address);
    if (answer.status === 404) return true; // no longer a page
    return (await ownerOf(answer)) === user && this.put(user, address, answer, asked);
  }

  ask(era = this.era) {
    return { era, number: (this.asked += 1) };
  }

  /** Stores a page and removes those of other users. An answer never replaces that of a later request. */
  put(user, address, answer, { era, number }) {
    const href = hrefOf(address);
    return this.oneAtATime("change", async () => {
      if (this.era !== era) return false;
      if (new URL(href).pathname.startsWith(this.unstored)) return true;
      if (this.newest.get(href) > number) return true;
      await drop((name) => name.startsWith(PAGES) && name !== PAGES + user);
      await (await caches.open(PAGES + user)).put(href, answer);
      this.newest.set(href, number);
      return true;
    });
  }

  /** Removes files of older versions, and pages that need them. */
  async dropOldVersions(user, here) {
    const pages = await caches.open(PAGES + user);
    const fresh = new Set([...this.round, here ?? "/"].map(hrefOf));
    for (const { url } of await pages.keys()) if (!fresh.has(url)) await pages.delete(url);
    await drop((name) => name.startsWith(SHELL) && name !== SHELL + this.version);
  }

  /** Nothing of any user is left, including what is on its way. The outbox is bound to its user and stays. */
  forget() {
    this.era += 1;
    return this.oneAtATime("change", () => drop((name) => name.startsWith(PAGES)));
  }

  /** Runs one work after the other, even when the one before failed. */
  oneAtATime(kind, work) {
    const turn = this.turns[kind].then(work);
    this.turns[kind] = turn.catch(() => {});
    return turn;
  }
}

/** The address of the same page without the message of an act. */
function withoutMessage(address) {
  const url = new URL(address);
  if (!url.searchParams.has("said")) return address;
  url.searchParams.delete("said");
  return url.href;
}

function hrefOf(address) {
  return new URL(address, self.location).href;
}

/** The page's user; null for a redirect, an error or a captive portal. */
async function ownerOf(answer) {
  if (!answer.ok || answer.redirected) return null;
  return OWNER.exec(await answer.clone().text())?.[1] ?? null;
}

async function owners() {
  return (await caches.keys()).filter((name) => name.startsWith(PAGES)).map((name) => name.slice(PAGES.length));
}

async function matchPage(address) {
  for (const user of address ? await owners() : []) {
    const answer = await caches.match(address, { cacheName: PAGES + user });
    if (answer) return answer;
  }
  return undefined;
}

async function drop(isOld) {
  const names = await caches.keys();
  await Promise.all(names.filter(isOld).map((name) => caches.delete(name)));
}

function late(milliseconds) {
  return new Promise((_, reject) => setTimeout(reject, milliseconds));
}
