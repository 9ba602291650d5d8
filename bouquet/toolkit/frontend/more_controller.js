import { Controller } from "@hotwired/stimulus";

// ui/more.html: fetches the next page, moves its items to the end of the list before us, and takes over its "more".
export default class extends Controller {
  static targets = ["link"];

  async load(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const link = this.linkTarget;
    if (link.ariaBusy === "true") return;
    link.ariaBusy = "true";
    try {
      const answer = await fetch(link.href, { headers: { "X-Fragment": "more" } });
      if (!answer.ok) throw new Error(answer.status);
      this.append(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      window.location.href = link.href;
    }
  }

  append(page) {
    const list = this.element.previousElementSibling;
    const more = page.querySelector('[data-controller~="more"]');
    // The same list on the next page: the one before its own "more", or (last page) the one with our list's classes.
    const source = more?.previousElementSibling ?? page.querySelector(`main .${list.classList[0]}:last-of-type`);
    const items = [...(source?.children ?? [])];
    list.append(...items);
    items[0]?.querySelector("a, button")?.focus({ preventScroll: true });
    if (more) this.element.replaceWith(more);
    else this.element.remove();
  }
}
