// The share sheet: what it offers follows the start that was chosen; a device that has a sheet of its own is one button.
import { Controller } from "@hotwired/stimulus";
import { clock } from "./player/clock.js";

export default class extends Controller {
  static targets = ["link", "startRow", "start", "at", "code", "said", "native", "mail", "qr", "save"];
  static values = { title: String, url: String, copied: String };

  connect() {
    this.nativeTarget.hidden = !navigator.share;
    this.panel = this.element.querySelector("[popover]");
    this.opened = (event) => event.newState === "open" && this.update();
    this.panel.addEventListener("toggle", this.opened);
  }

  disconnect() {
    this.panel.removeEventListener("toggle", this.opened);
  }

  async native() {
    try {
      await navigator.share({ title: this.titleValue, url: this.linkTarget.value });
      this.panel.hidePopover();
    } catch (refusal) {
      if (refusal.name !== "AbortError") this.nativeTarget.hidden = true; // the other ways remain
    }
  }

  /** Where the film stands now becomes the start, if wanted. */
  update() {
    const now = Math.floor(document.querySelector(".player__film")?.currentTime ?? 0);
    if (!this.startTarget.checked) this.now = now;
    this.startRowTarget.hidden = this.now < 1 && !this.startTarget.checked;
    this.atTarget.textContent = clock(this.now);
    const start = this.startTarget.checked ? this.now : 0;
    const query = start ? `?t=${start}` : "";
    this.linkTarget.value = this.urlValue + query;
    this.mailTarget.href = `mailto:?subject=${encodeURIComponent(this.titleValue)}&body=${encodeURIComponent(this.linkTarget.value)}`;
    this.draw(start);
    if (this.hasCodeTarget) this.codeTarget.value = this.codeTarget.defaultValue.replace(/src="([^"?]+)[^"]*"/, `src="$1${query}"`);
  }

  draw(start) {
    for (const [target, name] of [[this.qrTarget, "src"], [this.saveTarget, "href"]]) {
      const address = new URL(target[name]);
      if (start) address.searchParams.set("t", start);
      else address.searchParams.delete("t");
      if (target[name] !== address.href) target[name] = address.href;
    }
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
