// The page of one photo: arrow keys and swipes follow its links to the ones before and after, F shows it on the whole screen.
import { Controller } from "@hotwired/stimulus";

const SWIPE = 45; // points on the screen

export default class extends Controller {
  static targets = ["stage", "back", "on", "whole"];

  wholeTargetConnected(button) {
    button.hidden = !document.fullscreenEnabled;
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    const { key } = event;
    if (key === "ArrowLeft") this.follow(this.backTargets[0]);
    else if (key === "ArrowRight") this.follow(this.onTargets[0]);
    else if (key === "f") this.whole();
  }

  follow(link) {
    if (link) location.assign(link.href);
  }

  press(event) {
    this.from = event.pointerType === "mouse" ? null : event.clientX;
  }

  release({ clientX }) {
    if (this.from == null) return;
    const across = clientX - this.from;
    this.from = null;
    if (Math.abs(across) > SWIPE) this.follow((across < 0 ? this.onTargets : this.backTargets)[0]);
  }

  whole() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.stageTarget.requestFullscreen?.();
  }
}
