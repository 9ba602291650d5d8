// The device's own share sheet on phones; a panel with the address and the embed code elsewhere.
import { Controller } from "@hotwired/stimulus";
import { clock } from "./player/clock.js";

export default class extends Controller {
  static targets = ["link", "startRow", "start", "at", "code", "said"];
  static values = { title: String, url: String, copied: String };

  connect() {
    this.element.querySelector("[popover]").addEventListener("toggle", (event) => event.newState === "open" && this.update());
  }

  async native(event) {
    if (!navigator.share || !matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault(); // the panel stays closed: the sheet says it all
    try {
      await navigator.share({ title: this.titleValue, url: this.urlValue });
    } catch (refusal) {
      if (refusal.name !== "AbortError") this.element.querySelector("[popover]").showPopover();
    }
  }

  /** Where the film stands now becomes the start, if wanted. */
  update() {
    const now = Math.floor(document.querySelector(".player__film")?.currentTime ?? 0);
    if (!this.startTarget.checked) this.now = now;
    this.startRowTarget.hidden = this.now < 1 && !this.startTarget.checked;
    this.atTarget.textContent = clock(this.now);
    const query = this.startTarget.checked ? `?t=${this.now}` : "";
    this.linkTarget.value = this.urlValue + query;
    if (this.hasCodeTarget) this.codeTarget.value = this.codeTarget.defaultValue.replace(/src="([^"?]+)[^"]*"/, `src="$1${query}"`);
  }

  copyLink() {
    this.copy(this.linkTarget);
  }

  copyCode() {
    this.copy(this.codeTarget);
  }

  async copy(field) {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // an http host name other than localhost has no clipboard API
    }
    this.saidTarget.textContent = this.copiedValue;
  }
}
