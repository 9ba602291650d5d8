// Styles and scripts beside themselves as Brotli (RFC 7932), a sixth smaller than gzip: WhiteNoise hands them out to who
// takes them. Packed once, here: in Python each start of a network would pack the editors' desk, too, for half a minute.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const SMALLEST = 300; // bytes: a head of an answer is as long
const LARGEST = 250_000; // what plays films is fetched by few, and takes seconds to pack

export function packed(folder) {
  return {
    name: "packed",
    closeBundle() {
      for (const name of readdirSync(folder).filter((each) => /\.(css|js)$/.test(each))) {
        const plain = readFileSync(join(folder, name));
        if (plain.length > SMALLEST && plain.length < LARGEST) writeFileSync(join(folder, `${name}.br`), brotliCompressSync(plain));
      }
    },
  };
}
