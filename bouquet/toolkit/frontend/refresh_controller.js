import { Controller } from "@hotwired/stimulus";

// A fragment that changes by itself: fetched again every few seconds and swapped, until the new one carries no
// data-controller="refresh" any more. What changed in an element marked aria-live is read aloud by the browser.
//   <div id="state" data-controller="refresh" data-refresh-url-value="…" data-refresh-every-value="3">
// The address may answer the fragment alone or a whole page that holds the element with our id.
export default class extends Controller {
  static values = { url: String, every: { type: Number, default: 5 } };

  connect() {
    this.failures = 0;
    this.wait();
  }

  disconnect() {
    clearTimeout(this.timer);
  }

  wait() {
    this.timer = setTimeout(() => this.look(), this.everyValue * 1000 * 2 ** Math.min(this.failures, 4));
  }

  async look() {
    if (document.hidden) return this.wait();
    try {
      const answer = await fetch(this.urlValue, { headers: { "X-Fragment": "refresh" } });
      if (!answer.ok) throw new Error(answer.status);
      this.swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      this.failures += 1;
      this.wait();
    }
  }

  swap(page) {
    const { id } = this.element;
    const fresh = (id && page.getElementById(id)) || page.body.firstElementChild;
    if (!fresh || !this.element.isConnected) return;
    this.failures = 0;
    const held = this.element.contains(document.activeElement) ? document.activeElement : null;
    // While somebody is writing in it, leave it as it is.
    if (held?.matches("input, textarea, select")) return this.wait();
    const goesOn = fresh.matches('[data-controller~="refresh"]');
    if (fresh.innerHTML.trim() !== this.element.innerHTML.trim()) this.replaceContent(fresh, held);
    for (const { name } of [...this.element.attributes]) if (!fresh.hasAttribute(name)) this.element.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (this.element.getAttribute(name) !== value) this.element.setAttribute(name, value);
    if (goesOn) this.wait();
    else this.dispatch("done");
  }

  replaceContent(fresh, held) {
    const read = this.whatIsRead();
    this.element.replaceChildren(...fresh.childNodes);
    const again = read && document.getElementById(read.id);
    if (again) scrollBy({ top: again.getBoundingClientRect().top - read.top, behavior: "instant" });
    if (!held) return;
    const focus = held.id ? document.getElementById(held.id) : held.href && this.element.querySelector(`a[href="${CSS.escape(held.getAttribute("href"))}"]`);
    (focus || this.element).focus?.({ preventScroll: true });
  }

  /** What stands in sight of a reader who has scrolled past our beginning: it stays where it is when more comes above it. */
  whatIsRead() {
    if (this.element.getBoundingClientRect().top >= 0) return null;
    const read = [...this.element.children].find((child) => child.id && child.getBoundingClientRect().bottom > 0);
    return read && { id: read.id, top: read.getBoundingClientRect().top };
  }
}
