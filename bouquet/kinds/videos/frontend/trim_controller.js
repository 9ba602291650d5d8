// The two ends of what stays of a film: written, slid, or taken from where the player stands. The player shows each.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  static targets = ["line", "kept", "start", "end", "slide", "here", "said"];
  static values = { length: Number };

  connect() {
    if (!this.hasStartTarget) return;
    for (const element of [this.lineTarget, ...this.slideTargets, ...this.hereTargets]) element.hidden = false;
    for (const field of [this.field("starts_at"), this.field("ends_at")]) field.addEventListener("change", () => this.read());
    this.read();
  }

  slideStart() {
    this.write("starts_at", Math.min(Number(this.startTarget.value), this.lengthValue - 1));
    this.seek(this.startTarget.value);
  }

  slideEnd() {
    this.write("ends_at", Math.max(Number(this.endTarget.value), 1));
    this.seek(this.endTarget.value);
  }

  beginHere() {
    if (this.film) this.write("starts_at", this.film.currentTime);
  }

  endHere() {
    if (this.film) this.write("ends_at", this.film.currentTime);
  }

  get film() {
    return this.element.querySelector(".player__film");
  }

  field(name) {
    return this.element.querySelector(`[name=${name}]`);
  }

  seek(seconds) {
    this.film?.pause();
    document.dispatchEvent(new CustomEvent("player:seek", { detail: { seconds: Number(seconds), still: true } }));
  }

  write(name, seconds) {
    this.field(name).value = clock(Math.min(Math.max(0, seconds), this.lengthValue));
    this.read();
  }

  read() {
    const [from, to] = [seconds(this.field("starts_at").value), seconds(this.field("ends_at").value)];
    if (from === null || to === null || to <= from) return (this.saidTarget.textContent = "");
    this.startTarget.value = from;
    this.endTarget.value = to;
    this.keptTarget.style.setProperty("--from", from / this.lengthValue);
    this.keptTarget.style.setProperty("--share", (Math.min(to, this.lengthValue) - from) / this.lengthValue);
    this.saidTarget.textContent = this.saidTarget.dataset.words
      .replace("{length}", clock(Math.min(to, this.lengthValue) - from))
      .replace("{all}", clock(this.lengthValue));
  }
}

function seconds(text) {
  const parts = text.trim().replace(",", ".").split(":").map(Number);
  if (!text.trim() || parts.some((part) => !Number.isFinite(part) || part < 0)) return null;
  return parts.reduce((sum, part) => sum * 60 + part, 0);
}

function clock(value) {
  const thousandths = Math.round(value * 1000);
  const [hours, minutes, left] = [Math.floor(thousandths / 3_600_000), Math.floor(thousandths / 60_000) % 60, (thousandths % 60_000) / 1000];
  const tail = left.toFixed(3).replace(/\.?0+$/, "");
  const padded = left < 10 ? `0${tail}` : tail;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${padded}` : `${minutes}:${padded}`;
}
