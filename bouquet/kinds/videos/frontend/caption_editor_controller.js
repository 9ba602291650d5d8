// The caption editor beside the film: a list of texts, one of them open for writing. What changes is kept by itself a
// moment later; where somebody else kept another version meanwhile, both are saved on this device before one is chosen.
import { Controller } from "@hotwired/stimulus";
import { Keeper } from "./player/keeper.js";
import { asFile, milliseconds, saveFile, written } from "./player/cues.js";

const SHORTEST = 200; // milliseconds
const KEYS = {
  ArrowDown: "next", ArrowUp: "previous", KeyI: "startNow", KeyO: "endNow", KeyN: "add", KeyS: "split", KeyM: "merge",
  KeyP: "playThis", Delete: "remove", KeyZ: "undo",
};

export default class extends Controller {
  static targets = ["desk", "plain", "list", "start", "end", "text", "one", "state", "conflict", "problem", "place", "template"];
  static values = { api: String, version: String, cues: Array, words: Object, name: String };

  connect() {
    this.film = this.element.querySelector(".player__film");
    if (!this.film) return; // the film is still being made: the plain text is there
    this.cues = this.cuesValue.map(([start, end, text, settings]) => ({ start, end, text, settings }));
    this.former = [];
    this.keeper = new Keeper(this.apiValue, this.versionValue, {
      cues: () => this.cues,
      state: (name, reason) => this.showState(name, reason),
      conflict: (theirs) => this.showConflict(theirs),
    });
    this.deskTarget.hidden = false;
    this.plainTarget.open = false;
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.film.addEventListener("timeupdate", () => this.follow(), { signal });
    addEventListener("online", () => this.keeper.keepNow(), { signal });
    addEventListener("beforeunload", (event) => this.keeper.isDirty && event.preventDefault(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.keeper.keepNow(), { signal });
    this.drawList();
    this.open(0);
  }

  disconnect() {
    this.listening?.abort();
    this.keeper?.stop();
  }

  // ── the list ───────────────────────────────────────────────────────────────────────────────────────────────────────

  drawList() {
    this.listTarget.replaceChildren(...this.cues.map((cue) => this.row(cue)));
  }

  row(cue) {
    const row = this.templateTarget.content.firstElementChild.cloneNode(true);
    this.fill(row, cue);
    return row;
  }

  fill(row, cue) {
    row.querySelector(".cue__time").textContent = written(cue.start);
    row.querySelector(".cue__text").textContent = cue.text || "…";
  }

  pick(event) {
    const row = event.target.closest(".cue");
    if (!row) return;
    this.open([...this.listTarget.children].indexOf(row));
    this.film.pause();
    document.dispatchEvent(new CustomEvent("player:seek", { detail: { seconds: this.cue.start / 1000, still: true } }));
  }

  /** Opens one text for writing. */
  open(number, { focus = false } = {}) {
    this.listTarget.children[this.number]?.querySelector("button").removeAttribute("aria-current");
    this.number = Math.min(Math.max(0, number), this.cues.length - 1);
    this.oneTarget.disabled = !this.cue;
    if (!this.cue) {
      this.startTarget.value = this.endTarget.value = this.textTarget.value = "";
      this.placeTarget.textContent = this.wordsValue.none;
      return;
    }
    const row = this.listTarget.children[this.number];
    row.querySelector("button").setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    this.startTarget.value = written(this.cue.start);
    this.endTarget.value = written(this.cue.end);
    this.textTarget.value = this.cue.text;
    this.problemTarget.textContent = "";
    const words = { number: this.number + 1, count: this.cues.length };
    this.placeTarget.textContent = this.wordsValue.number.replace(/%\((\w+)\)s/g, (_, name) => words[name]);
    if (focus) this.textTarget.focus();
  }

  get cue() {
    return this.cues[this.number];
  }

  get now() {
    return Math.round(this.film.currentTime * 1000);
  }

  next() {
    this.open(this.number + 1, { focus: true });
  }

  previous() {
    this.open(this.number - 1, { focus: true });
  }

  // ── verbs ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  write() {
    this.remember("write");
    this.cue.text = this.textTarget.value;
    this.changed();
  }

  setTime({ target }) {
    const value = milliseconds(target.value);
    if (value === null) return (this.problemTarget.textContent = this.wordsValue.badTime);
    this.setTimes(target === this.startTarget ? { start: value } : { end: value });
  }

  startNow() {
    this.setTimes({ start: this.now, end: Math.max(this.cue.end, this.now + SHORTEST) });
  }

  endNow() {
    this.setTimes({ end: this.now });
  }

  setTimes(times) {
    const { start, end } = { ...this.cue, ...times };
    if (end <= start) return (this.problemTarget.textContent = this.wordsValue.order);
    this.remember();
    Object.assign(this.cue, { start, end });
    this.sort(this.cue);
  }

