// The player: our own controls around a plain <video> that the server wrote (without this script it still plays where
// the browser knows HLS). Own controls rather than a library: the ones there are need inline styles, which the
// Content-Security-Policy of every page refuses, and weigh four times as much.
import { Controller } from "@hotwired/stimulus";
import { Attention } from "./player/attention.js";
import { clock } from "./player/clock.js";
import { press } from "./player/keys.js";
import { keep, recall } from "./player/memory.js";
import { Preview } from "./player/preview.js";
import { tellDevice, tellPosition } from "./player/session.js";
import { Stream, fetchLibrary } from "./player/stream.js";

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];

export default class extends Controller {
  static targets = [
    "film", "bar", "range", "line", "preview", "previewTime", "frame", "now", "length", "volume", "menu", "menuButton",
    "quality", "qualities", "trouble", "troubleText", "keys", "float", "cast", "airplay", "fill", "still", "said",
  ];
  static values = {
    hls: String, status: String, ticket: String, storyboard: String, title: String, artist: String, poster: String,
    duration: Number, start: Number, growing: Boolean, autoplay: Boolean, words: Object,
  };

  connect() {
    this.film = this.filmTarget;
    this.attention = new Attention(this.ticketValue, this.film, () => this.duration);
    this.preview = new Preview(this.storyboardValue, this.frameTarget);
    this.stream = new Stream(this.film, this.hlsValue, {
      levels: (levels) => this.listQualities(levels),
      level: (height) => this.showQuality(height),
      trouble: (name) => this.report(name),
    });
    this.film.controls = false;
    this.barTarget.hidden = false;
    this.element.classList.add("player--own");
    this.film.volume = Number(recall("volume") ?? 1);
    this.film.muted = recall("muted") === "1";
    this.offerDevices();
    this.listen();
    this.draw();
    if (this.autoplayValue) this.play();
    if (this.growingValue) this.watchGrowth();
  }

  disconnect() {
    this.listening.abort();
    this.attention.leave();
    clearTimeout(this.resting);
    clearInterval(this.growth);
    this.stream.close();
  }

