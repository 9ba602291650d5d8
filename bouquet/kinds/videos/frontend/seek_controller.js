// A time in a description leads to that moment of the player on this page (without a player: the link's own address).
import { Controller } from "@hotwired/stimulus";

export default class extends Controller {
  go(event) {
    const link = event.target.closest("[data-seek]");
    const player = document.querySelector("[data-controller~=player]");
    if (!link || !player || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("player:seek", { detail: { seconds: Number(link.dataset.seek) } }));
    player.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }
}
