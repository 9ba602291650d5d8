// The film's bytes: hls.js where the browser has Media Source Extensions, the browser's own HLS on Apple's WebKit
// (AirPlay and a play() that keeps the tap that asked for it) and where nothing else is there.
import { keep, recall } from "./memory.js";
import { HIGHEST, isSparing } from "./saving.js";

const FIRST_GUESS = 1_500_000; // bits per second, before anything was measured on this device
const APPLE = "WebKitPlaybackTargetAvailabilityEvent" in window;
const REFUSED = [401, 402, 403, 410, 451];
const DESCRIBES = "public.accessibility.describes-video"; // RFC 8216, 4.3.4.1

let library = null;

/** Starts to fetch hls.js (about 185 kB): on the first sign that somebody wants to watch, not before. */
export function fetchLibrary() {
  if (APPLE) return Promise.resolve(null);
  return (library ??= import("hls.js").then((module) => module.default));
}

export class Stream {
  /** `on.levels(list)` when rungs are known, `on.voices(list)`, `on.trouble(name)` when playing cannot go on, `on.level(height)`, `on.bytes()`. */
  constructor(film, address, on) {
    this.film = film;
    this.address = address;
    this.on = on;
    this.hls = null;
    this.mended = 0;
    this.isSparing = isSparing();
  }

  get isNative() {
    return APPLE;
  }

  get isOpen() {
    return Boolean(this.opening);
  }

  open(at = 0) {
    return (this.opening ??= this.start(at));
  }

  async start(at) {
    let Hls = null;
    try {
      Hls = await fetchLibrary();
    } catch {
      library = null;
      this.opening = null;
      return this.on.trouble(navigator.onLine ? "network" : "offline");
    }
    if (Hls?.isSupported()) return this.startLibrary(Hls, at);
    if (this.film.canPlayType("application/vnd.apple.mpegurl")) return this.startNative(at);
    this.on.trouble("unsupported");
  }

  // ── the browser's own HLS ──────────────────────────────────────────────────────────────────────────────────────────

  startNative(at) {
    const { film } = this;
    this.listening = new AbortController();
    const { signal } = this.listening;
    film.src = this.address;
    if (at) film.addEventListener("loadedmetadata", () => (film.currentTime = at), { signal, once: true });
    film.addEventListener("loadedmetadata", () => this.on.voices(this.voices), { signal });
    film.audioTracks?.addEventListener?.("addtrack", () => this.on.voices(this.voices), { signal });
    film.addEventListener("error", () => this.classify(film.error?.code), { signal });
  }

  /** The browser does not say why: the same address, asked once more, does. */
  async classify(code) {
    if (!navigator.onLine) return this.on.trouble("offline");
    const answer = await fetch(this.address, { cache: "no-store" }).catch(() => null);
    if (!answer) return this.on.trouble("network");
    if (answer.status === 403 || answer.status === 410) return this.on.trouble("expired");
    if (answer.status >= 500) return this.on.trouble("network");
    if (answer.status >= 400) return this.on.trouble("expired"); // the film's own address says why
    this.on.trouble(code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED ? "codec" : code === MediaError.MEDIA_ERR_NETWORK ? "network" : "broken");
  }

