// Chapters on the time line: a notch where each begins, its title under the pointer and beside the clock.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  static targets = ["line", "notches", "hovered", "now"];
  static values = { marks: Array, duration: Number };

  connect() {
    this.film = this.element.querySelector("video");
    this.listening = new AbortController();
    const { signal } = this.listening;
    if (!this.marksValue.length) return;
    for (const name of ["timeupdate", "seeked", "durationchange"]) this.film.addEventListener(name, () => this.follow(), { signal });
    this.lineTarget.addEventListener("pointermove", (event) => this.hover(event), { signal });
    this.drawNotches();
    this.follow();
  }

  disconnect() {
    this.listening.abort();
  }

  get duration() {
    return Number.isFinite(this.film.duration) && this.film.duration > 0 ? this.film.duration : this.durationValue;
  }

  drawNotches() {
    const notches = this.marksValue.slice(1).map(([at]) => {
      const notch = document.createElement("i");
      notch.style.insetInlineStart = `${(at / this.durationValue) * 100}%`;
      return notch;
    });
    this.notchesTarget.replaceChildren(...notches);
  }

  hover({ clientX }) {
    const box = this.lineTarget.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (clientX - box.left) / box.width));
    this.hoveredTarget.textContent = this.marksValue[this.at(part * this.duration)]?.[1] ?? "";
  }

  follow() {
    const number = this.at(this.film.currentTime);
    if (number === this.number) return;
    this.number = number;
    this.nowTarget.textContent = this.marksValue[number]?.[1] ?? "";
    document.querySelectorAll("[data-chapter]").forEach((each) => {
      if (Number(each.dataset.chapter) === number) each.setAttribute("aria-current", "true");
      else each.removeAttribute("aria-current");
    });
  }

  at(seconds) {
    return this.marksValue.findLastIndex(([start]) => start <= seconds + 0.05);
  }
}
