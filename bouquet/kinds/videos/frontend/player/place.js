// Where the viewer stands in the film. Members: on the server, for every device (the page gives a sealed word to say it
// with). Others: on this device. Said every fifteen seconds of playing, at pauses, at the end, when the page goes.
import { keep, recall } from "./memory.js";
import { seconds } from "./clock.js";

const ADDRESS = "/works/position";
const EVERY = 15; // seconds of film
const BARELY = 5;
const MOST = 100; // films that a device remembers

export class Place {
  /** `uid` is empty where nothing is to be remembered (an editor's page). */
  constructor(film, { uid, word, kept }, duration) {
    Object.assign(this, { film, uid, word, duration, said: null, at: null });
    this.kept = word ? kept : here()[uid]?.[0] || 0;
    if (!uid) return;
    this.listening = new AbortController();
    const { signal } = this.listening;
    const hear = (name, act, on = film) => on.addEventListener(name, act, { signal });
    hear("playing", () => (this.said ??= film.currentTime));
    hear("timeupdate", () => this.note());
    hear("pause", () => this.note(true));
    hear("ended", () => this.end());
    hear("pagehide", () => this.note(true), window);
    hear("visibilitychange", () => document.hidden && this.note(true), document);
  }

  /** A time in the address comes first; then where the viewer stopped, if that is neither its beginning nor its end. */
  begin(asked) {
    const wanted = asked ?? asWritten(location);
    if (wanted !== null) return this.within(wanted);
    this.isResumed = this.kept >= BARELY && !this.isOver(this.kept);
    return this.isResumed ? this.kept : 0;
  }

  within(time) {
    const duration = this.duration();
    return time > 0 && !(duration > 0 && time >= duration - 0.5) ? time : 0;
  }

  isOver(time) {
    const duration = this.duration();
    return duration > 0 && duration - time <= Math.max(2, Math.min(30, duration * 0.05)); // as the server says it
  }

  /** While a stream is opened again the film says 0: only what really shows counts. */
  note(now = false) {
    if (this.film.readyState >= 2 && !this.film.seeking) this.at = this.film.currentTime;
    if (this.said === null || this.at === null) return;
    if (Math.abs(this.at - this.said) >= (now ? 1 : EVERY)) this.say(this.at);
  }

  end() {
    if (this.said !== null) this.say(this.duration());
  }

  say(at) {
    this.said = at;
    if (!this.word) return keepHere(this.uid, this.isOver(at) || at < BARELY ? 0 : at);
    navigator.sendBeacon(ADDRESS, new URLSearchParams({ word: this.word, seconds: at.toFixed(1) }));
  }

  leave() {
    if (!this.uid) return;
    this.note(true);
    this.listening.abort();
  }
}

/** `#t=90`, `#t=1m30s`; null without one. `?t=` was read by the server, which says so. */
export function asWritten({ hash }) {
  const found = new URLSearchParams(hash.slice(1)).get("t");
  return found === null ? null : seconds(found.split(",")[0]);
}

function here() {
  try {
    return JSON.parse(recall("places")) || {};
  } catch {
    return {};
  }
}

function keepHere(uid, at) {
  const places = here();
  delete places[uid];
  if (at) places[uid] = [Math.round(at), Math.round(Date.now() / 60_000)];
  const newest = Object.entries(places).sort(([, one], [, other]) => other[1] - one[1]);
  keep("places", JSON.stringify(Object.fromEntries(newest.slice(0, MOST))));
}
