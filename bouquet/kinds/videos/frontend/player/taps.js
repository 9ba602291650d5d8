// Fingers on the picture: one shows the controls, then stops or plays; two in quick succession leap ten seconds on the
// side they touch (more taps, more leaps), in the middle they fill the screen. A mouse clicks and double-clicks.
const QUICK = 280; // milliseconds between two taps that belong together
const LEAP = 10;

export class Taps {
  constructor(player, signal) {
    this.player = player;
    const { film } = player;
    film.addEventListener("pointerup", (event) => (this.isTouch = event.pointerType === "touch"), { signal });
    film.addEventListener("click", (event) => this.click(event), { signal });
    film.addEventListener("dblclick", () => this.isTouch || player.fill(), { signal });
  }

  click(event) {
    const { player } = this;
    if (!this.isTouch) return player.toggle();
    const hidden = player.element.classList.contains("player--resting") && !player.film.paused;
    player.wake();
    const side = this.sideOf(event);
    if (this.last > event.timeStamp - QUICK * 1.5) return this.again(side, event);
    this.last = event.timeStamp;
    this.leapt = 0;
    clearTimeout(this.waiting);
    if (!hidden) this.waiting = setTimeout(() => player.toggle(), QUICK);
  }

  again(side, event) {
    clearTimeout(this.waiting);
    this.last = event.timeStamp;
    if (!side) return this.player.fill();
    this.leapt += side * LEAP;
    this.player.skip(side * LEAP, this.leapt);
  }

  /** −1, 0 or 1: which third of the picture. */
  sideOf({ clientX }) {
    const box = this.player.film.getBoundingClientRect();
    const part = (clientX - box.left) / box.width;
    return part < 1 / 3 ? -1 : part > 2 / 3 ? 1 : 0;
  }
}
