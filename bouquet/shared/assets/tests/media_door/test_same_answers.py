"""What the media door answers is what the ASGI door answers: one table of requests, put to both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bouquet.shared.assets.checkups import media_door as checkup
from bouquet.shared.assets.checkups import streams
from bouquet.shared.assets.delivery import file_address
from bouquet.shared.assets.delivery.addresses import stream_prefix
from bouquet.shared.assets.delivery.application import application
from bouquet.shared.assets.media_door.door import Door
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tests.caller import Caller
from bouquet.shared.assets.tests.make import ready_asset
from bouquet.shared.assets.tests.media_door.caller import Reader, opened

SEGMENT = "v240/seg-00000.m4s"
LARGE = bytes(range(256)) * 2048
# what the servers themselves say, or what one of them leaves to HTTP
APART = {"date", "connection"}


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with opened() as door:
        yield door


@pytest.fixture
def asset(db: None, settings: Any) -> Asset:
    settings.BEHIND_PROXY, settings.TERRITORY_HEADER = True, "CF-IPCountry"
    asset = ready_asset()
    (asset.stream_folder / "v240" / "seg-00001.m4s").write_bytes(LARGE)
    return asset


def altered(prefix: str) -> str:
    parts = prefix.split("/")
    parts[3] = ("A" if parts[3][0] != "A" else "B") + parts[3][1:]
    return "/".join(parts)


def of_another(prefix: str) -> str:
    return prefix.replace(prefix.split("/")[4], ready_asset().uid)


REQUESTS: list[tuple[str, str, str, dict[str, str], int]] = [
    ("GET", "{good}", SEGMENT, {}, 200),
    ("GET", "{good}", "v240/seg-00001.m4s", {}, 200),
    ("GET", "{good}", "v240/seg-00001.m4s", {"Range": "bytes=70000-400000"}, 206),
    ("GET", "{good}", "v240/index.m3u8", {}, 200),
    ("GET", "{good}", SEGMENT, {"Range": "bytes=5-9"}, 206),
    ("GET", "{good}", SEGMENT, {"Range": "bytes=5000-"}, 416),
    ("GET", "{good}", SEGMENT, {"If_None_Match": "*"}, 304),
    ("GET", "{good}", f"{SEGMENT}?a=b", {}, 200),
    ("GET", "{good}", "v240/seg%2D00000.m4s", {}, 200),
    ("HEAD", "{good}", SEGMENT, {}, 200),
    ("HEAD", "{good}", "nothing.m4s", {"Accept_Language": "fr"}, 404),
    ("OPTIONS", "{good}", SEGMENT, {"Origin": "https://elsewhere.example"}, 204),
    ("POST", "{good}", SEGMENT, {}, 405),
    ("GET", "{good}", "nothing.m4s", {"Accept_Language": "fr"}, 404),
    ("GET", "{good}", "../../../secret_key", {}, 404),
    ("GET", "{good}", "%2e%2e/%2e%2e/secret_key", {}, 404),
    ("GET", "{good}", ".pieces/x", {}, 404),
    ("GET", "{altered}", SEGMENT, {}, 403),
    ("GET", "{other}", SEGMENT, {}, 403),
    ("GET", "{expired}", SEGMENT, {"Accept_Language": "fr"}, 410),
    ("GET", "{senegal}", SEGMENT, {"CF_IPCountry": "FR"}, 451),
    ("GET", "{senegal}", SEGMENT, {"CF_IPCountry": "SN"}, 200),
    ("GET", "{senegal}", SEGMENT, {"X_Forwarded_For": "127.0.0.1, 203.0.113.1"}, 451),
    ("GET", "{original}", "", {}, 200),
    ("GET", "/media/", "posters/none/640.webp", {}, 404),
    ("GET", "/media/", "documents/contract.pdf", {}, 404),
]


@pytest.mark.parametrize(
    ("method", "prefix", "path", "headers", "status"), REQUESTS, ids=lambda each: str(each).partition("{good}")[2]
)
def test_both_doors_answer_alike(
    asset: Asset, door: Door, method: str, prefix: str, path: str, headers: dict[str, str], status: int
) -> None:
    good = stream_prefix(asset)
    address = prefix.format(
        good=good,
        altered=altered(good),
        other=of_another(good) if prefix == "{other}" else "",
        expired=stream_prefix(asset, seconds=-7200),
        senegal=stream_prefix(asset, territory="SN"),
        original=file_address(asset, "d'été.mp4"),
    )
    reader = Reader(door).ask(method, address + path, **headers)
    mine, theirs = reader.hear(body=method != "HEAD"), Caller(application)(method, address + path, **headers)
    reader.close()
    assert (mine.status, theirs.status) == (status, status)
    assert mine.body == theirs.body
    assert {name: mine.headers[name] for name in mine.headers.keys() - APART} == theirs.headers


def test_what_is_no_file_of_ours_is_not_the_doors(door: Door, settings: Any) -> None:
    """Pages, uploads and the pages' own files stay with the web server; nothing beside the folders can be had."""
    for path in ("/", "/static/app.js", "/tus/", "/healthz", "//m/", "/m", "*", "/media/../secret_key", "/etc/passwd"):
        reader = Reader(door).ask("GET", path)
        assert reader.hear().status == 404, path
        reader.close()


def test_doctor_asks_it_and_says_what_is_wrong(door: Door, settings: Any) -> None:
    settings.MEDIA_PORT = 0
    assert list(checkup()) == []
    settings.MEDIA_PORT = door.port
    assert [each.level for each in checkup()] == ["ok"]
    settings.STREAM_ORIGIN = f"http://127.0.0.1:{door.port}"
    assert [each.level for each in streams()] == ["ok"], "it is no CDN: it sees where readers are"
    settings.MEDIA_PORT = 9
    (finding,) = checkup()
    assert finding.level == "warn" and "BOUQUET_MEDIA_PORT" in finding.mend
