// The order of a list, kept as soon as it changes: drag a row by its handle (mouse, finger, pen), or hold the handle's
// focus and press the arrow keys. One move is one request that names the neighbour, so that two people may order a long
// list at once. Without JavaScript the rows have buttons.
import { Controller } from "@hotwired/stimulus";
import { toast } from "../../../toolkit/frontend/toast.js";

export default class extends Controller {
  static targets = ["row", "handle"];
  static values = { url: String, said: String, failed: String };

  handleTargetConnected(handle) {
    handle.hidden = false;
  }

  take(event) {
    if (event.button || this.row) return;
    event.preventDefault();
    this.row = event.currentTarget.closest("[data-order-target~=row]");
    this.before = this.row.nextElementSibling;
    this.row.classList.add("list-row--held");
    const stop = new AbortController();
    // On the document: a row that changes its place in the page loses a captured pointer.
    const listen = (name, does) => document.addEventListener(name, does, { signal: stop.signal });
    listen("pointermove", (move) => this.drag(move));
    listen("pointerup", () => this.drop(stop, true));
    listen("pointercancel", () => this.drop(stop, false));
    listen("keydown", (key) => key.key === "Escape" && this.drop(stop, false));
  }

  drag({ clientY }) {
    const edge = 60;
    if (clientY < edge) scrollBy(0, -12);
    if (clientY > innerHeight - edge) scrollBy(0, 12);
    for (const other of this.rowTargets) {
      if (other === this.row) continue;
      const { top, height } = other.getBoundingClientRect();
      if (clientY < top || clientY > top + height) continue;
      if (clientY < top + height / 2) other.before(this.row);
      else other.after(this.row);
      break;
    }
  }

  drop(stop, keep) {
    stop.abort();
    const row = this.row;
    this.row = null;
    row.classList.remove("list-row--held");
    if (!keep) this.element.insertBefore(row, this.before);
    else if (row.nextElementSibling !== this.before) this.keep(row);
  }

  key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const row = event.currentTarget.closest("[data-order-target~=row]");
    const other = step && (step < 0 ? row.previousElementSibling : row.nextElementSibling);
    if (!step) return;
    event.preventDefault();
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    event.currentTarget.focus();
    row.scrollIntoView({ block: "nearest" });
    this.keep(row);
  }

  /** One request after the other, so that quick keys arrive in their order. */
  keep(row) {
    const wish = new FormData();
    wish.set("csrfmiddlewaretoken", this.element.querySelector("[name=csrfmiddlewaretoken]").value);
    wish.set("move", row.dataset.uid);
    const next = row.nextElementSibling;
    if (next) wish.set("before", next.dataset.uid);
    else wish.set("after", row.previousElementSibling.dataset.uid);
    const place = this.rowTargets.indexOf(row) + 1;
    this.sent = (this.sent ?? Promise.resolve()).then(() => this.send(wish, place));
  }

  async send(body, place) {
    try {
      const answer = await fetch(this.urlValue, { method: "POST", body, headers: { "X-Swap": "order" }, redirect: "manual" });
      if (!answer.ok) throw new Error(answer.status);
      toast(`${this.saidValue} ${place}`);
    } catch {
      toast(this.failedValue);
    }
  }
}
