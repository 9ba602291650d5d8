// Rows of photos that are still being prepared: asked for together every few seconds, each replaced when it is ready.
import { Controller } from "@hotwired/stimulus";

const EVERY = 2500;
const MOST = 60;

export default class extends Controller {
  static targets = ["waiting"];
  static values = { url: String };

  waitingTargetConnected() {
    this.timer ??= setTimeout(() => this.look(), EVERY);
  }

  disconnect() {
    clearTimeout(this.timer);
  }

  async look() {
    const asked = this.waitingTargets.slice(0, MOST).map((each) => each.dataset.uid);
    try {
      if (asked.length && !document.hidden) await this.ask(asked);
    } catch {
      // the network is away: asked again
    }
    this.timer = this.waitingTargets.length ? setTimeout(() => this.look(), EVERY) : null;
  }

  async ask(uids) {
    const answer = await fetch(`${this.urlValue}?of=${uids.join(",")}`);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const fresh of page.querySelectorAll(".arrange__thumb"))
      if (!fresh.dataset.uid) document.getElementById(fresh.id)?.replaceWith(fresh);
  }
}
