// Switches of the menu, remembered on this device, and the address of this moment.
import { isAutomatic, setAutomatic } from "./end.js";
import { spare } from "./saving.js";

const YEAR = 31536000;

export class Wishes {
  constructor(player) {
    this.player = player;
    this.page = player.element.closest(".watch");
    this.acts = {
      loop: (on) => (player.film.loop = on),
      level: (on) => player.sound.level(on),
      saver: (on) => (spare(on), player.stream.spare(on)),
      autonext: (on) => setAutomatic(on),
    };
    this.show();
  }

  show() {
    const { player } = this;
    const state = { loop: player.film.loop, level: player.sound.isLevelled, saver: player.stream.isSparing, autonext: isAutomatic() };
    for (const field of player.menuTarget.querySelectorAll("[role=switch]")) {
      field.checked = state[field.name];
      if (field.name === "level") field.closest("label").hidden = Math.abs(player.sound.gain) < 0.5;
      if (field.name === "autonext") field.closest("label").hidden = !document.querySelector("[data-up-next]");
      if (field.name === "saver") field.closest("label").hidden = player.stream.isNative;
    }
    player.theatreTarget.hidden = !this.page;
    this.showTheatre();
  }

  set(name, on) {
    this.acts[name](on);
  }

  /** Kept in a cookie rather than with the rest: the server draws the next page as it will stand, nothing jumps. */
  theatre() {
    if (!this.page) return;
    const on = this.page.classList.toggle("watch--theatre");
    document.cookie = `bq_theatre=${on ? 1 : 0}; path=/; max-age=${YEAR}; samesite=lax`;
    this.showTheatre();
    this.player.element.scrollIntoView({ block: "nearest" });
  }

  showTheatre() {
    const on = Boolean(this.page?.classList.contains("watch--theatre"));
    this.player.theatreTarget.setAttribute("aria-pressed", on);
  }

  async copyAddress() {
    const { player } = this;
    const at = Math.floor(player.film.currentTime);
    const address = `${player.addressValue}${at ? `?t=${at}` : ""}`;
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      copyByHand(address); // a frame on another page, or an http host, has no clipboard of its own
    }
    player.say(player.wordsValue.copied);
  }
}

function copyByHand(text) {
  const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "visually-hidden" });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
