// One SVG sprite with the icons that the pages name: lucide's, and our own drawings in toolkit/frontend/icons/.
// A name is found where it is used (`{% icon "play" %}`, `icon="play"`, `icon: "play"`) or in icons.txt when it is put
// together at run time.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const LUCIDE = "node_modules/lucide-static/icons";
const OURS = "bouquet/toolkit/frontend/icons";
const USED = /\bicon["']?\s*[=: ]\s*["']([a-z][a-z0-9-]*)["']/g;

export function iconSprite() {
  return {
    name: "icon-sprite",
    generateBundle() {
      const symbols = [...namesInUse()].sort().map(symbol).filter(Boolean);
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
      this.emitFile({ type: "asset", fileName: "icons.svg", source });
    },
  };
}

function namesInUse() {
  const names = new Set(readFileSync("bouquet/toolkit/frontend/icons.txt", "utf8").match(/^[a-z][a-z0-9-]*$/gm));
  for (const file of readdirSync(OURS)) names.add(basename(file, ".svg"));
  const wagtails = /wagtail_hooks\.py$|[\\/]desk[\\/]|desk[a-z_]*\.(html|py)$|blocks([\\/][^\\/]*)?\.py$|choosers?\.py$/; // icons of the desk are Wagtail's
  for (const file of readdirSync("bouquet", { recursive: true }))
    if (/\.(html|py|js)$/.test(file) && !wagtails.test(file))
      for (const [, name] of readFileSync(join("bouquet", file), "utf8").matchAll(USED)) names.add(name);
  return names;
}

function symbol(name) {
  const path = [`${OURS}/${name}.svg`, `${LUCIDE}/${name}.svg`].find(existsSync);
  if (!path) return console.warn(`icon-sprite: there is no icon “${name}”`);
  const [, attributes, drawing] = readFileSync(path, "utf8").match(/<svg([^>]*)>([\s\S]*)<\/svg>/);
  const viewBox = attributes.match(/viewBox="([^"]+)"/)[1];
  return `<symbol id="${name}" viewBox="${viewBox}">${drawing.replace(/\s+/g, " ").trim()}</symbol>`;
}
