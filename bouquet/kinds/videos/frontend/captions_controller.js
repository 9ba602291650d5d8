// Captions on the film: the browser reads the tracks, we draw what they say, above the controls and in a size that can
// be read. Where the browser fills the screen by itself (iPhone) or lets the film float, it draws them instead.
import { Controller } from "@hotwired/stimulus";
import { keep, recall } from "./player/memory.js";

const LOOKS = ["captionSize", "captionGround"];
const SPOKEN = ["subtitles", "captions", "descriptions"];

export default class extends Controller {
  static targets = ["text", "button", "choices"];
  static values = { off: String };

  connect() {
    this.film = this.element.querySelector("video");
    this.tracks = [...this.film.textTracks].filter((track) => SPOKEN.includes(track.kind));
    this.listening = new AbortController();
    const { signal } = this.listening;
    for (const name of ["webkitbeginfullscreen", "enterpictureinpicture"]) this.film.addEventListener(name, () => this.leave(true), { signal });
    for (const name of ["webkitendfullscreen", "leavepictureinpicture"]) this.film.addEventListener(name, () => this.leave(false), { signal });
    this.element.addEventListener("player:captions", () => this.toggle(), { signal });
    this.wear();
    document.addEventListener("captions:show", (event) => this.showOthers(event.detail.texts), { signal });
    for (const name of ["timeupdate", "seeked"]) this.film.addEventListener(name, () => this.draw(), { signal });
    this.film.addEventListener("playing", () => this.tick(), { signal });
    for (const track of this.film.querySelectorAll("track")) track.addEventListener("load", () => this.draw(), { signal }); // chosen while the film stands
    if (!this.tracks.length) return;
    this.buttonTarget.hidden = false;
    const wanted = recall("captions");
    const track = wanted && wanted !== "off" && this.tracks.find((each) => nameOf(each) === wanted || each.language === wanted.split(" ")[0]);
    this.show(track || null);
  }

  disconnect() {
    this.listening.abort();
    clearInterval(this.ticking);
  }

  /** From the menu: the number of the track, -1 for none. */
  choose({ target }) {
    this.show(this.tracks[Number(target.value)] ?? null);
    this.remember();
  }

  /** How captions look, on this device: their size, and what is behind them. */
  wear() {
    for (const name of LOOKS) {
      const wanted = recall(name) ?? "";
      const field = this.element.querySelector(`[name=${name}][value="${CSS.escape(wanted)}"]`);
      if (!field) continue;
      field.checked = true;
      this.element.dataset[name] = wanted;
    }
  }

  chooseLook({ target }) {
    keep(target.name, target.value);
    this.element.dataset[target.name] = target.value;
  }

  /** The last language again, else the first; or none. */
  toggle() {
    if (!this.tracks.length) return;
    const before = recall("captionsLast");
    const usual = this.tracks.find((each) => nameOf(each) === before) ?? this.tracks.find((each) => each.language.startsWith(document.documentElement.lang));
    this.show(this.shown ? null : (usual ?? this.tracks[0]));
    this.remember();
    this.say(this.shown ? this.shown.label : this.offValue);
  }

  remember() {
    keep("captions", this.shown ? nameOf(this.shown) : "off");
    if (this.shown) keep("captionsLast", nameOf(this.shown));
  }

  show(track) {
    this.shown = track;
    this.drawn = null;
    for (const each of this.tracks) each.mode = each === track ? "hidden" : "disabled"; // hidden: read, not drawn
    this.buttonTarget.setAttribute("aria-pressed", Boolean(track));
    const field = this.choicesTarget.querySelector(`[value="${this.tracks.indexOf(track)}"]`);
    if (field) field.checked = true;
    this.textTarget.setAttribute("aria-live", track?.kind === "descriptions" ? "assertive" : "off");
    if (track) this.textTarget.lang = track.language;
    this.draw();
  }

  /** Ten times a second while it plays: the browser's own word of the time comes four times. */
  tick() {
    clearInterval(this.ticking);
    this.ticking = setInterval(() => (this.film.paused ? clearInterval(this.ticking) : this.draw()), 100);
  }

  /** Asks the cues themselves: Chromium forgets which are active when a stream is attached after they were loaded. */
  draw() {
    if (this.others) return;
    const now = this.film.currentTime;
    const said = [...(this.shown?.cues ?? [])].filter((cue) => cue.startTime <= now && now < cue.endTime);
    const name = said.map((cue) => `${cue.startTime} ${cue.text}`).join();
    if (name === this.drawn) return;
    this.drawn = name;
    this.put(said.map((cue) => ({ content: cue.getCueAsHTML(), top: isHigh(cue) })));
  }

  /** Texts that an editor on this page has and no track knows yet. */
  showOthers(texts) {
    this.others = true;
    this.put(texts.map((text) => ({ content: document.createTextNode(text), top: false })));
  }

  put(lines) {
    const paragraphs = lines.map(({ content }) => {
      const paragraph = document.createElement("p");
      paragraph.dir = "auto";
      paragraph.append(content);
      return paragraph;
    });
    this.textTarget.replaceChildren(...paragraphs);
    this.textTarget.hidden = !paragraphs.length;
    this.textTarget.classList.toggle("player__captions--top", lines.some(({ top }) => top));
  }

  /** The film leaves the page (floats, fills an iPhone): there the browser draws. */
  leave(gone) {
    if (this.shown) this.shown.mode = gone ? "showing" : "hidden";
    this.textTarget.classList.toggle("player__captions--away", gone);
  }

  say(words) {
    this.element.dispatchEvent(new CustomEvent("player:say", { detail: { words } }));
  }
}

function nameOf(track) {
  return `${track.language} ${track.kind}`;
}

function isHigh({ line, snapToLines }) {
  return typeof line === "number" && (snapToLines ? line >= 0 && line < 4 : line < 50);
}
