// The film's bytes: hls.js where the browser has Media Source Extensions, the browser's own HLS on Apple's WebKit
// (AirPlay and a play() that keeps the tap that asked for it) and where nothing else is there.
import { keep, recall } from "./memory.js";

const FIRST_GUESS = 1_500_000; // bits per second, before anything was measured on this device
const APPLE = "WebKitPlaybackTargetAvailabilityEvent" in window;

let library = null;

/** Starts to fetch hls.js (about 185 kB): on the first sign that somebody wants to watch, not before. */
export function fetchLibrary() {
  if (APPLE) return Promise.resolve(null);
  return (library ??= import("hls.js").then((module) => module.default));
}

export class Stream {
  /** `on.levels(list)` when rungs are known, `on.trouble(name)` when playing cannot go on, `on.level(height)`. */
  constructor(film, address, on) {
    this.film = film;
    this.address = address;
    this.on = on;
    this.hls = null;
    this.mended = 0;
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
      return this.on.trouble("offline");
    }
    if (Hls?.isSupported()) return this.startLibrary(Hls, at);
    if (this.film.canPlayType("application/vnd.apple.mpegurl")) return this.startNative(at);
    this.on.trouble("unsupported");
  }

  startNative(at) {
    this.film.src = this.address + (at ? `#t=${at}` : "");
    this.film.addEventListener("error", () => this.on.trouble(navigator.onLine ? "broken" : "offline"), { once: true });
  }

  startLibrary(Hls, at) {
    const remembered = Number(recall("bandwidth")) || 0;
    this.film.replaceChildren(...[...this.film.children].filter((child) => child.localName !== "source"));
    this.hls = new Hls({
      startPosition: at, // a playlist that still grows would otherwise start at its end
      abrEwmaDefaultEstimate: remembered || FIRST_GUESS,
      testBandwidth: !remembered,
      capLevelToPlayerSize: true,
      maxBufferLength: 30,
      backBufferLength: 60,
      liveDurationInfinity: false,
      enableWebVTT: false, // captions are <track>s of our own, in every browser the same
      enableIMSC1: false,
      enableCEA708Captions: false,
    });
    this.Hls = Hls;
    this.hls.on(Hls.Events.MANIFEST_PARSED, () => this.on.levels(this.levels));
    this.hls.on(Hls.Events.LEVEL_SWITCHED, (_, data) => this.on.level(this.hls.levels[data.level]?.height));
    this.hls.on(Hls.Events.FRAG_BUFFERED, () => this.remember());
    this.hls.on(Hls.Events.ERROR, (_, data) => data.fatal && this.mend(data));
    this.hls.attachMedia(this.film);
    this.hls.loadSource(this.address);
  }

  get levels() {
    return (this.hls?.levels ?? []).map((level, index) => ({ index, height: level.height, bitrate: level.bitrate }));
  }

  get isAutomatic() {
    return this.hls?.autoLevelEnabled ?? true;
  }

  /** -1 lets the connection decide. */
  choose(index) {
    if (this.hls) this.hls.nextLevel = index;
  }

  remember() {
    const estimate = this.hls?.bandwidthEstimate;
    if (estimate) keep("bandwidth", Math.round(estimate));
  }

  /** Network: a stale signature asks for a new address, anything else waits for the line. Media: one repair. */
  mend(data) {
    const { ErrorTypes } = this.Hls;
    if (data.type === ErrorTypes.NETWORK_ERROR) {
      const status = data.response?.code;
      if (status === 403 || status === 410) return this.on.trouble("expired");
      if (status === 404 || status === 451) return this.on.trouble("gone");
      return this.on.trouble(navigator.onLine ? "network" : "offline");
    }
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
    this.hls?.destroy();
    this.hls = null;
    this.opening = null;
  }
}