  add() {
    this.remember();
    const start = this.now;
    const next = this.cues.find((each) => each.start > start + SHORTEST);
    const cue = { start, end: Math.min(start + 2500, next?.start ?? Infinity), text: "", settings: "" };
    this.cues.push(cue);
    this.sort(cue, { focus: true });
  }

  /** Where the film stands, else in the middle; the words where the cursor stands, else at a space. */
  split() {
    const { cue } = this;
    if (!cue || cue.end - cue.start < 2 * SHORTEST) return;
    this.remember();
    const inside = this.now > cue.start + SHORTEST / 2 && this.now < cue.end - SHORTEST / 2;
    const at = inside ? this.now : Math.round((cue.start + cue.end) / 2);
    const caret = this.textTarget.selectionStart;
    const cut = caret > 0 && caret < cue.text.length ? caret : nearestSpace(cue.text);
    const second = { ...cue, start: at, text: cue.text.slice(cut).trim() };
    Object.assign(cue, { end: at, text: cue.text.slice(0, cut).trim() });
    this.cues.splice(this.number + 1, 0, second);
    this.sort(cue);
  }

  merge() {
    const next = this.cues[this.number + 1];
    if (!next) return;
    this.remember();
    this.cue.text = [this.cue.text, next.text].filter(Boolean).join("\n");
    this.cue.end = Math.max(this.cue.end, next.end);
    this.cues.splice(this.number + 1, 1);
    this.sort(this.cue);
  }

  remove() {
    if (!this.cue) return;
    this.remember();
    this.cues.splice(this.number, 1);
    this.sort(this.cues[this.number]);
  }

  undo() {
    const before = this.former.pop();
    if (!before) return;
    this.cues = before.cues;
    this.sort(this.cues[before.number]);
    this.lastWrite = null;
  }

  playThis() {
    if (!this.cue) return;
    this.stopAt = this.cue.end / 1000;
    document.dispatchEvent(new CustomEvent("player:seek", { detail: { seconds: this.cue.start / 1000 } }));
    this.film.play().catch(() => {});
  }

  press(event) {
    if (event.ctrlKey && event.key === "Enter") this.playThis();
    else if (event.altKey && KEYS[event.code]) this[KEYS[event.code]]();
    else return;
    event.preventDefault();
  }

  /** For undo. Letters written into the same text one after another are one step. */
  remember(what = "") {
    const same = what && this.lastWrite === this.number;
    this.lastWrite = what ? this.number : null;
    if (same) return;
    this.former.push({ cues: this.cues.map((cue) => ({ ...cue })), number: this.number });
    if (this.former.length > 60) this.former.shift();
  }

  sort(cue, options) {
    this.cues.sort((a, b) => a.start - b.start);
    this.drawList();
    this.open(cue ? this.cues.indexOf(cue) : this.cues.length - 1, options);
    this.keeper.changed();
    this.follow();
  }

  changed() {
    this.fill(this.listTarget.children[this.number], this.cue);
    this.keeper.changed();
    this.follow();
  }

  /** What is said now stands on the film and is marked in the list. */
  follow() {
    const { now } = this;
    if (this.stopAt && now / 1000 >= this.stopAt) {
      this.stopAt = null;
      this.film.pause();
    }
    const said = this.cues.filter((cue) => cue.start <= now && now < cue.end);
    document.dispatchEvent(new CustomEvent("captions:show", { detail: { texts: said.map((cue) => cue.text).filter(Boolean) } }));
    this.listTarget.querySelectorAll(".cue--now").forEach((row) => row.classList.remove("cue--now"));
    for (const cue of said) this.listTarget.children[this.cues.indexOf(cue)]?.classList.add("cue--now");
  }

  // ── keeping ────────────────────────────────────────────────────────────────────────────────────────────────────────

  showState(name, reason = "") {
    this.stateTarget.dataset.state = name;
    this.stateTarget.textContent = this.wordsValue[name].replace("%(reason)s", reason);
  }

  showConflict(theirs) {
    this.theirs = theirs;
    this.conflictTarget.hidden = false;
    this.conflictTarget.scrollIntoView({ block: "nearest" });
  }

  takeTheirs() {
    saveFile(asFile(this.cues), `${this.nameValue}-mine.vtt`);
    this.cues = this.theirs.cues.map((cue) => ({ ...cue, start: Math.round(cue.start * 1000), end: Math.round(cue.end * 1000) }));
    this.former = [];
    this.keeper.settle(this.theirs.version);
    this.conflictTarget.hidden = true;
    this.drawList();
    this.open(0);
  }

  keepMine() {
    saveFile(new Blob([this.theirs.text], { type: "text/vtt" }), `${this.nameValue}-theirs.vtt`);
    this.keeper.settle(this.theirs.version);
    this.conflictTarget.hidden = true;
    this.keeper.changed();
  }
}

function nearestSpace(text) {
  const middle = text.length / 2;
  const spaces = [...text.matchAll(/\s/g)].map((found) => found.index);
  return spaces.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? Math.round(middle);
}
