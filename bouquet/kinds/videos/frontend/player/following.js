// A fresh signature is for all that stands beside the film too: its captions, and the small pictures above the line.
import { Preview } from "./preview.js";

const folder = (address) => address.slice(0, address.lastIndexOf("/") + 1);

/** From here on the player's film is at `address`. */
export function follow(player, address) {
  const [old, fresh] = [folder(player.hlsValue), folder(address)];
  player.hlsValue = address;
  if (!old || old === fresh) return;
  for (const track of player.film.querySelectorAll("track")) {
    const src = track.getAttribute("src");
    if (src.startsWith(old)) track.src = src.replace(old, fresh);
  }
  if (!player.storyboardValue.startsWith(old)) return;
  player.storyboardValue = player.storyboardValue.replace(old, fresh);
  player.preview = new Preview(player.storyboardValue, player.frameTarget);
}
