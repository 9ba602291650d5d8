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
    if (!film?.videoWidth) return document.dispatchEvent(new CustomEvent("player:seek", { detail: { seconds: 0 } }));
    this.takeTarget.disabled = true;
    const { error } = await sendPicture(this.urlValue, await frameOf(film));
    this.takeTarget.disabled = false;
    this.saidTarget.textContent = error || this.keptValue;
  }
}
