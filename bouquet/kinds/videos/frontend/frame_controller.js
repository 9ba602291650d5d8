// On the edit page: the moment where the player stands becomes the film's picture.
import { Controller } from "@hotwired/stimulus";
import { frameOf, sendPicture } from "./uploader/picture.js";

export default class extends Controller {
  static targets = ["take", "said"];
  static values = { url: String, kept: String };

  connect() {
    if (this.hasTakeTarget) this.takeTarget.hidden = false;
  }

  async take() {
    const film = this.element.querySelector(".player__film");
    this.takeTarget.disabled = true;
    if (!film.videoWidth) await firstPicture(film);
    const { error } = await sendPicture(this.urlValue, await frameOf(film));
    this.takeTarget.disabled = false;
    this.saidTarget.textContent = error || this.keptValue;
  }
}

/** Nothing was loaded yet: the film's beginning, without playing it. */
function firstPicture(film) {
  const there = new Promise((resolve) => film.addEventListener("loadeddata", resolve, { once: true }));
  document.dispatchEvent(new CustomEvent("player:seek", { detail: { seconds: 0, still: true } }));
  return there;
}
