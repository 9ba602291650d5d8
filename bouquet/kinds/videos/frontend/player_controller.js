// The player: our own controls around a plain <video> that the server wrote (without this script it still plays where
// the browser knows HLS). Own controls rather than a library: the ones there are need inline styles, which the
// Content-Security-Policy of every page refuses, and weigh four times as much.
import { Controller } from "@hotwired/stimulus";
import { Attention } from "./player/attention.js";
import { clock } from "./player/clock.js";
import { End, goTo, nextFilms, wasCarriedOn } from "./player/end.js";
import { follow } from "./player/following.js";
import { Growth } from "./player/growth.js";
import { press } from "./player/keys.js";
import { Place, asWritten } from "./player/place.js";
import { Preview } from "./player/preview.js";
import { Rungs } from "./player/rungs.js";
import { tellDevice, tellPosition } from "./player/session.js";
import { Sound } from "./player/sound.js";
import { showMoment } from "./player/still.js";
import { Stream, fetchLibrary } from "./player/stream.js";
import { Taps } from "./player/taps.js";
import { Trouble } from "./player/trouble.js";
import { Wishes } from "./player/wishes.js";

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];
const FRAME = 1 / 25;
const LOW = 340; // pixels: in a lower player the menu is a sheet over the page

export default class extends Controller {
  static targets = [
    "film", "bar", "range", "line", "preview", "previewTime", "frame", "now", "length", "volume", "menu", "menuButton",
    "quality", "qualities", "voice", "voices", "trouble", "troubleText", "again", "retry", "slow", "spare", "keys", "float",
    "cast", "airplay", "fill", "still", "said", "theatre", "end", "resumed", "resumedText",
  ];
  static values = {
    hls: String, status: String, ticket: String, storyboard: String, title: String, artist: String, poster: String,
    duration: Number, start: Number, asked: Boolean, growing: Boolean, autoplay: Boolean, words: Object, place: Object,
    gain: Number, address: String,
  };

  connect() {
    this.film = this.filmTarget;
    this.attention = new Attention(this.ticketValue, this.film, () => this.duration);
    this.preview = new Preview(this.storyboardValue, this.frameTarget);
    this.trouble = new Trouble(this);
    this.rungs = new Rungs(this);
    this.stream = new Stream(this.film, this.hlsValue, {
      levels: (levels) => this.rungs.list(levels),
      level: (height) => this.rungs.show(height),
      voices: (voices) => this.rungs.listVoices(voices),
      bytes: () => this.trouble.moved(),
      trouble: (name) => this.trouble.report(name),
    });
    this.sound = new Sound(this.film, this.gainValue);
    this.place = new Place(this.film, this.placeValue, () => this.duration);
    this.startValue = this.place.begin(this.askedValue ? this.startValue : null);
    this.wishes = new Wishes(this);
    this.ending = new End(this);
    this.film.controls = false;
    this.barTarget.hidden = false;
    this.element.classList.add("player--own");
    this.offerDevices();
    this.listen();
    this.sayResumed();
    this.draw();
    if (this.growingValue) this.growth = new Growth(this);
    if (this.autoplayValue || wasCarriedOn()) this.play();
  }

  disconnect() {
    this.listening.abort();
    this.attention.leave();
    this.place.leave();
    this.trouble.leave();
    this.growth?.leave();
    this.ending.hide();
    clearTimeout(this.resting);
    this.stream.close();
    this.sound.close();
  }

