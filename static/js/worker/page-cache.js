/**
 * What the service worker keeps of pages. There is one cache of pages at a time, that of the user the server last
 * showed a page to: pages of one user are never shown to another. A POST is never answered here, so no set is lost.
 * Where nothing can be kept or read, by want of room or of leave, pages and files come from the network as ever.
 */
const PATIENCE = 3000; // milliseconds for the network, while there is something to show instead
const PAGES = "pages-";
const SHELL = "shell-";
const STAMP = "/round-kept"; // no page: tells when the round was kept whole, and by which version
const OWNER = /<body data-user="(\d+|nobody)"/;
const NOBODY = "nobody";

/**
 * `version` names what `files` there are; `round`: the pages to be had offline; `instead`: the page for all others;
 * `standIn`: by their path, pages that lead on and what they lead to when nobody can be asked.
 */
export class PageCache {
  constructor({ version, files, round, instead, standIn }) {
    Object.assign(this, { version, files, round, instead, standIn });
    this.era = 0; // ends when all is forgotten: what was asked for before is not kept
    this.turns = { change: Promise.resolve(), round: Promise.resolve() };
  }

  async install() {
    const shell = await caches.open(SHELL + this.version);
    await shell.addAll([...this.files, this.instead].map((url) => new Request(url, { cache: "reload" })));
  }

  /** A hashed file never changes: what is here is right. */
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

  /** From the network, when it answers in time; `later` takes what is still to be done then. */
  async page(request, later) {
    const { era } = this;
    const fetching = fetch(request);
    later(fetching.then((answer) => this.storeAnswer(request.url, answer.clone(), era)).catch(() => {}));
    const kept = await this.storedPage(request.url).catch(() => null);
    try {
      const answer = await (kept ? Promise.race([fetching, late(PATIENCE)]) : fetching);
      return kept && answer.status >= 500 ? kept : answer;
    } catch {
      return kept ?? caches.match(this.instead);
    }
  }

  /** As it was asked for: another week, or a session on a chair, is another page. */
  async storedPage(address) {
    return (await matchPage(address)) ?? matchPage(this.standIn[new URL(address).pathname]);
  }

  /** Only a page of a user's own. One of a visitor tells that nobody is logged in any more. */
  async storeAnswer(address, answer, era) {
    const user = await ownerOf(answer);
    if (user === NOBODY) await this.forget();
    else if (user && (await this.put(user, address, answer, era))) await this.storeRound(user, address, era);
  }

  /** Once a day, and when there is a new version; `here` is a page that is of the new version too. */
  storeRound(user, here, era = this.era) {
    return this.oneAtATime("round", async () => {
      const stamp = `${new Date().toDateString()} ${this.version}`;
      const before = await this.stampOf(user);
      if (before === stamp) return;
      for (const address of this.round) if (!(await this.storePage(user, address, era))) return;
      if (!before?.endsWith(this.version)) await this.dropOldVersions(user, here);
      await this.put(user, STAMP, new Response(stamp), era);
    });
  }

  async stampOf(user) {
    return (await caches.match(STAMP, { cacheName: PAGES + user }))?.text();
  }

  /** What the server has taken meanwhile, or what a form has changed, is on no page yet: they are fetched once more. */
  async outdate() {
    const { era } = this;
    const old = () => new Response(`outdated ${this.version}`);
    for (const user of await owners()) if (await this.stampOf(user)) await this.put(user, STAMP, old(), era);
  }

  /** Whether there is nothing more to do for it. */
  async storePage(user, address, era) {
    const answer = await fetch(address);
    if (answer.status === 404) return true; // no longer a page
    return (await ownerOf(answer)) === user && this.put(user, address, answer, era);
  }

  /** Pages of another user make room. */
  put(user, address, answer, era) {
    return this.oneAtATime("change", async () => {
      if (this.era !== era) return false;
      await drop((name) => name.startsWith(PAGES) && name !== PAGES + user);
      await (await caches.open(PAGES + user)).put(address, answer);
      return true;
    });
  }

  /** Files of an older version are no longer needed, and pages that want them are of no use. */
  async dropOldVersions(user, here) {
    const pages = await caches.open(PAGES + user);
    const fresh = new Set([...this.round, here].map((address) => new URL(address ?? "/", self.location).href));
    for (const { url } of await pages.keys()) if (!fresh.has(url)) await pages.delete(url);
    await drop((name) => name.startsWith(SHELL) && name !== SHELL + this.version);
  }

  /** Nothing of anybody's is left, nor what is still on its way. The outbox, bound to its user, is not ours to touch. */
  forget() {
    this.era += 1;
    return this.oneAtATime("change", () => drop((name) => name.startsWith(PAGES)));
  }

  /** One after the other, whatever became of the one before. */
  oneAtATime(kind, work) {
    const turn = this.turns[kind].then(work);
    this.turns[kind] = turn.catch(() => {});
    return turn;
  }
}

/** Whose page it is; a redirect, an error, a captive portal are not even nobody's. */
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
