// The letters of the pages, cut to what the pages write with: weights from 400 to 800 and the features that CSS switches
// on by itself (and figures of one width). A family of 51 kB comes out with 32. Only the files of plain Latin, which every
// page fetches; those of the rest of Latin are fetched by few and stay as they are.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { convert } from "fontverter";
import cut from "subset-font";

const WEIGHTS = { min: 400, max: 800 }; // css/fonts.css says the same
// Families in whose slanted letters nothing stands but headings, which have one weight (toolkit/typefaces.py).
const HEADINGS = { "vollkorn-latin-wght-italic": 640 };
const FEATURES = ["calt", "ccmp", "clig", "kern", "liga", "locl", "mark", "mkmk", "rclt", "rlig", "rvrn", "tnum"];
const LETTERS = String.fromCodePoint(...[...Array(0x2fff).keys()].slice(0x20)); // of those, what the file has
const ITS_NAMES = [1, 3, 4, 6, 16]; // of the table of names: the family's, which may be reserved to the uncut one (OFL 1.1, 3)
const KEPT = "node_modules/.cache/letters"; // so that only the first build takes its quarter of a minute
const PLAIN = /-latin-(?!ext)[^/]*\.woff2$/;
const RECIPE = fingerprint(readFileSync(fileURLToPath(import.meta.url)));

export function letters() {
  return {
    name: "letters",
    async generateBundle(_options, bundle) {
      const files = Object.values(bundle).filter((file) => file.type === "asset" && PLAIN.test(file.fileName));
      for (const file of files) file.source = await smaller(Buffer.from(file.source), weightsOf(file.names[0]));
    },
  };
}

// A file's name ends with the fingerprint of what was read; letters cut another way must have another name, too.
export const lettersNamed = ({ names }) =>
  names.some((name) => PLAIN.test(name)) ? `assets/[name]-[hash]-${RECIPE}[extname]` : "assets/[name]-[hash][extname]";

const weightsOf = (name) => (name.includes("-wght-") ? { wght: HEADINGS[name.replace(".woff2", "")] ?? WEIGHTS } : undefined);

async function smaller(whole, variationAxes) {
  const kept = join(KEPT, `${fingerprint(whole)}-${RECIPE}.woff2`);
  if (existsSync(kept)) return readFileSync(kept);
  const few = await cut(whole, LETTERS, { targetFormat: "sfnt", keepFeatures: FEATURES, noHinting: true, variationAxes });
  const made = await convert(unnamed(few), "woff2");
  const best = made.length < whole.length ? made : whole;
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(kept, best);
  return best;
}

// https://learn.microsoft.com/typography/opentype/spec/name. Only our style sheets call it as its makers do.
function unnamed(font) {
  const tables = [...Array(font.readUInt16BE(4)).keys()].map((number) => 12 + 16 * number);
  const names = font.readUInt32BE(tables.find((at) => font.toString("latin1", at, at + 4) === "name") + 8);
  const storage = names + font.readUInt16BE(names + 4);
  for (let at = names + 6; at < names + 6 + 12 * font.readUInt16BE(names + 2); at += 12) {
    const begin = storage + font.readUInt16BE(at + 10);
    if (ITS_NAMES.includes(font.readUInt16BE(at + 6))) font.fill("\0L", begin, begin + font.readUInt16BE(at + 8), "latin1");
  }
  return font;
}

function fingerprint(bytes) {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 8);
}
