// Sends a film while its author writes the words for it. The server knows the upload from the first moment: after a
// crash the page lists it again, and the same file goes on where it stopped.
import { Controller } from "@hotwired/stimulus";
import { Pace, bytes } from "./uploader/pace.js";
import { csrfToken, frameOf, sendPicture } from "./uploader/picture.js";
import { Sending } from "./uploader/sending.js";
import { takeShared } from "./uploader/shared.js";

const SAVE_AFTER = 800; // milliseconds without a keystroke
const SAVE_AGAIN = 5000; // when the server could not be reached

export default class extends Controller {
  static targets = [
    "form", "drop", "input", "plain", "going", "filename", "percent", "bar", "status", "amount", "speed", "pause", "goOn",
    "giveUp", "page", "words", "saved", "submit", "poster", "film", "moment", "slider", "takeFrame", "posterSaid", "trouble",
    "troubleText", "unfinished",
  ];
  static values = { words: Object, api: String, site: String, shared: Boolean };

  connect() {
    const inputs = [...this.dropTarget.querySelectorAll("input[type=file]")];
    const early = [...(inputs.find((input) => input.files.length)?.files ?? [])]; // chosen before this script arrived
    for (const element of this.element.querySelectorAll("[data-needs-script]")) element.hidden = false;
    this.plainTarget.hidden = true;
    this.plainTarget.querySelector("input").disabled = true;
    this.submitTarget.hidden = true;
    this.element.classList.add("send--scripted");
    this.element.classList.toggle("send--touch", matchMedia("(any-pointer: coarse)").matches || navigator.maxTouchPoints > 0);
    this.leaving = (event) => (this.isSending || (this.video && this.unsaved)) && event.preventDefault();
    this.online = () => this.unsaved && this.save();
    window.addEventListener("beforeunload", this.leaving);
    window.addEventListener("online", this.online);
    this.formTarget.addEventListener("input", (event) => this.isText(event.target) && this.saveSoon());
    this.picker = Object.assign(document.createElement("input"), { type: "file", accept: "video/*,.mkv,.ts,.mts,.avi" });
    this.picker.addEventListener("change", () => this.goOnWith(this.picker.files[0]));
    if (early.length) requestAnimationFrame(() => this.choose(early));
    if (this.sharedValue) takeShared().then((shared) => shared && this.begin(shared.file, shared));
  }

  disconnect() {
    window.removeEventListener("beforeunload", this.leaving);
    window.removeEventListener("online", this.online);
    clearTimeout(this.saving);
    this.sending?.stop();
    if (this.filmTarget.src) URL.revokeObjectURL(this.filmTarget.src);
  }

  get isSending() {
    return this.sending && !["done", "stopped", "gone"].includes(this.sending.state);
  }

  submit(event) {
    event.preventDefault(); // everything is saved as it is written
    this.save();
  }

  // ── choosing ───────────────────────────────────────────────────────────────────────────────────────────────────────

  over(event) {
    event.preventDefault();
    this.dropTarget.classList.add("send__drop--over");
  }

  away() {
    this.dropTarget.classList.remove("send__drop--over");
  }

  drop(event) {
    event.preventDefault();
    this.away();
    this.choose([...event.dataTransfer.files]);
  }

  chosen({ target }) {
    this.choose([...target.files]);
    target.value = "";
  }

  /** One film is begun here; several get a list of their own (batch_controller.js), and whatever follows them joins it. */
  choose(files) {
    if (this.isSending || !files.length) return;
    if (files.length === 1 && !this.several) return this.begin(files[0]);
    this.quiet();
    this.several = true;
    this.wordsTarget.hidden = true;
    const begun = [...this.element.querySelectorAll(".send__open")].map(({ dataset }) => ({ ...dataset }));
    document.dispatchEvent(new CustomEvent("uploader:many", { detail: { files, begun } }));
  }

