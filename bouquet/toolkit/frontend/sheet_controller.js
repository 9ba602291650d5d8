import { Controller } from "@hotwired/stimulus";

// <div popover tabindex="-1" autofocus data-controller="sheet" data-action="keydown->sheet#turn">: a popover that lies over
// the page. It takes the focus, and Tab goes round in it as in a <dialog>; Escape and the way back are the browser's own.
const STOPS = "a[href], button, input, select, textarea, summary";

export default class extends Controller {
  turn(event) {
    if (event.key !== "Tab") return;
    const stops = [...this.element.querySelectorAll(STOPS)].filter(isStop);
    const [first, last] = event.shiftKey ? [stops.at(-1), stops[0]] : [stops[0], stops.at(-1)];
    const here = document.activeElement;
    if (here !== last && !(event.shiftKey && here === this.element)) return;
    event.preventDefault();
    first.focus();
  }
}

/** Of radio buttons the chosen one alone is a stop: arrow keys lead to the others. */
function isStop(each) {
  return !each.disabled && each.tabIndex >= 0 && (each.type !== "radio" || each.checked) && each.checkVisibility();
}
