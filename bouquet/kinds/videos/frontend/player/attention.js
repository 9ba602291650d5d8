// What was really played, told to /a/hit (shared/audience): at the start, every fifteen seconds of playing, at pauses and
// when the page goes away. Each word says the whole play so far, so that a lost one is made good by the next and one that
// comes twice changes nothing. Without a ticket (who does not want to be counted) nothing is noted and nothing is told.
const ADDRESS = "/a/hit";
const EVERY = 15; // seconds of playing
const PARTS = 100; // the film in hundredths
const LEAP = 5; // seconds: more than this between two looks was not played

export class Attention {
  constructor(ticket, film, duration) {
    this.film = film;
    this.duration = duration;
    this.ticket = ticket;
    if (!ticket) return;
    this.begin();
    this.listening = new AbortController();
    const { signal } = this.listening;
    const hear = (names, act, on = film) => names.split(" ").forEach((name) => on.addEventListener(name, act, { signal }));
    hear("playing", () => this.start());
    hear("timeupdate", () => this.tick());
    hear("seeking emptied", () => (this.last = null));
    hear("pause", () => (this.tick(), this.tell()));
    hear("ended", () => this.end());
    hear("pagehide", () => this.tell(), window);
    hear("visibilitychange", () => document.hidden && this.tell(), document);
  }

  /** A new play: when the page opens, and when a film that has ended begins again. */
  begin() {
    this.name = [...crypto.getRandomValues(new Uint32Array(3))].map((number) => number.toString(36)).join("").padStart(8, "0");
    this.seen = new Array(PARTS).fill(false);
    [this.played, this.told, this.last, this.ended] = [0, null, null, false];
  }

  start() {
    if (this.ended) this.begin();
    this.last = this.film.currentTime;
    if (this.told === null) this.tell();
  }

  tick() {
    const { film, last } = this;
    if (film.seeking || this.ended) return;
    this.last = film.currentTime;
    const step = last === null ? 0 : film.currentTime - last;
    if (step <= 0 || step > LEAP * film.playbackRate) return;
    this.played += step / (film.playbackRate || 1);
    this.mark(last, film.currentTime);
    if (this.played - (this.told ?? 0) >= EVERY) this.tell();
  }

  mark(from, to) {
    const duration = this.duration();
    if (!(duration > 0)) return;
    const last = Math.min(PARTS - 1, Math.floor((to / duration) * PARTS));
    for (let part = Math.floor((from / duration) * PARTS); part <= last; part++) this.seen[part] = true;
  }

  end() {
    this.tick();
    this.ended = true;
    this.tell(1);
  }

  tell(e = 0) {
    if (!e && this.told !== null && this.played - this.told < 0.5) return; // nothing new
    if (this.told === null && this.last === null) return; // never played
    this.told = this.played;
    const word = { t: this.ticket, p: this.name, s: Math.round(this.played * 10) / 10, m: this.bits(), e, r: referrer() };
    navigator.sendBeacon(ADDRESS, JSON.stringify(word));
  }

  /** Bit i of one large number is hundredth i; in hexadecimal. */
  bits() {
    let text = "";
    for (let part = 0; part < PARTS; part += 4) {
      const digit = [0, 1, 2, 3].reduce((sum, bit) => sum + (this.seen[part + bit] ? 1 << bit : 0), 0);
      text = digit.toString(16) + text;
    }
    return text.replace(/^0+(?=.)/, "");
  }

  leave() {
    if (!this.ticket) return;
    this.tell();
    this.listening.abort();
  }
}

/** The host that led here, or whose page we are embedded in; no path, no query. */
function referrer() {
  try {
    return new URL(document.referrer).hostname;
  } catch {
    return "";
  }
}