  /** Announces the film; from here on the server knows it. */
  async begin(file, { title = "", text = "" } = {}) {
    if (this.isSending) return;
    this.quiet();
    const { words } = this;
    if (!file.size) return this.complain(words.empty);
    if (file.size > words.largest) {
      return this.complain(fill(words.tooLarge, { size: this.bytes(file.size), limit: this.bytes(words.largest) }));
    }
    if (title && !this.field("title").value) this.field("title").value = title;
    if (text && !this.field("summary").value) this.field("summary").value = text;
    const asked = { ...this.written(), title: this.field("title").value, size: file.size, filename: file.name, site: this.siteValue, reply_to: this.field("reply_to")?.value ?? "" };
    const answer = await this.call("POST", this.apiValue, asked);
    if (!answer) return;
    const writtenMeanwhile = this.field("title").value !== asked.title || this.field("summary").value !== asked.description;
    if (!this.field("title").value) this.field("title").value = plainName(file.name);
    this.send(file, { uid: answer.id, page: answer.url, upload: answer.upload_url });
    if (writtenMeanwhile) this.saveSoon();
  }

  // ── going on with what was begun earlier ───────────────────────────────────────────────────────────────────────────

  resume({ target }) {
    this.open = target.closest(".send__open").dataset;
    this.picker.value = "";
    this.picker.click();
  }

  goOnWith(file) {
    if (!file) return;
    const { open } = this;
    if (file.size !== Number(open.size) || file.name.normalize() !== open.name.normalize()) {
      return this.complain(fill(this.words.otherFile, { name: open.name, size: this.bytes(Number(open.size)) }));
    }
    this.quiet();
    for (const name of ["title", "summary", "visibility"]) this.field(name).value = open[name];
    this.send(file, { uid: open.uid, page: open.url, upload: open.upload });
  }

  // ── sending ────────────────────────────────────────────────────────────────────────────────────────────────────────

  send(file, video) {
    this.video = video;
    this.pace = new Pace();
    this.dropTarget.hidden = true;
    if (this.hasUnfinishedTarget) this.unfinishedTarget.hidden = true;
    this.goingTarget.hidden = false;
    this.filenameTarget.textContent = file.name;
    this.pageTarget.href = video.page;
    this.showFilm(file);
    const own = new URL(video.upload, location.href);
    this.sending = new Sending(file, own.pathname, {
      state: (state, detail) => this.showState(state, detail),
      progress: (sent, all) => this.showProgress(sent, all),
      done: () => this.finish(),
    });
    this.sending.start();
  }

  pause() {
    this.sending.pause();
  }

  goOn() {
    this.quiet();
    this.pace.forget();
    this.sending.resume();
  }

  async giveUp() {
    await this.sending?.stop();
    const answer = await fetch(`${this.apiValue}/${this.video.uid}`, { method: "DELETE", headers: { "x-csrftoken": csrfToken() } });
    if (answer.ok || answer.status === 404) location.assign(location.pathname);
  }

  /** The film has arrived. Its own page, which shows how it is made, is offered once the words are kept too. */
  finish() {
    this.pauseTarget.hidden = this.giveUpTarget.hidden = true;
    this.arrived = true;
    this.save();
  }

  /** To the film's page: at once when nobody is writing here, else when asked for and everything is kept. */
  goToPage(event) {
    if (!this.unsaved) return;
    event.preventDefault();
    this.asked = true;
    this.save();
  }

  showState(state, detail) {
    const { words } = this;
    const trouble = { gone: words.gone, signedOut: words.signedOut, refused: detail, broken: words.broken }[state];
    this.statusTarget.textContent = trouble ? "" : (words[state] ?? "");
    if (trouble) this.complain(detail || trouble);
    const stopped = ["paused", "signedOut", "broken", "refused"].includes(state);
    this.pauseTarget.hidden = stopped || state === "gone";
    this.goOnTarget.hidden = !stopped || state === "refused";
    this.goingTarget.dataset.state = state;
    if (state !== "sending") this.speedTarget.textContent = "";
  }

  showProgress(sent, all) {
    this.pace.note(sent);
    const { speed } = this.pace;
    const share = all ? sent / all : 0;
    this.barTarget.value = share;
    this.percentTarget.textContent = new Intl.NumberFormat(this.words.language, { style: "percent" }).format(Math.floor(share * 100) / 100);
    this.amountTarget.textContent = fill(this.words.of, { sent: this.bytes(sent), all: this.bytes(all) });
    if (!speed) return;
    this.speedTarget.textContent = `${this.bytes(speed)}/s · ${fill(this.words.left, { time: this.duration((all - sent) / speed) })}`;
  }

  // ── the words, saved as they are written ───────────────────────────────────────────────────────────────────────────

