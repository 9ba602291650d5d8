import { Controller } from "@hotwired/stimulus";

// <div data-controller="reveal" data-reveal-show-value="Show" data-reveal-hide-value="Hide"> … password fields … </div>
// Gives each password field a button that shows what is typed. Sent hidden again, so that browsers still offer to keep it.
export default class extends Controller {
  static values = { show: String, hide: String };

  connect() {
    this.pairs = [...this.element.querySelectorAll('input[type="password"]')].map((input) => this.dress(input));
    this.conceal = () => this.pairs.forEach(([input, button]) => this.turn(input, button, false));
    this.element.addEventListener("submit", this.conceal);
  }

  disconnect() {
    this.element.removeEventListener("submit", this.conceal);
    for (const [input, button] of this.pairs) {
      button.parentElement.replaceWith(input);
      input.type = "password";
    }
  }

  dress(input) {
    const frame = Object.assign(document.createElement("div"), { className: "reveal" });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "reveal__button" });
    input.before(frame);
    this.move(input, frame);
    frame.append(button);
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => this.turn(input, button, input.type === "password"));
    this.turn(input, button, false);
    return [input, button];
  }

  /** Who types already, because this script came late, goes on typing: a field that is moved loses the keyboard. */
  move(input, frame) {
    const typing = document.activeElement === input;
    if (frame.moveBefore) frame.moveBefore(input, null);
    else frame.append(input);
    if (typing && document.activeElement !== input) input.focus({ preventScroll: true });
  }

  turn(input, button, shown) {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? this.hideValue : this.showValue;
    button.setAttribute("aria-pressed", String(shown));
  }
}