  // ── hls.js ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  startLibrary(Hls, at) {
    const remembered = Number(recall("bandwidth")) || 0;
    this.film.replaceChildren(...[...this.film.children].filter((child) => child.localName !== "source"));
    this.hls = new Hls({
      startPosition: at, // a playlist that still grows would otherwise start at its end
      abrEwmaDefaultEstimate: remembered || FIRST_GUESS,
      testBandwidth: !remembered,
      capLevelToPlayerSize: !this.isSparing,
      maxBufferLength: this.isSparing ? 12 : 30,
      maxMaxBufferLength: this.isSparing ? 20 : 600,
      backBufferLength: this.isSparing ? 20 : 60,
      liveDurationInfinity: false,
      enableWebVTT: false, // captions are <track>s of our own, in every browser the same
      enableIMSC1: false,
      enableCEA708Captions: false,
    });
    this.Hls = Hls;
    const { Events } = Hls;
    this.hls.on(Events.MANIFEST_PARSED, () => {
      this.cap();
      this.on.levels(this.levels);
    });
    this.hls.on(Events.AUDIO_TRACKS_UPDATED, () => this.on.voices(this.voices));
    this.hls.on(Events.LEVEL_SWITCHED, (_, data) => this.on.level(this.hls.levels[data.level]?.height));
    this.hls.on(Events.FRAG_BUFFERED, () => this.remember());
    this.hls.on(Events.ERROR, (_, data) => this.mend(data));
    this.hls.attachMedia(this.film);
    this.hls.loadSource(this.address);
  }

  /** Of a film in two codecs: those of the codec that is played. */
  get levels() {
    const all = this.hls?.levels ?? [];
    const played = (all[this.hls?.loadLevel] ?? all[this.hls?.firstAutoLevel])?.codecSet;
    const levels = all.map((level, index) => ({ index, height: level.height, bitrate: level.bitrate, codecs: level.codecSet }));
    return levels.filter((level) => !played || level.codecs === played);
  }

  get isAutomatic() {
    return this.hls?.autoLevelEnabled ?? true;
  }

  /** -1 lets the connection decide. */
  choose(index) {
    if (this.hls) this.hls.nextLevel = index;
  }

  /** Sparing data: nothing above 480 lines unless it is chosen by hand, and little ahead of time. */
  spare(wanted) {
    this.isSparing = wanted;
    if (!this.hls) return;
    this.hls.config.maxBufferLength = wanted ? 12 : 30;
    this.hls.config.maxMaxBufferLength = wanted ? 20 : 600;
    this.cap();
  }

  cap() {
    const { hls } = this;
    hls.capLevelToPlayerSize = !this.isSparing;
    if (!this.isSparing) return;
    const small = hls.levels.map(({ width, height }) => Math.min(width || height, height) <= HIGHEST);
    hls.autoLevelCapping = Math.max(0, small.lastIndexOf(true));
  }

  // ── voices ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The film's audio tracks: `{ index, name, language, describes, isOn }`. */
  get voices() {
    if (this.hls)
      return this.hls.audioTracks.map((track, index) => ({
        index,
        name: track.name,
        language: track.lang,
        describes: Boolean(track.characteristics?.includes(DESCRIBES)),
        isOn: index === this.hls.audioTrack,
      }));
    return [...(this.film.audioTracks ?? [])].map((track, index) => ({
      index,
      name: track.label,
      language: track.language,
      describes: /descri/.test(track.kind),
      isOn: track.enabled,
    }));
  }

  speak(index) {
    if (this.hls) this.hls.audioTrack = index;
    else [...(this.film.audioTracks ?? [])].forEach((track, number) => (track.enabled = number === index));
  }

  // ── trouble ────────────────────────────────────────────────────────────────────────────────────────────────────────

  remember() {
    this.on.bytes();
    const estimate = this.hls?.bandwidthEstimate;
    if (estimate) keep("bandwidth", Math.round(estimate));
  }

  /** Network: a refused address is asked for anew at once, anything else waits for the line. Media: two repairs. */
  mend(data) {
    const { ErrorTypes, ErrorDetails } = this.Hls;
    const status = data.response?.code;
    if (data.type === ErrorTypes.NETWORK_ERROR && REFUSED.includes(status)) {
      this.hls?.stopLoad(); // or the library tries every rung in turn
      return this.on.trouble("expired");
    }
    if (!data.fatal) return;
    if (data.type === ErrorTypes.NETWORK_ERROR) {
      if (status === 404) return this.on.trouble("expired");
      return this.on.trouble(navigator.onLine ? "network" : "offline");
    }
    const codecs = [ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR, ErrorDetails.BUFFER_ADD_CODEC_ERROR, ErrorDetails.BUFFER_INCOMPATIBLE_CODECS_ERROR];
    if (codecs.includes(data.details)) return this.on.trouble("codec");
    if (data.type === ErrorTypes.MEDIA_ERROR && this.mended++ < 2) return this.hls.recoverMediaError();
    this.on.trouble("broken");
  }

  retry() {
    if (this.hls?.levels?.length) this.hls.startLoad();
    else this.reopen(this.address, this.film.currentTime);
  }

  /** Reads the list of renditions again (new rungs, a new signature) and goes on at the same moment. */
  reopen(address, at) {
    this.address = address;
    this.close();
    return this.open(at);
  }

  close() {
    this.listening?.abort();
    this.hls?.destroy();
    this.hls = null;
    this.opening = null;
  }
}
