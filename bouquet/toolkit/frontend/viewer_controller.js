// Pictures over the whole screen (ui/viewer.html): one at a time, by arrow keys, buttons and swipe; Esc and the back
// button close it. Each is a link, which is where it leads without us: to its own page, or (with a `data-address` that
// names its place on this one) to its file. The address follows, so that a reload or a copy of it finds the same picture.
import { Controller } from "@hotwired/stimulus";

const SWIPE = 45; // points on the screen

export default class extends Controller {
  static targets = ["item", "dialog", "stage", "place", "words", "page", "save", "back", "on", "whole"];
  static values = { said: String, number: Number };

  connect() {
    this.closed = () => this.afterClose();
    this.dialogTargets[0]?.addEventListener("close", this.closed);
    this.keys = (event) => this.key(event);
    if (!document.fullscreenEnabled) this.wholeTargets[0]?.setAttribute("hidden", "");
  }

  disconnect() {
    document.removeEventListener("keydown", this.keys);
  }

  open(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button > 0) return;
    event.preventDefault();
    this.home = location.href;
    this.place = this.itemTargets.indexOf(event.currentTarget);
    this.dialogTarget.showModal();
    document.addEventListener("keydown", this.keys);
    this.show();
    (this.onTarget.disabled ? this.backTarget : this.onTarget).focus();
  }

  close() {
    this.dialogTarget.close();
  }

  afterClose() {
    document.removeEventListener("keydown", this.keys);
    if (document.fullscreenElement) document.exitFullscreen();
    history.replaceState(null, "", this.home);
    this.stageTarget.replaceChildren();
    this.itemTargets[this.place]?.focus();
  }

  key(event) {
    const does = { ArrowLeft: "back", ArrowRight: "on", PageUp: "back", PageDown: "on", Home: "first", End: "last" }[event.key];
    if (!does || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const leftIsOn = getComputedStyle(this.element).direction === "rtl" && event.key.startsWith("Arrow");
    if (leftIsOn) this[does === "on" ? "back" : "on"]();
    else this[does]();
  }

  first() {
    this.go(0);
  }

  last() {
    this.go(this.itemTargets.length - 1);
  }

  back() {
    this.go(this.place - 1);
  }

  on() {
    this.go(this.place + 1);
  }

  go(place) {
    if (place < 0 || place >= this.itemTargets.length) return;
    this.place = place;
    this.show();
  }

  show() {
    const item = this.itemTargets[this.place];
    const shown = this.large(item);
    this.stageTarget.replaceChildren(shown);
    this.placeTarget.textContent = `${this.saidValue} ${this.place + 1} / ${this.numberValue}`;
    const words = (item.closest("li") ?? item).querySelector("[data-viewer-words]")?.cloneNode(true);
    this.wordsTarget.replaceChildren(...(words?.childNodes ?? []));
    this.pageTarget.hidden = Boolean(item.dataset.address);
    this.pageTarget.href = item.href;
    this.saveTarget.hidden = !item.dataset.file;
    if (item.dataset.file) this.saveTarget.href = item.dataset.file;
    this.turn(this.backTarget, this.place > 0);
    this.turn(this.onTarget, this.place < this.itemTargets.length - 1);
    history.replaceState(null, "", item.dataset.address || item.href);
    const next = this.itemTargets[this.place + 1];
    if (next) this.large(next).querySelector("img").decode?.().catch(() => {});
    if (this.place >= this.itemTargets.length - 3) this.element.querySelector('[data-controller~="more"] a')?.click();
  }

  // A button at an end is out of reach; the focus it held goes to the other one.
  turn(button, possible) {
    const held = document.activeElement === button;
    button.disabled = !possible;
    if (held && !possible) (button === this.onTarget ? this.backTarget : this.onTarget).focus();
  }

  large(item) {
    const picture = item.querySelector("picture").cloneNode(true);
    for (const source of picture.querySelectorAll("source")) source.sizes = "100vw";
    const image = picture.querySelector("img");
    image.className = "viewer__image";
    image.removeAttribute("loading");
    image.draggable = false;
    return picture;
  }

  press(event) {
    this.from = { x: event.clientX, y: event.clientY };
  }

  forget() {
    this.from = null;
  }

  release({ clientX, clientY }) {
    if (!this.from) return;
    const across = clientX - this.from.x;
    const down = clientY - this.from.y;
    this.from = null;
    if (Math.abs(across) > SWIPE && Math.abs(across) > Math.abs(down)) this[across < 0 ? "on" : "back"]();
    else if (down > SWIPE * 2 && down > Math.abs(across)) this.close();
  }

  whole() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.dialogTarget.requestFullscreen?.();
  }

  itemTargetConnected() {
    if (this.hasDialogTarget && this.dialogTarget.open) this.turn(this.onTarget, this.place < this.itemTargets.length - 1);
  }
}