  saveSoon() {
    this.unsaved = true;
    if (!this.video) return;
    clearTimeout(this.saving);
    this.savedTarget.textContent = this.words.saving;
    this.saving = setTimeout(() => this.save(), SAVE_AFTER);
  }

  /** Tried again until the server is reached; what it refuses stays on the page with its reason. */
  async save() {
    clearTimeout(this.saving);
    if (!this.video) return;
    const words = this.written();
    const title = this.field("title").value.trim();
    if (title) words.title = title;
    const kept = await this.call("PATCH", `${this.apiValue}/${this.video.uid}`, words);
    this.savedTarget.textContent = kept ? this.words.saved : kept === null ? this.words.refusedWords : this.words.notSaved;
    if (kept === undefined) this.saving = setTimeout(() => this.save(), SAVE_AGAIN);
    if (!kept) return;
    const now = { ...this.written(), title: this.field("title").value.trim() };
    this.unsaved = Object.entries({ ...words, title }).some(([name, value]) => now[name] !== value);
    if (this.unsaved || !this.arrived) return;
    this.pageTarget.hidden = false;
    const writing = this.formTarget.contains(document.activeElement) && this.isText(document.activeElement);
    if (this.asked || !writing) location.assign(this.video.page);
  }

  written() {
    return { description: this.field("summary").value, visibility: this.field("visibility").value };
  }

  // ── the picture ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The film is on this device: any moment of it can be shown at once, if the browser knows the format. */
  showFilm(file) {
    this.posterTarget.hidden = false;
    const film = this.filmTarget;
    film.src = URL.createObjectURL(file);
    film.addEventListener("loadeddata", () => {
      film.hidden = this.momentTarget.hidden = this.takeFrameTarget.hidden = !film.videoWidth;
      this.sliderTarget.max = film.duration;
      film.currentTime = this.sliderTarget.value = Math.min(film.duration / 10, 10);
    });
    film.addEventListener("error", () => (this.posterSaidTarget.textContent = this.words.noFrame));
  }

  peek() {
    this.filmTarget.currentTime = Number(this.sliderTarget.value);
  }

  async takeFrame() {
    this.usePicture(await frameOf(this.filmTarget));
  }

  takePicture({ target }) {
    if (target.files[0]) this.usePicture(target.files[0]);
    target.value = "";
  }

  async usePicture(picture) {
    this.posterSaidTarget.textContent = this.words.saving;
    const { error } = await sendPicture(`/videos/${this.video.uid}/poster`, picture);
    this.posterSaidTarget.textContent = error || this.words.posterKept;
  }

  // ── small things ───────────────────────────────────────────────────────────────────────────────────────────────────

  get words() {
    return this.wordsValue;
  }

  field(name) {
    return this.formTarget.elements.namedItem(name);
  }

  isText(element) {
    return ["title", "summary", "visibility"].includes(element.name);
  }

  bytes(number) {
    return bytes(number, this.words.language);
  }

  duration(seconds) {
    const { words } = this;
    if (seconds < 60) return fill(words.seconds, { n: Math.max(1, Math.round(seconds)) });
    if (seconds < 5400) return fill(words.minutes, { n: Math.round(seconds / 60) });
    return fill(words.hours, { n: (seconds / 3600).toFixed(1) });
  }

  /** JSON from the API; null when it was refused, with the reason said; undefined when the server was not reached. */
  async call(method, address, body) {
    try {
      const answer = await fetch(address, {
        method,
        headers: { "content-type": "application/json", accept: "application/json", "x-csrftoken": csrfToken() },
        body: JSON.stringify(body),
      });
      const said = await answer.json().catch(() => ({}));
      if (answer.ok) return said;
      this.complain(answer.status === 401 || answer.status === 403 ? this.words.signedOut : said.detail || said.title || answer.statusText);
      return null;
    } catch {
      if (method === "POST") this.complain(this.words.broken);
      return undefined;
    }
  }

  complain(sentence) {
    this.troubleTextTarget.textContent = sentence;
    this.troubleTarget.hidden = false;
    this.troubleTarget.scrollIntoView({ block: "nearest" });
  }

  quiet() {
    this.troubleTarget.hidden = true;
  }
}

function plainName(name) {
  return name.replace(/\.[^.]+$/, "").replaceAll("_", " ").slice(0, 140);
}

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
