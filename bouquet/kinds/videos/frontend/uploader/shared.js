// A film that the phone's share sheet gave to the service worker (sw.js), waiting in the cache.
const SHARED = "bq-shared";

/** `{ file, title, text }` of the first one, taken out of the cache; null where there is none. */
export async function takeShared() {
  if (!("caches" in window)) return null;
  const cache = await caches.open(SHARED);
  const [first] = await cache.keys();
  const kept = first && (await cache.match(first));
  if (!kept) return null;
  const said = (name) => decodeURIComponent(kept.headers.get(name) ?? "");
  const file = new File([await kept.blob()], said("x-name") || "film.mp4", { type: kept.headers.get("content-type") ?? "" });
  await cache.delete(first);
  return { file, title: said("x-title"), text: said("x-text") };
}
