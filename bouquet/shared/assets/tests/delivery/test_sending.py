"""Large files that never change are the server's to send, where it can (ASGI's path send); all else is read here."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bouquet.shared.assets.delivery.addresses import stream_prefix
from bouquet.shared.assets.delivery.application import SENDS_FILES, application
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tests.make import ready_asset

LARGE = bytes(range(256)) * 1024


@pytest.fixture
def asset(db: None) -> Asset:
    asset = ready_asset()
    for name in ("seg-00001.m4s", "large.m3u8"):
        (asset.stream_folder / "v240" / name).write_bytes(LARGE)
    return asset


def messages(path: str, *, can: bool = True, method: str = "GET", **headers: str) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 50000),
        "extensions": {SENDS_FILES: {}} if can else None,
    }
    asyncio.run(application(scope, None, send))  # type: ignore[arg-type]
    return sent


def test_a_large_segment_is_named_to_a_server_that_can_send_it(asset: Asset) -> None:
    head, body = messages(f"{stream_prefix(asset)}v240/seg-00001.m4s")
    assert (head["status"], dict(head["headers"])[b"content-length"]) == (200, str(len(LARGE)).encode())
    assert body == {"type": SENDS_FILES, "path": str(asset.stream_folder / "v240" / "seg-00001.m4s")}


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("seg-00001.m4s", {"method": "HEAD"}),
        ("seg-00001.m4s", {"range": "bytes=0-99999"}),
        ("seg-00001.m4s", {"can": False}),
        ("seg-00000.m4s", {}),  # small: one read is cheaper
        ("large.m3u8", {}),  # a playlist may be another file a moment later
    ],
)
def test_all_else_is_read_here(asset: Asset, name: str, asked: dict[str, Any]) -> None:
    sent = messages(f"{stream_prefix(asset)}v240/{name}", **asked)
    assert {each["type"] for each in sent} == {"http.response.start", "http.response.body"}


def test_a_link_out_of_the_folder_is_not_named(asset: Asset, settings: Any) -> None:
    (settings.DATA / "outside").write_bytes(LARGE)
    (asset.stream_folder / "v240" / "seg-00002.m4s").symlink_to(settings.DATA / "outside")
    assert messages(f"{stream_prefix(asset)}v240/seg-00002.m4s")[0]["status"] == 404