  listen() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    const hear = (names, act, on = this.film) => names.split(" ").forEach((name) => on.addEventListener(name, act, { signal }));
    new Taps(this, signal);
    hear("pointerenter focusin touchstart", () => this.stream.isSparing || fetchLibrary()?.catch(() => {}), this.element);
    hear("timeupdate progress durationchange seeked loadedmetadata ratechange volumechange", () => this.draw());
    hear("play pause ended seeking", () => this.drawState());
    hear("play seeking", () => this.ending.hide());
    hear("ended", () => this.ending.show());
    hear("waiting stalled", () => this.film.readyState < 3 && this.trouble.wait());
    hear("progress", () => this.trouble.moved());
    hear("playing canplay seeked pause", () => this.trouble.flows());
    hear("playing", () => this.started());
    hear("ratechange playing seeked", () => tellPosition(this.film, this.duration));
    hear("fullscreenchange", () => this.drawState(), document);
    hear("enterpictureinpicture leavepictureinpicture", () => this.drawState());
    hear("webkitplaybacktargetavailabilitychanged", (event) => (this.airplayTarget.hidden = event.availability !== "available"));
    hear("pointermove pointerdown keydown", () => this.wake(), this.element);
    hear("pointerleave", () => this.rest(600), this.element);
    hear("keydown", (event) => press(event, this) && event.preventDefault(), document);
    hear("online", () => this.trouble.name && this.trouble.tryNow(), window);
    hear("hashchange", () => asWritten(location) !== null && this.seek(asWritten(location)), window);
    hear("player:say", (event) => this.say(event.detail.words), this.element);
    hear("player:seek", ({ detail }) => (detail.still ? showMoment(this, detail.seconds) : this.seek(detail.seconds, true)), document);
    hear("pointerdown", (event) => !this.menuTarget.contains(event.target) && !this.menuButtonTarget.contains(event.target) && this.closeMenu(), document);
  }

  // ── verbs ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  async play() {
    this.element.classList.add("player--begun");
    this.sound.amplify();
    if (!this.stream.isOpen) {
      this.trouble.wait(true);
      await this.stream.open(this.startValue || 0);
    }
    try {
      await this.film.play();
    } catch (refusal) {
      if (refusal.name !== "NotAllowedError") return;
      this.trouble.flows();
      this.element.classList.remove("player--begun"); // the browser wants a tap first
      this.drawState();
    }
  }

  toggle() {
    if (!this.film.paused) return this.film.pause();
    this.sound.amplify();
    return this.play();
  }

  /** Where the film still grows, not past what has been made. */
  seek(seconds, andPlay = false) {
    this.resumedTarget.hidden = true;
    if (!this.film.readyState) this.startValue = Math.min(Math.max(0, seconds), this.duration || seconds);
    const { seekable } = this.film;
    const end = this.growingValue && seekable.length ? Math.max(0, seekable.end(seekable.length - 1) - 1) : this.duration;
    if (this.stream.isOpen) this.film.currentTime = Math.min(Math.max(0, seconds), end || seconds);
    if (andPlay) this.play();
    this.draw();
  }

  /** `told` where several leaps are told as one. */
  skip(seconds, told = seconds) {
    this.seek((this.stream.isOpen ? this.film.currentTime : this.startValue) + seconds);
    this.say(`${told > 0 ? "+" : "−"}${Math.abs(told)} s`, Math.sign(told));
  }

  frame(step) {
    if (this.film.paused) this.seek(this.film.currentTime + step * FRAME);
  }

  fromStart() {
    this.seek(0, true);
  }

  next() {
    const [link] = nextFilms();
    if (link) goTo(link);
  }

  seekLine() {
    showMoment(this, Number(this.rangeTarget.value));
  }

  hoverLine({ clientX }) {
    const box = this.lineTarget.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (clientX - box.left) / box.width));
    const seconds = part * this.duration;
    this.previewTarget.hidden = false;
    this.previewTimeTarget.textContent = clock(seconds);
    if (!this.stream.isSparing) this.preview.show(seconds);
    const half = this.previewTarget.offsetWidth / 2;
    this.previewTarget.style.insetInlineStart = `${Math.min(Math.max(part * box.width, half), box.width - half)}px`;
  }

  leaveLine() {
    this.previewTarget.hidden = true;
  }

  mute() {
    this.sound.mute(!this.film.muted);
  }

  louder(step) {
    this.sound.set(this.sound.volume + step);
    this.say(`${Math.round(this.sound.volume * 100)} %`);
  }

  slideVolume() {
    this.sound.set(Number(this.volumeTarget.value));
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
    this.say(target.parentElement.querySelector("span").firstChild.textContent);
  }

  chooseVoice({ target }) {
    this.rungs.choose(Number(target.value));
    this.say(target.parentElement.textContent.trim());
  }

  wish({ target }) {
    this.wishes.set(target.name, target.checked);
    this.draw();
  }

  spareData() {
    this.wishes.set("saver", true);
    this.wishes.show();
    this.slowTarget.hidden = true;
  }

  theatre() {
    this.wishes.theatre();
  }

  copyAddress() {
    this.wishes.copyAddress();
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
    const { menuTarget } = this;
    if (open) menuTarget.popover = this.element.clientHeight < LOW ? "manual" : null; // the sheet leaves the player's frame
    else if (menuTarget.popover) menuTarget.hidePopover();
    menuTarget.hidden = !open;
    this.menuButtonTarget.setAttribute("aria-expanded", open);
    if (!open) return;
    menuTarget.style.setProperty("--room", `${this.element.clientHeight - 84}px`);
    if (menuTarget.popover) menuTarget.showPopover();
    menuTarget.querySelector("fieldset:not([hidden]) input:checked")?.focus({ preventScroll: true });
  }

  closeMenu() {
    if (this.menuTarget.hidden) return false;
    const inside = this.menuTarget.contains(document.activeElement);
    this.toggleMenu();
    if (inside) this.menuButtonTarget.focus();
    return true;
  }

  /** Escape: what is nearest to being called off. */
  back() {
    return this.ending.callOff() || this.closeMenu();
  }

  explainKeys() {
    this.closeMenu();
    this.keysTarget.showModal();
  }

  tryAgain() {
    this.trouble.tryNow();
  }

  // ── what is shown ──────────────────────────────────────────────────────────────────────────────────────────────────

  /** What the server measured holds before the browser knows, and while the film still grows. */
  get duration() {
    const known = this.film.duration;
    return this.growingValue || !Number.isFinite(known) ? this.durationValue : known;
  }

  draw() {
    const { film, duration } = this;
    const now = this.stream.isOpen && film.readyState ? film.currentTime : this.startValue;
    const ends = [...Array(film.buffered.length).keys()].filter((i) => film.buffered.start(i) <= now + 0.5).map((i) => film.buffered.end(i));
    this.rangeTarget.max = duration || 0;
    this.rangeTarget.value = now;
    this.rangeTarget.setAttribute("aria-valuetext", `${clock(now)} / ${clock(duration)}`);
    this.lineTarget.style.setProperty("--played", duration ? now / duration : 0);
    this.lineTarget.style.setProperty("--loaded", duration ? Math.max(0, ...ends) / duration : 0);
    this.nowTarget.textContent = clock(now);
    this.lengthTarget.textContent = clock(duration);
    this.volumeTarget.value = this.sound.shown;
    this.volumeTarget.style.setProperty("--played", this.sound.shown);
    this.element.classList.toggle("player--muted", this.sound.shown === 0);
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
    this.trouble.over();
    this.stillTarget.hidden = this.resumedTarget.hidden = true;
    if (this.told) return;
    this.told = true;
    tellDevice(this, { title: this.titleValue, artist: this.artistValue, poster: this.posterValue });
  }

  sayResumed() {
    this.resumedTarget.hidden = !this.place.isResumed;
    this.resumedTextTarget.textContent = this.wordsValue.resumed.replace("%s", clock(this.startValue));
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

  say(words, side = 0) {
    this.saidTarget.textContent = words;
    this.saidTarget.dataset.side = side;
    this.saidTarget.classList.remove("player__said--shown");
    void this.saidTarget.offsetWidth; // starts the animation again
    this.saidTarget.classList.add("player__said--shown");
  }

  offerDevices() {
    this.floatTarget.hidden = !document.pictureInPictureEnabled;
    this.fillTarget.hidden = !(document.fullscreenEnabled || this.film.webkitSupportsFullscreen);
    this.film.remote?.watchAvailability((there) => (this.castTarget.hidden = !there)).catch(() => {});
  }

  offerStoryboard(address) {
    if (!this.storyboardValue) this.preview = new Preview((this.storyboardValue = address), this.frameTarget);
  }

  takeUp(address, rungs) {
    this.rungs.known = rungs;
    follow(this, address);
    this.stream.address = address;
    if (this.stream.hls) this.reopen(address);
  }

  /** The last picture stays on screen while the stream is opened again. */
  async reopen(address) {
    const { film } = this;
    const [at, playing] = [film.currentTime || this.startValue, !film.paused || this.trouble.wasPlaying];
    if (film.videoWidth) {
      Object.assign(this.stillTarget, { width: film.videoWidth, height: film.videoHeight, hidden: false });
      this.stillTarget.getContext("2d").drawImage(film, 0, 0);
    }
    follow(this, address);
    await this.stream.reopen(address, at);
    if (playing) film.play().catch(() => {});
    else film.addEventListener("loadeddata", () => (this.stillTarget.hidden = true), { once: true });
  }
}
