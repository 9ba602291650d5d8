"""The whole network in one ASGI application: bytes by small native applications, pages by Django over WSGI in threads,
those for strangers kept at a door before it (toolkit/page_cache).

Django's pages are 2 to 10 times faster over WSGI than over ASGI (docs/running/measurements/server.md); uploads and
segments must never wait for a page, nor a page for them.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bouquet.config.settings")
_django = get_wsgi_application()  # loads the apps: what follows may import models

from django.conf import settings  # noqa: E402

import bouquet.config.urls  # noqa: E402, F401  now, so that the first reader does not wait for it
from bouquet.config.bridge import Pages  # noqa: E402
from bouquet.config.page_key import Look, key_of  # noqa: E402
from bouquet.shared.assets.delivery.application import PREFIXES  # noqa: E402
from bouquet.shared.assets.delivery.application import application as delivery  # noqa: E402
from bouquet.shared.assets.tus.application import application as tus  # noqa: E402
from bouquet.shared.audience.collector import PATH as HITS  # noqa: E402
from bouquet.shared.audience.collector import application as collector  # noqa: E402
from bouquet.toolkit.page_cache.door import PageDoor  # noqa: E402

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
pages = PageDoor(
    Pages(_django, threads=settings.PAGE_THREADS),
    look=Look(),
    key_of=key_of,
    most_bytes=settings.PAGE_CACHE_MEGABYTES * 1024**2,
)


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        return await send({"type": "websocket.close", "code": 1000})
    path = scope["path"]
    if path.startswith(PREFIXES):
        return await delivery(scope, receive, send)
    if path == "/tus" or path.startswith("/tus/"):
        return await tus(scope, receive, send)
    if path == HITS:
        return await collector(scope, receive, send)
    return await pages(scope, receive, send)
