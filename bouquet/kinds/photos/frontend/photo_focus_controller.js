// What matters in a photo: a click on it writes the two numbers of the form, and a mark shows where they are.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  static targets = ["stage", "point"];

  connect() {
    this.across = this.element.querySelector("[name=focus_x]");
    this.down = this.element.querySelector("[name=focus_y]");
    for (const input of [this.across, this.down]) input.addEventListener("input", () => this.mark());
    this.mark();
  }

  choose(event) {
    const { left, top, width, height } = this.stageTarget.querySelector("img").getBoundingClientRect();
    this.across.value = this.share((event.clientX - left) / width);
    this.down.value = this.share((event.clientY - top) / height);
    this.mark();
  }

  share(value) {
    return Math.round(Math.min(Math.max(value, 0), 1) * 100);
  }

  mark() {
    if (!this.hasPointTarget) return;
    this.pointTarget.hidden = false;
    this.pointTarget.style.insetInlineStart = `${this.across.value}%`;
    this.pointTarget.style.insetBlockStart = `${this.down.value}%`;
  }
}
