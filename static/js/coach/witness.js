/**
 * Tells how much of a track was really played. Its time also moves when something outside of the page moves it or plays
 * it faster, and a page that was frozen learns of it too late. So two witnesses must agree: the browser's list of what
 * it played, in which a jump leaves a gap, and the time that has passed since the last look. Times in seconds.
 */
const SLACK = 1; // seconds that a track may be ahead: browsers tell its time in steps, and catch up after a stutter
const DRIFT = 1.01; // seconds that a sound card may play in one second of the page's clock
const TOUCHING = 0.1; // a place that many seconds from a stretch still belongs to it

export class Witness {
  #at = 0; // up to here it was played
  #slack = SLACK; // what is left of it; it grows back with time
  #seen; // the page's clock and the time of day at the last look

  /** The page itself puts the track at second `at`. */
  begin(at) {
    this.#at = at;
    this.#slack = SLACK;
    this.#seen = readings();
  }

  /** The second up to which `audio` was played; it stands still when the track is somewhere else. */
  hear({ currentTime, played }) {
    const passed = this.#passed();
    const most = Math.min(currentTime, endOfStretch(played, this.#at));
    const isLikely = most <= this.#at + passed + this.#slack;
    const at = Math.max(this.#at, isLikely ? most : this.#at + passed);
    this.#slack = Math.min(SLACK, this.#slack + passed * DRIFT - (at - this.#at));
    this.#at = at;
    return at;
  }

  /** Seconds since the last look, by the clock that shows more: one sleeps with the phone, one may be set back. */
  #passed() {
    const now = readings();
    const passed = Math.max(0, ...now.map((each, i) => each - this.#seen[i]));
    this.#seen = now;
    return passed / 1000;
  }
}

const readings = () => [performance.now(), Date.now()];

/** The end of what was played from `at` on. Infinity when nothing was played there: then this witness knows nothing. */
function endOfStretch(played, at) {
  const stretches = Array.from({ length: played.length }, (_, i) => [played.start(i) - TOUCHING, played.end(i)]);
  const ends = stretches.filter(([start, end]) => start <= at && at <= end + TOUCHING).map(([, end]) => end);
  return ends.length ? Math.max(...ends) : Infinity;
}
