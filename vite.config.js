import { resolve } from "node:path";
import { defineConfig } from "vite";
import { iconSprite } from "./frontend/icon_sprite.js";
import { letters, lettersNamed } from "./frontend/letters.js";
import { packed } from "./frontend/packed.js";

// Everything a browser loads is built from here: `frontend/*.js` are the entries, and each app brings its own
// controllers and styles in its `frontend/` folder (frontend/main.js finds them by name).
export default defineConfig({
  base: "/static/",
  publicDir: "frontend/public",
  plugins: [iconSprite(), letters(), packed("build/frontend/assets")],
  build: {
    outDir: "build/frontend",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: ["chrome123", "firefox121", "safari17.5"], // the first with light-dark() and @starting-style
    cssCodeSplit: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700, // hls.js, fetched when somebody wants to play
    modulePreload: false,
    rollupOptions: {
      input: { main: resolve("frontend/main.js"), pages: resolve("frontend/pages.js") },
      // No chunk may import the entry: its address gets a second hash from Django, and it would run twice.
      output: {
        assetFileNames: lettersNamed,
        codeSplitting: { groups: [{ name: "ground", test: /@hotwired[\\/]stimulus|vite[\\/]preload-helper/ }] },
      },
      checks: { bundlerTimings: false }, // cutting the letters takes long, once
    },
  },
});
