import { Controller } from "@hotwired/stimulus";

// Light, dark or as the device. The choice is a cookie, so that the server writes the right page and nothing flashes.
const YEAR = 60 * 60 * 24 * 365;

export default class extends Controller {
  connect() {
    this.element.hidden = false;
    this.mark(document.documentElement.dataset.scheme || "auto");
  }

  choose({ currentTarget: { value } }) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `bq_scheme=${value}; path=/; max-age=${value === "auto" ? 0 : YEAR}; samesite=lax${secure}`;
    document.documentElement.dataset.scheme = value;
    this.mark(value);
  }

  mark(chosen) {
    for (const button of this.element.querySelectorAll("button")) button.ariaPressed = String(button.value === chosen);
  }
}
