// Whether to spare data: as was chosen on this device; else as the browser says of its line.
import { keep, recall } from "./memory.js";

export const HIGHEST = 480; // lines, when sparing

export function isSparing() {
  const chosen = recall("saver");
  return chosen === null ? isPoor(navigator.connection) : chosen === "1";
}

export function spare(wanted) {
  keep("saver", wanted ? 1 : 0);
}

function isPoor(line) {
  return Boolean(line?.saveData) || /^(slow-)?[23]g$/.test(line?.effectiveType ?? "");
}
