import { Controller } from "@hotwired/stimulus";

// <details class="menu" data-controller="menu">: closes on Escape, on a click elsewhere, and when the focus leaves.
export default class extends Controller {
  connect() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("click", (event) => this.element.contains(event.target) || this.close(), { signal });
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.close(true), { signal });
    this.element.addEventListener("focusout", ({ relatedTarget: next }) => next && !this.element.contains(next) && this.close(), { signal });
  }

  disconnect() {
    this.stop.abort();
  }

  close(andReturn = false) {
    if (!this.element.open) return;
    this.element.open = false;
    if (andReturn) this.element.querySelector("summary").focus();
  }
}
