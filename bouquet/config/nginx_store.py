"""The part of nginx's configuration about an object store: docs/running/store.conf, filled in, and the ways into it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from bouquet.shared.assets.store.opening import word_of_nginx

HIDDEN = (
    "Cache-Control",
    "Vary",
    "Set-Cookie",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "x-amz-content-sha256",
    "x-amz-id-2",
    "x-amz-meta-sha256",
    "x-amz-request-id",
    "x-amz-server-side-encryption",
    "x-amz-storage-class",
    "x-amz-version-id",
    "x-amzn-requestid",
)
CACHE = """# What was fetched from the object store is kept here, and asked about again when its time is over.
proxy_cache_path @DATA@/nginx/store levels=1:2 keys_zone=bouquet_store:50m max_size=10g inactive=7d use_temp_path=off;
map "$status $uri" $bouquet_stored_life {
    "~^(200|206|304) /stored/posters/"  "public, max-age=31536000, immutable";
    default                             $bouquet_stream_life;
}
"""
POSTER = """location ~ "^/media/(?<bouquet_poster>posters/[1-9A-Za-z]{22}-[1-9A-Za-z]+/\\w+\\.(?:avif|webp|jpg))$" {
            alias @DATA@/media/$bouquet_poster;
            log_not_found off;
            error_page 404 = @bouquet_stored_poster;
        }"""
SIGNED = """    # The bucket is private: Bouquet signs an address for it, and nginx fetches the bytes.
    location @bouquet_stored { proxy_pass http://bouquet_bytes; }
    location @bouquet_stored_poster { proxy_pass http://bouquet_bytes; }"""
DIRECT = """    # The bucket gives to who brings our word, by its policy (`bouquet video storage --policy`).
    location @bouquet_stored { rewrite ^ /stored/streams/$bouquet_asset/$bouquet_path? last; }
    location @bouquet_stored_poster { rewrite ^ /stored/$bouquet_poster? last; }"""


def store_words(*, direct: bool) -> dict[str, str]:
    """What stands in the places of nginx.conf; nothing where there is no store."""
    names = ("@STORE_CACHE@", "@NOT_HERE@", "@POSTER_NOT_HERE@", "@STORED@")
    if not settings.OBJECT_STORE:
        return dict.fromkeys(names, "")
    (settings.DATA / "nginx").mkdir(parents=True, exist_ok=True)
    text = (settings.ROOT / "docs" / "running" / "store.conf").read_text()
    for name, value in _filling(direct).items():
        text = text.replace(name, value)
    here = "log_not_found off;\n        error_page 404 = @bouquet_stored;"
    return dict(zip(names, (CACHE, here, POSTER, text.strip()), strict=True))


def _filling(direct: bool) -> dict[str, str]:
    store = settings.OBJECT_STORE
    where = f"{store['endpoint']}/{store['bucket']}/{store['prefix']}".rstrip("/")
    return {
        "@FALLBACK@": DIRECT if direct else SIGNED,
        "@STORE@": where,
        "@STORE_HOST@": urlsplit(store["endpoint"]).netloc,
        "@OUR_WORD@": f'proxy_set_header Referer "{word_of_nginx()}";' if direct else 'proxy_set_header Referer "";',
        "@HIDDEN@": "\n        ".join(f"proxy_hide_header {name};" for name in HIDDEN),
    }
