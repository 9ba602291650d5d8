// My videos: lines of films that are on their way are fetched again while somebody looks, and the ticked ones counted.
import { Controller } from "@hotwired/stimulus";

const EVERY = 2000; // milliseconds
const AT_ONCE = 30;

export default class extends Controller {
  static targets = ["list", "all", "allRow", "number"];
  static values = { url: String };

  connect() {
    this.allRowTarget.hidden = false;
    this.timer = setInterval(() => this.refresh(), EVERY);
    this.count();
  }

  disconnect() {
    clearInterval(this.timer);
  }

  get boxes() {
    return [...this.listTarget.querySelectorAll(".my-video__choose")];
  }

  chooseAll() {
    for (const box of this.boxes) box.checked = this.allTarget.checked;
    this.count();
  }

  count() {
    const chosen = this.boxes.filter((box) => box.checked).length;
    this.allTarget.checked = chosen > 0 && chosen === this.boxes.length;
    this.allTarget.indeterminate = chosen > 0 && chosen < this.boxes.length;
    this.numberTarget.textContent = chosen ? `(${chosen})` : "";
    this.element.classList.toggle("studio--chosen", chosen > 0);
  }

  async refresh() {
    const moving = [...this.listTarget.querySelectorAll("[data-moving]")].slice(0, AT_ONCE);
    if (!moving.length || this.isAsking || document.visibilityState !== "visible") return;
    this.isAsking = true;
    try {
      const query = new URLSearchParams(moving.map((line) => ["uid", line.dataset.uid]));
      const answer = await fetch(`${this.urlValue}?${query}`, { headers: { "x-requested-with": "fetch" } });
      if (answer.ok && !answer.redirected) this.put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // no connection: asks again in a moment
    }
    this.isAsking = false;
  }

  /** Puts in what changed, and leaves alone what somebody has ticked or stands on. */
  put(page) {
    for (const fresh of page.querySelectorAll(".my-video")) {
      const line = this.listTarget.querySelector(`[data-uid="${fresh.dataset.uid}"]`);
      if (!line) continue;
      for (const part of ["picture", "text", "do"]) {
        const [mine, theirs] = [line, fresh].map((each) => each.querySelector(`.my-video__${part}`));
        if (mine.innerHTML !== theirs.innerHTML && !mine.contains(document.activeElement)) mine.replaceWith(theirs);
      }
      line.toggleAttribute("data-moving", fresh.hasAttribute("data-moving"));
    }
  }
}
