// Puts the player's time into the list of chapters, in its place, with the cursor behind it.
import { Controller } from "@hotwired/stimulus";
import { clock, seconds } from "./player/clock.js";

export default class extends Controller {
  static targets = ["add"];

  connect() {
    if (this.hasAddTarget) this.addTarget.hidden = false; // none while the film is still being made
  }

  add() {
    const field = this.element.querySelector("textarea");
    const film = document.querySelector(".player__film");
    const now = Math.floor(film?.currentTime ?? 0);
    const lines = field.value.split("\n").filter((line) => line.trim());
    const times = lines.map((line) => Math.floor(seconds(line.trim().split(/\s/)[0])));
    let place = times.indexOf(now); // one that begins here already is gone to
    if (place < 0) {
      place = times.filter((time) => time < now).length;
      lines.splice(place, 0, `${clock(now)} `);
    }
    field.value = lines.join("\n");
    const end = lines.slice(0, place + 1).join("\n").length;
    field.focus();
    field.setSelectionRange(end, end);
  }
}
