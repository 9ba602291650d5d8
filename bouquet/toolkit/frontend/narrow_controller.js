// A form of choices: sent as soon as one is made, without what is left at its default, so that addresses stay short.
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  static targets = ["button"];

  connect() {
    this.buttonTarget.hidden = true;
    // back in the browser's history: the selects show what the address says, not what was chosen last
    this.element.reset();
  }

  send() {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(this.element)) if (value) query.set(name, value);
    const [path] = this.element.action.split("?");
    location.assign(query.size ? `${path}?${query}` : path);
  }
}
