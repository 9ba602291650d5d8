import { Controller } from "@hotwired/stimulus";

// <details class="menu" data-controller="menu">: closes on Escape, on a click elsewhere, and when the focus leaves.
export default class extends Controller {
  connect() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("click", (event) => this.element.contains(event.target) || this.close(), { signal });
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.close(true), { signal });
    this.element.addEventListener("toggle", () => this.element.open && this.fit(), { signal });
    this.element.addEventListener("focusout", ({ relatedTarget: next }) => next && !this.element.contains(next) && this.close(), { signal });
  }

  disconnect() {
    this.stop.abort();
  }

  /** Where the panel would stick out of the screen, it moves beside its button. */
  fit() {
    const panel = this.element.querySelector(".menu__panel");
    panel.style.removeProperty("--aside");
    const { left, right } = panel.getBoundingClientRect();
    const out = Math.max(0, right + 8 - document.documentElement.clientWidth) || Math.min(0, left - 8);
    if (out) panel.style.setProperty("--aside", `${-out}px`);
  }

  close(andReturn = false) {
    if (!this.element.open) return;
    this.element.open = false;
    if (andReturn) this.element.querySelector("summary").focus();
  }
}