  listen() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    const hear = (names, act, on = this.film) => names.split(" ").forEach((name) => on.addEventListener(name, act, { signal }));
    hear("pointerenter focusin touchstart", () => fetchLibrary()?.catch(() => {}), this.element);
    hear("timeupdate", () => this.draw());
    hear("progress durationchange seeked loadedmetadata ratechange volumechange", () => this.draw());
    hear("play pause ended", () => this.drawState());
    hear("waiting stalled", () => this.element.classList.toggle("player--waiting", !this.film.paused));
    hear("playing canplay seeked", () => this.element.classList.remove("player--waiting"));
    hear("playing", () => this.started());
    hear("ratechange playing seeked", () => tellPosition(this.film, this.duration));
    hear("click", (event) => this.tap(event));
    hear("dblclick", () => this.fill());
    hear("fullscreenchange", () => this.drawState(), document);
    hear("enterpictureinpicture leavepictureinpicture", () => this.drawState());
    hear("pointermove pointerdown keydown", () => this.wake(), this.element);
    hear("pointerleave", () => this.rest(600), this.element);
    hear("keydown", (event) => press(event, this) && event.preventDefault(), document);
    hear("online", () => this.clearTrouble(() => this.stream.retry()), window);
    hear("player:say", (event) => this.say(event.detail.words), this.element);
    hear("player:seek", (event) => this.seek(event.detail.seconds, true), document);
    hear("pointerdown", (event) => !this.menuTarget.contains(event.target) && !this.menuButtonTarget.contains(event.target) && this.closeMenu(), document);
  }

  // ── verbs ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  async play() {
    this.element.classList.add("player--begun");
    this.element.classList.toggle("player--waiting", this.film.readyState < 3);
    if (!this.stream.isOpen) await this.stream.open(this.startValue || 0);
    try {
      await this.film.play();
    } catch (refusal) {
      if (refusal.name === "NotAllowedError") this.drawState(); // the browser wants a tap first: the button is there
    }
  }

  toggle() {
    return this.film.paused ? this.play() : this.film.pause();
  }

  /** Where the film still grows, not past what has been made. */
  seek(seconds, andPlay = false) {
    if (!this.stream.isOpen) this.startValue = seconds;
    const { seekable } = this.film;
    const end = this.growingValue && seekable.length ? Math.max(0, seekable.end(seekable.length - 1) - 1) : this.duration;
    if (this.stream.isOpen) this.film.currentTime = Math.min(Math.max(0, seconds), end || seconds);
    if (andPlay) this.play();
    this.draw();
  }

  skip(seconds) {
    this.seek(this.film.currentTime + seconds);
    this.say(`${seconds > 0 ? "+" : "−"}${Math.abs(seconds)} s`);
  }

  seekLine() {
    this.seek(Number(this.rangeTarget.value));
  }

  hoverLine({ clientX }) {
    const box = this.lineTarget.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (clientX - box.left) / box.width));
    const seconds = part * this.duration;
    this.previewTarget.hidden = false;
    this.previewTimeTarget.textContent = clock(seconds);
    this.preview.show(seconds);
    const half = this.previewTarget.offsetWidth / 2;
    this.previewTarget.style.insetInlineStart = `${Math.min(Math.max(part * box.width, half), box.width - half)}px`;
  }

  leaveLine() {
    this.previewTarget.hidden = true;
  }

  mute() {
    this.film.muted = !this.film.muted;
    keep("muted", this.film.muted ? 1 : 0);
  }

  louder(step) {
    this.setVolume(this.film.volume + step);
    this.say(`${Math.round(this.film.volume * 100)} %`);
  }

  slideVolume() {
    this.setVolume(Number(this.volumeTarget.value));
  }

  setVolume(volume) {
    this.film.volume = Math.min(1, Math.max(0, volume));
    this.film.muted = this.film.volume === 0;
    keep("volume", this.film.volume);
    keep("muted", this.film.muted ? 1 : 0);
  }

  faster(step) {
    const at = SPEEDS.indexOf(this.film.playbackRate);
    this.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + step))]);
  }

  chooseSpeed({ target }) {
    this.setSpeed(Number(target.value));
  }

  setSpeed(speed) {
    this.film.defaultPlaybackRate = this.film.playbackRate = speed;
    const field = this.menuTarget.querySelector(`[name=speed][value="${speed}"]`);
    if (field) field.checked = true;
    this.say(`${speed}×`);
  }

  chooseQuality({ target }) {
    this.stream.choose(Number(target.value));
    this.say(target.parentElement.textContent.trim());
  }

  fill() {
    if (document.fullscreenElement) return document.exitFullscreen();
    if (this.element.requestFullscreen) return this.element.requestFullscreen().catch(() => {});
    this.film.webkitEnterFullscreen?.(); // iPhone: only the film itself can fill the screen
  }

  float() {
    if (document.pictureInPictureElement) return document.exitPictureInPicture();
    this.play().then(() => this.film.requestPictureInPicture?.().catch(() => {}));
  }

  cast() {
    this.film.remote.prompt().catch(() => this.say(this.wordsValue.noScreen));
  }

  airplay() {
    this.film.webkitShowPlaybackTargetPicker();
  }

  toggleMenu() {
    const open = this.menuTarget.hidden;
    this.menuTarget.hidden = !open;
    this.menuButtonTarget.setAttribute("aria-expanded", open);
    if (open) this.menuTarget.querySelector("input:checked")?.focus();
  }

  closeMenu() {
    if (this.menuTarget.hidden) return false;
    const inside = this.menuTarget.contains(document.activeElement);
    this.toggleMenu();
    if (inside) this.menuButtonTarget.focus();
    return true;
  }

  explainKeys() {
    this.keysTarget.showModal();
  }

  tap(event) {
    if (event.pointerType === "touch" && !this.film.paused && this.element.classList.contains("player--resting")) return this.wake();
    this.toggle();
  }

  // ── what is shown ──────────────────────────────────────────────────────────────────────────────────────────────────

  /** What the server measured holds before the browser knows, and while the film still grows. */
  get duration() {
    const known = this.film.duration;
    return this.growingValue || !Number.isFinite(known) ? this.durationValue : known;
  }

  draw() {
    const { film, duration } = this;
    const now = this.stream.isOpen ? film.currentTime : this.startValue;
    const ends = [...Array(film.buffered.length).keys()].filter((i) => film.buffered.start(i) <= now + 0.5).map((i) => film.buffered.end(i));
    this.rangeTarget.max = duration || 0;
    this.rangeTarget.value = now;
    this.rangeTarget.setAttribute("aria-valuetext", `${clock(now)} / ${clock(duration)}`);
    this.lineTarget.style.setProperty("--played", duration ? now / duration : 0);
    this.lineTarget.style.setProperty("--loaded", duration ? Math.max(0, ...ends) / duration : 0);
    this.nowTarget.textContent = clock(now);
    this.lengthTarget.textContent = clock(duration);
    this.volumeTarget.value = film.muted ? 0 : film.volume;
    this.volumeTarget.style.setProperty("--played", film.muted ? 0 : film.volume);
    this.element.classList.toggle("player--muted", film.muted || film.volume === 0);
    this.name("mute", film.muted ? this.wordsValue.unmute : this.wordsValue.mute);
  }

  drawState() {
    const { film } = this;
    this.element.classList.toggle("player--playing", !film.paused && !film.ended);
    this.element.classList.toggle("player--ended", film.ended);
    this.element.classList.toggle("player--filled", document.fullscreenElement === this.element);
    this.name("toggle", film.paused ? this.wordsValue.play : this.wordsValue.pause);
    this.name("fill", document.fullscreenElement ? this.wordsValue.unfill : this.wordsValue.fill);
    if (navigator.mediaSession) navigator.mediaSession.playbackState = film.paused ? "paused" : "playing";
    this.wake();
  }

  name(action, words) {
    for (const button of this.element.querySelectorAll(`[data-action~="player#${action}"]`)) {
      button.setAttribute("aria-label", words);
      button.title = words;
    }
  }

  started() {
    this.clearTrouble();
    this.stillTarget.hidden = true;
    if (this.told) return;
    this.told = true;
    tellDevice(this, { title: this.titleValue, artist: this.artistValue, poster: this.posterValue });
  }

  wake() {
    this.element.classList.remove("player--resting");
    this.rest();
  }

  rest(after = 2600) {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      const busy = this.film.paused || !this.menuTarget.hidden || this.barTarget.matches(":has(:focus-visible)");
      this.element.classList.toggle("player--resting", !busy);
    }, after);
  }

  say(words) {
    this.saidTarget.textContent = words;
    this.saidTarget.classList.remove("player__said--shown");
    void this.saidTarget.offsetWidth; // starts the animation again
    this.saidTarget.classList.add("player__said--shown");
  }

  offerDevices() {
    this.floatTarget.hidden = !document.pictureInPictureEnabled;
    this.fillTarget.hidden = !(document.fullscreenEnabled || this.film.webkitSupportsFullscreen);
    this.airplayTarget.hidden = !("WebKitPlaybackTargetAvailabilityEvent" in window);
    this.film.remote?.watchAvailability((there) => (this.castTarget.hidden = !there)).catch(() => {});
  }

  // ── rungs ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  listQualities(levels) {
    const rungs = [...levels].sort((a, b) => b.height - a.height || b.bitrate - a.bitrate);
    const best = rungs.filter((rung, i) => rungs.findIndex((other) => other.height === rung.height) === i);
    this.known = levels.length;
    this.qualityTarget.hidden = best.length < 2;
    this.qualitiesTarget.replaceChildren(
      this.qualityField(-1, this.wordsValue.auto, true),
      ...best.map((rung) => this.qualityField(rung.index, `${rung.height}p`)),
    );
  }

  qualityField(value, words, checked = false) {
    const label = document.createElement("label");
    const field = Object.assign(document.createElement("input"), { type: "radio", name: "quality", value, checked });
    field.dataset.action = "player#chooseQuality";
    const text = document.createElement("span");
    text.textContent = words;
    label.append(field, text);
    return label;
  }

  showQuality(height) {
    const auto = this.qualitiesTarget.querySelector("[value='-1'] + span");
    if (auto) auto.textContent = this.stream.isAutomatic && height ? `${this.wordsValue.auto} (${height}p)` : this.wordsValue.auto;
    this.element.dataset.height = height ?? "";
  }

  /** New rungs come while the film is being made: asks until all is ready, and takes whole ones up where we are. */
  watchGrowth() {
    this.growth = setInterval(async () => {
      const answer = await fetch(this.statusValue, { headers: { accept: "application/json" } }).catch(() => null);
      if (!answer?.ok) return;
      const video = await answer.json();
      if (video.storyboard && !this.storyboardValue) this.preview = new Preview((this.storyboardValue = video.storyboard), this.frameTarget);
      if (video.duration) this.durationValue = video.duration;
      const whole = video.renditions.every((rung) => !rung.growing);
      if (whole && video.renditions.length > (this.known ?? 0)) this.takeUp(video.hls, video.renditions.length);
      if (whole) this.growingValue = false;
      if (["ready", "failed"].includes(video.state)) clearInterval(this.growth);
    }, 4000);
  }

  takeUp(address, rungs) {
    this.known = rungs;
    this.hlsValue = this.stream.address = address;
    if (this.stream.hls) this.reopen(address);
  }

  /** The last picture stays on screen while the stream is opened again. */
  async reopen(address) {
    const { film } = this;
    const [at, playing] = [film.currentTime, !film.paused];
    if (film.videoWidth) {
      Object.assign(this.stillTarget, { width: film.videoWidth, height: film.videoHeight, hidden: false });
      this.stillTarget.getContext("2d").drawImage(film, 0, 0);
    }
    await this.stream.reopen(address, at);
    if (playing) film.play().catch(() => {});
    else film.addEventListener("loadeddata", () => (this.stillTarget.hidden = true), { once: true });
  }

  // ── trouble ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Says what happened and what to do. A signature that ran out is renewed without a word. */
  async report(name) {
    if (name === "expired" && this.renewals !== this.film.currentTime) {
      this.renewals = this.film.currentTime;
      const answer = await fetch(this.statusValue, { headers: { accept: "application/json" } }).catch(() => null);
      const { hls } = answer?.ok ? await answer.json() : {};
      if (hls) return this.reopen(hls);
    }
    this.element.classList.remove("player--waiting");
    this.troubleTextTarget.textContent = this.wordsValue[name] ?? this.wordsValue.broken;
    this.troubleTarget.hidden = false;
  }

  clearTrouble(then) {
    if (this.troubleTarget.hidden) return;
    this.troubleTarget.hidden = true;
    then?.();
  }

  tryAgain() {
    this.clearTrouble(() => (this.stream.isOpen ? this.stream.retry() : this.play()));
    this.film.play().catch(() => {});
  }
}
