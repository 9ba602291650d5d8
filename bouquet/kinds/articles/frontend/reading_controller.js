import { Controller } from "@hotwired/stimulus";

// How long an article is read, told to /a/hit (shared/audience): after ten seconds in sight, every minute, and when the page goes away.
// In sight: the tab is shown, and the reader moved, pressed or scrolled within the last half minute. Nothing of what was read is told.
const ADDRESS = "/a/hit";
const [FIRST, EVERY, IDLE] = [10, 60, 30]; // seconds
const SIGNS = ["scroll", "pointermove", "pointerdown", "keydown", "touchstart"];

export default class extends Controller {
  static values = { ticket: String };

  connect() {
    this.name = [...crypto.getRandomValues(new Uint32Array(3))].map((number) => number.toString(36)).join("").padStart(8, "0");
    [this.seconds, this.told, this.sign] = [0, 0, performance.now()];
    this.listening = new AbortController();
    const { signal } = this.listening;
    for (const name of SIGNS) addEventListener(name, () => (this.sign = performance.now()), { signal, passive: true });
    addEventListener("pagehide", () => this.tell(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.tell(), { signal });
    this.clock = setInterval(() => this.tick(), 1000);
  }

  disconnect() {
    clearInterval(this.clock);
    this.listening.abort();
  }

  tick() {
    if (document.hidden || performance.now() - this.sign > IDLE * 1000) return;
    this.seconds += 1;
    if (this.seconds === FIRST || this.seconds - this.told >= EVERY) this.tell();
  }

  tell() {
    if (this.seconds < FIRST || this.seconds === this.told) return;
    this.told = this.seconds;
    navigator.sendBeacon(ADDRESS, JSON.stringify({ t: this.ticketValue, p: this.name, s: this.seconds, m: "0", e: 0, r: this.referrer }));
  }

  /** The host that led here; no path, no query. */
  get referrer() {
    try {
      return new URL(document.referrer).hostname;
    } catch {
      return "";
    }
  }
}
