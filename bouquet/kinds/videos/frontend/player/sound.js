// How loud the film is: what the viewer wants, times what brings it to the loudness of the others (measured when it was
// made ready; the file is never altered). Softer is done by the volume; louder than the file only by Web Audio, with a
// limiter behind, and only where that cannot make the film silent: not on Apple's own player, not before a tap.
import { keep, recall } from "./memory.js";

const LEAST = -24; // decibels
const MOST = 9;

export class Sound {
  constructor(film, gain) {
    this.film = film;
    this.gain = Math.min(MOST, Math.max(LEAST, gain || 0));
    const kept = Number(recall("volume") ?? 1);
    this.volume = kept >= 0 && kept <= 1 ? kept : 1;
    this.isLevelled = recall("levelled") !== "0";
    film.muted = recall("muted") === "1";
    this.apply();
  }

  /** What the slider shows. */
  get shown() {
    return this.film.muted ? 0 : this.volume;
  }

  get loudness() {
    return this.volume * (this.isLevelled ? 10 ** (this.gain / 20) : 1);
  }

  set(volume) {
    this.volume = Math.min(1, Math.max(0, volume));
    this.mute(this.volume === 0);
    keep("volume", this.volume);
  }

  mute(muted) {
    if (!muted && !this.volume) this.volume = 0.5;
    this.film.muted = muted;
    keep("muted", muted ? 1 : 0);
    this.apply();
  }

  level(wanted) {
    this.isLevelled = wanted;
    keep("levelled", wanted ? 1 : 0);
    this.apply();
  }

  apply() {
    this.film.volume = Math.min(1, this.loudness);
    if (this.amplifier) this.amplifier.gain.value = Math.max(1, this.loudness);
  }

  /** After a tap. A film that has gone through Web Audio cannot leave it again: so only once its clock really runs. */
  async amplify() {
    if (this.context) return this.context.resume().catch(() => {});
    if (this.loudness <= 1.05 || !window.AudioContext || this.film.remote?.state === "connected") return;
    const context = (this.context = new AudioContext());
    await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 1000))]).catch(() => {});
    if (context.state !== "running") return this.giveUp();
    try {
      this.amplifier = new GainNode(context);
      const limiter = new DynamicsCompressorNode(context, { threshold: -2, knee: 0, ratio: 20, attack: 0.003, release: 0.1 });
      context.createMediaElementSource(this.film).connect(this.amplifier).connect(limiter).connect(context.destination);
      context.onstatechange = () => context.state !== "running" && !this.film.paused && context.resume().catch(() => {});
      this.apply();
    } catch {
      this.giveUp();
    }
  }

  giveUp() {
    this.context?.close().catch(() => {});
    this.context = this.amplifier = null;
  }

  close() {
    this.context?.close().catch(() => {});
  }
}
