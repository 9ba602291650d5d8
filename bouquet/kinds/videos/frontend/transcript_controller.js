// The transcript beside the film: fetched when it is opened, follows what is said, leads to what is clicked, and finds
// words in it. Without this script its summary holds a link to a page with the same words.
import { Controller } from "@hotwired/stimulus";
import { folded } from "./player/cues.js";

export default class extends Controller {
  static targets = ["place", "line", "find", "count", "list"];
  static values = { url: String, none: String };

  connect() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("timeupdate", (event) => this.follow(event.target), { signal, capture: true });
    if (this.element.localName === "details") this.element.addEventListener("toggle", () => this.element.open && this.fetchOnce(), { signal });
    if (this.element.open) this.fetchOnce();
    this.readLines();
  }

  disconnect() {
    this.listening.abort();
  }

  fetchOnce() {
    if (!this.fetched) this.fetch(this.urlValue);
    this.fetched = true;
  }

  async fetch(address) {
    const answer = await fetch(address, { headers: { "x-requested-with": "fetch" } }).catch(() => null);
    if (!answer?.ok) return (this.fetched = false);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.placeTarget.replaceChildren(...fresh.body.childNodes);
    this.readLines();
  }

  readLines() {
    this.lines = this.lineTargets.map((element) => ({
      element,
      start: Number(element.dataset.seek),
      end: Number(element.dataset.end),
      words: folded(element.textContent),
    }));
    this.number = -1;
  }

  /** Another language: the same panel with other words. */
  change(event) {
    const { form } = event.target;
    if (!this.hasPlaceTarget) return form.requestSubmit();
    event.preventDefault();
    this.fetch(`${this.urlValue.split("?")[0]}?${new URLSearchParams(new FormData(form))}`);
  }

  follow(film) {
    if (!film.matches?.(".player__film") || !this.lines?.length) return;
    const now = film.currentTime + 0.05;
    const number = this.lines.findLastIndex((line) => line.start <= now);
    if (number === this.number) return;
    this.lines[this.number]?.element.removeAttribute("aria-current");
    this.number = number;
    const line = this.lines[number]?.element;
    if (!line) return;
    line.setAttribute("aria-current", "true");
    const busy = this.listTarget.matches(":hover, :focus-within") || this.findTarget.value;
    if (!busy) this.listTarget.scrollTo({ top: line.offsetTop - this.listTarget.offsetTop - this.listTarget.clientHeight / 3, behavior: calm() });
  }

  /** Marks the lines that hold the words and leaves out the rest. */
  find() {
    const wanted = folded(this.findTarget.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { element, words } of this.lines) {
      const hit = wanted.every((word) => words.includes(word));
      element.parentElement.hidden = !hit;
      found += hit;
    }
    this.countTarget.textContent = wanted.length ? (found ? String(found) : this.noneValue) : "";
  }

  /** Enter leads to the first line that was found. */
  go(event) {
    event.preventDefault();
    this.lines.find(({ element }) => !element.parentElement.hidden)?.element.click();
  }
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
