import { resolve } from "node:path";
import { defineConfig } from "vite";

// Everything a browser loads is built from here: `frontend/*.js` are the entries, and each app brings its own
// controllers and styles in its `frontend/` folder (frontend/main.js finds them by name).
export default defineConfig({
  base: "/static/",
  build: {
    outDir: "build/frontend",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    cssCodeSplit: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { main: resolve("frontend/main.js") } },
  },
});
