// The service worker of a site: takes films that the phone's share sheet sends, and shows a page when there is no
// connection. It caches nothing else: pages are always the server's.
const OFFLINE = "/offline";
const PAGES = "bq-offline-1";
const SHARED = "bq-shared";

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepOfflinePage().catch(() => {}));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname === "/share-target") return event.respondWith(takeShared(request));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fromServer(event).catch(() => caches.match(OFFLINE).then((page) => page ?? Response.error())));
  } else if (!navigator.onLine && ["style", "script", "font", "image"].includes(request.destination)) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});

/** The page, asked for by the browser while this worker was still waking: a worker must not make pages slower. */
async function fromServer(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

/** Keeps each film as a response in the cache (on disk, whatever its size); the upload page sends it by tus. */
async function takeShared(request) {
  try {
    const form = await request.formData();
    const cache = await caches.open(SHARED);
    for (const old of await cache.keys()) await cache.delete(old);
    const films = form.getAll("films").filter((film) => film instanceof File && film.size);
    for (const [index, film] of films.entries()) {
      const headers = {
        "content-type": film.type || "video/mp4",
        "x-name": encodeURIComponent(film.name || "film.mp4"),
        "x-title": encodeURIComponent(form.get("title") ?? ""),
        "x-text": encodeURIComponent(form.get("text") ?? ""),
      };
      await cache.put(`/shared/${index}`, new Response(film, { headers }));
    }
  } catch {
    return Response.redirect("/videos/new/?shared=0", 303);
  }
  return Response.redirect("/videos/new/?shared=1", 303);
}

async function keepOfflinePage() {
  const cache = await caches.open(PAGES);
  const page = await fetch(OFFLINE, { credentials: "omit" });
  const html = await page.clone().text();
  await cache.put(OFFLINE, page);
  const parts = [...html.matchAll(/(?:href|src)="(\/(?:static|brand)\/[^"]+\.(?:css|js|svg|png))"/g)].map((match) => match[1]);
  await Promise.all(parts.map((part) => cache.add(part).catch(() => {})));
}
