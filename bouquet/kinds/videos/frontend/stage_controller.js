// While a film is being made, fetches its place on the page again and puts in what changed: the numbers, the picture,
// and at last the player, without a reload.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  static values = { url: String, again: Number };

  connect() {
    this.wait();
    this.seen = () => document.visibilityState === "visible" && this.againValue && this.refresh();
    document.addEventListener("visibilitychange", this.seen);
  }

  disconnect() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.seen);
  }

  wait() {
    clearTimeout(this.timer);
    if (this.againValue) this.timer = setTimeout(() => this.refresh(), this.againValue);
  }

  async refresh() {
    clearTimeout(this.timer);
    try {
      const answer = await fetch(this.urlValue, { headers: { "x-requested-with": "fetch" } });
      if (answer.ok) return this.put(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".stage"));
      if (answer.status === 404) return location.reload();
    } catch {
      // no connection: asks again later
    }
    this.wait();
  }

  put(fresh) {
    const [mine, theirs] = [this.element.querySelector(".stage__words"), fresh?.querySelector(".stage__words")];
    const poster = fresh?.querySelector(".stage__poster");
    if (mine && theirs) {
      if (mine.innerHTML !== theirs.innerHTML) mine.innerHTML = theirs.innerHTML;
      if (poster && !this.element.querySelector(".stage__poster")) mine.before(poster);
    } else if (fresh) {
      this.element.replaceChildren(...fresh.childNodes);
    }
    this.againValue = Number(fresh?.dataset.stageAgainValue ?? 0);
    this.wait();
  }
}
