// “Keep” on a card: the small menu of one's collections opens in place. It is the page that the link leads to; without
// JavaScript, or signed out, the link leads there.
import { Controller } from "@hotwired/stimulus";

let panel; // one for all cards of a page

export default class extends Controller {
  async open(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || !HTMLElement.prototype.showPopover) return;
    event.preventDefault();
    try {
      const answer = await fetch(this.element.href, { headers: { "X-Swap": "menu" }, redirect: "manual" });
      if (!answer.ok) throw new Error(answer.status);
      this.show(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".membership"));
    } catch {
      location.href = this.element.href;
    }
  }

  show(menu) {
    if (!panel) {
      panel = Object.assign(document.createElement("div"), { className: "keep-menu panel", popover: "auto" });
      document.body.append(panel);
    }
    const title = Object.assign(document.createElement("h2"), { className: "keep-menu__title", textContent: this.element.ariaLabel });
    panel.replaceChildren(title, menu);
    panel.showPopover();
    this.place();
    panel.querySelector("button")?.focus();
    panel.addEventListener("toggle", (event) => event.newState === "closed" && this.element.focus(), { once: true });
  }

  /** Beside the button where there is room; on a phone the style sheet puts it at the bottom. */
  place() {
    const [button, box] = [this.element.getBoundingClientRect(), panel.getBoundingClientRect()];
    const left = Math.min(Math.max(8, button.right - box.width), innerWidth - box.width - 8);
    const top = Math.min(button.bottom + 6, innerHeight - box.height - 8);
    panel.style.setProperty("--left", `${left}px`);
    panel.style.setProperty("--top", `${Math.max(8, top)}px`);
  }
}
