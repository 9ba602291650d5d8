// Titles below a search field while one types: a combobox (WAI-ARIA 1.2). Arrows choose, Enter goes there, Escape closes.
// Without JavaScript, and when nothing is chosen, the form is sent as ever.
import { Controller } from "@hotwired/stimulus";

const WAIT = 140; // milliseconds without a key
const FEWEST = 2; // letters
let number = 0;

export default class extends Controller {
  static values = { url: String };

  connect() {
    const input = this.element;
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `suggestions-${++number}`;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    input.after(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    if (input.labels?.[0]) this.list.setAttribute("aria-label", input.labels[0].textContent.trim());
    this.stop = new AbortController();
    const { signal } = this.stop;
    input.addEventListener("input", () => this.later(), { signal });
    input.addEventListener("keydown", (event) => this.key(event), { signal });
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150), { signal });
    // the press must not take the focus away before the click arrives
    this.list.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });
    this.close();
  }

  disconnect() {
    this.stop.abort();
    clearTimeout(this.timer);
    this.list.remove();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const asked = this.element.value.trim();
    if (asked.length < FEWEST) return this.close();
    try {
      const answer = await fetch(`${this.urlValue}?${new URLSearchParams({ q: asked })}`);
      if (!answer.ok || this.element.value.trim() !== asked || document.activeElement !== this.element) return;
      this.show((await answer.json()).suggestions);
    } catch {
      this.close(); // no connection: the field works as ever
    }
  }

  show(found) {
    this.list.replaceChildren(...found.map((each, place) => this.line(each, place)));
    this.chosen = -1;
    this.list.hidden = !found.length;
    this.element.setAttribute("aria-expanded", String(found.length > 0));
    this.element.removeAttribute("aria-activedescendant");
  }

  line({ title, url, channel }, place) {
    const line = document.createElement("li");
    line.id = `${this.list.id}-${place}`;
    line.className = "suggestions__line";
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.dataset.url = url;
    for (const [name, words] of [["title", title], ["by", channel]]) {
      const span = document.createElement("span");
      span.className = `suggestions__${name}`;
      span.dir = "auto";
      span.textContent = words;
      if (words) line.append(span);
    }
    line.addEventListener("click", () => location.assign(url));
    return line;
  }

  key(event) {
    const lines = [...this.list.children];
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !this.list.hidden) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // one place before the first is the field itself: nothing is chosen there
      this.chosen = ((this.chosen + 1 + step + lines.length + 1) % (lines.length + 1)) - 1;
      lines.forEach((line, place) => line.setAttribute("aria-selected", String(place === this.chosen)));
      const line = lines[this.chosen];
      if (line) this.element.setAttribute("aria-activedescendant", line.id);
      else this.element.removeAttribute("aria-activedescendant");
      line?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && !this.list.hidden && this.chosen >= 0) {
      event.preventDefault();
      location.assign(lines[this.chosen].dataset.url);
    }
  }

  close() {
    this.chosen = -1;
    this.list.hidden = true;
    this.element.setAttribute("aria-expanded", "false");
    this.element.removeAttribute("aria-activedescendant");
  }
}
