// A view counts after five seconds that really played (or the whole of a shorter film), once for each page.
const ENOUGH = 5;

export class Attention {
  constructor(address) {
    this.address = address;
    this.played = 0;
    this.last = null;
    this.told = !address;
  }

  tick(film) {
    if (this.told) return;
    const step = this.last === null ? 0 : film.currentTime - this.last;
    this.last = film.currentTime;
    if (step > 0 && step < 2 && !film.seeking) this.played += step / (film.playbackRate || 1);
    if (this.played >= Math.min(ENOUGH, (film.duration || ENOUGH) - 0.3)) this.tell();
  }

  tell() {
    this.told = true;
    navigator.sendBeacon(this.address);
  }
}
