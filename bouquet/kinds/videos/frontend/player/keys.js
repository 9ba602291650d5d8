// What keys do while a film is on the page. Letters are left alone where somebody writes.
const WRITING = "input:not([type=range]):not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

const KEYS = {
  " ": (player) => player.toggle(),
  k: (player) => player.toggle(),
  j: (player) => player.skip(-10),
  l: (player) => player.skip(10),
  ArrowLeft: (player) => player.skip(-5),
  ArrowRight: (player) => player.skip(5),
  ArrowUp: (player) => player.louder(0.1),
  ArrowDown: (player) => player.louder(-0.1),
  m: (player) => player.mute(),
  f: (player) => player.fill(),
  i: (player) => player.float(),
  t: (player) => player.theatre(),
  N: (player) => player.next(), // with Shift: not by a slip of the finger
  ",": (player) => player.frame(-1),
  ".": (player) => player.frame(1),
  Home: (player) => player.seek(0),
  End: (player) => player.seek(player.duration - 5),
  c: (player) => player.element.dispatchEvent(new CustomEvent("player:captions")),
  ">": (player) => player.faster(1),
  "<": (player) => player.faster(-1),
  "?": (player) => player.explainKeys(),
};

/** Does what the key asks; true where it meant something. Arrows and space only where the player has the focus. */
export function press(event, player) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITING)) return false;
  const inside = player.element.contains(event.target);
  if (!inside && (/^(Arrow|Home|End)/.test(event.key) || event.target.closest("a, button, summary, [role=tab], dialog"))) return false;
  if (event.key === " " && event.target.closest("button, a, label, input")) return false;
  if (/^(Arrow|Home|End)/.test(event.key) && event.target.matches("input[type=radio], .player__volume")) return false;
  if (event.key === "Escape") return player.back();
  if (/^\d$/.test(event.key)) {
    player.seek((player.duration * Number(event.key)) / 10);
    return true;
  }
  const act = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
  act?.(player);
  return Boolean(act);
}
