"""What goes back: status lines with the protocol's headers, refusals as problem+json (RFC 9457)."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.http import http_date

from bouquet.shared.assets.models import Upload
from bouquet.shared.assets.tus.protocol import DIGESTS, EXTENSIONS, VERSION, Headers, Refusal

Send = Callable[[dict[str, Any]], Awaitable[None]]

CAME = "Authorization, Content-Type, Tus-Resumable, Upload-Checksum, Upload-Length, Upload-Metadata, Upload-Offset"
GOES = "Location, Tus-Resumable, Tus-Version, Upload-Expires, Upload-Length, Upload-Metadata, Upload-Offset"


async def answer(send: Send, status: int, headers: dict[str, str], body: bytes = b"") -> None:
    lines = {"Tus-Resumable": VERSION, "X-Content-Type-Options": "nosniff"} | headers
    if status != 204:
        lines["Content-Length"] = str(len(body))
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in lines.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, refusal: Refusal, headers: dict[str, str], *, with_body: bool = True) -> None:
    document = {"type": "about:blank", "title": refusal.title, "status": refusal.status, "detail": refusal.detail}
    lines = headers | refusal.headers | {"Content-Type": "application/problem+json", "Cache-Control": "no-store"}
    body = json.dumps(document, ensure_ascii=False).encode() if with_body else b""
    await answer(send, refusal.status, lines, body)


def about(upload: Upload, offset: int) -> dict[str, str]:
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(upload.size), "Cache-Control": "no-store"}
    if upload.finished_at is None:
        headers["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    if metadata := _metadata(upload):
        headers["Upload-Metadata"] = metadata
    return headers


def abilities() -> dict[str, str]:
    return {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(settings.UPLOAD_MAX_BYTES),
        "Tus-Checksum-Algorithm": ",".join(DIGESTS),
    }


def across(headers: Headers, *, preflight: bool = False) -> dict[str, str]:
    """CORS headers for a page of the network on another host. Empty where the call is no such thing."""
    origin = headers.get("origin", "")
    if not origin or urlsplit(origin).netloc == headers.get("host"):
        return {}
    lines = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Expose-Headers": GOES,
        "Vary": "Origin",
    }
    if preflight:
        lines |= {
            "Access-Control-Allow-Methods": "POST, HEAD, PATCH, DELETE",
            "Access-Control-Allow-Headers": CAME,
            "Access-Control-Max-Age": "86400",
        }
    return lines


def _metadata(upload: Upload) -> str:
    if "raw" in upload.metadata:
        return upload.metadata["raw"]
    name = upload.asset.filename
    return f"filename {b64encode(name.encode()).decode()}" if name else ""
