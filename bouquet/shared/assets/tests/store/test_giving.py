"""What lies in the object store is given as what lies here: by the same signatures, in ranges, with like headers."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bouquet.shared.assets.checkups import object_store as checkup
from bouquet.shared.assets.delivery import answering, file_address
from bouquet.shared.assets.delivery.addresses import stream_prefix
from bouquet.shared.assets.delivery.application import application
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.store import opening
from bouquet.shared.assets.store.bucket import Bucket, StoreAway
from bouquet.shared.assets.tests.caller import Caller
from bouquet.shared.assets.tests.media_door.caller import Reader, opened
from bouquet.shared.assets.tests.store.make import ORIGINAL, SEGMENT, film, fresh, keep

pytestmark = pytest.mark.django_db
get = Caller(application)
ADDRESS = "v240/seg-00000.m4s"


@pytest.fixture
def stored(bucket: Bucket) -> Asset:
    asset = film()
    keep()
    assert not asset.stream_folder.exists()
    return fresh(asset)


def test_a_stream_plays_from_there_as_from_here(stored: Asset, bucket: Bucket) -> None:
    here, prefix = film(), stream_prefix(stored)
    for path in (ADDRESS, "master.m3u8", "v240/index.m3u8"):
        near, far = get("GET", stream_prefix(here) + path), get("GET", prefix + path)
        assert (far.status, far.body) == (200, near.body)
        apart = {"etag", "last-modified"}
        assert {name: far.headers[name] for name in far.headers if name not in apart} == {
            name: near.headers[name] for name in near.headers if name not in apart
        }
    head = get("HEAD", prefix + ADDRESS)
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(SEGMENT)))
    assert get("GET", f"/media/posters/{stored.poster}/640.webp").body == b"RIFF"
    assert get("GET", prefix + "v240/seg-00099.m4s").status == 404


def test_ranges_and_conditions_are_the_stores(stored: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    address = stream_prefix(stored) + ADDRESS
    answer = get("GET", address, Range="bytes=10-19")
    assert (answer.status, answer.body) == (206, SEGMENT[10:20])
    assert (answer.headers["content-range"], answer.headers["content-length"]) == (f"bytes 10-19/{len(SEGMENT)}", "10")
    assert get("GET", address, Range="bytes=-4").body == SEGMENT[-4:]
    assert get("GET", address, Range="bytes=1000-").body == SEGMENT[1000:]
    beyond = get("GET", address, Range="bytes=5000-")
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{len(SEGMENT)}")
    for ignored in ("bytes=9-5", "bytes=0-1,3-4", "lines=1-2"):
        assert get("GET", address, Range=ignored).status == 200
    etag = answer.headers["etag"]
    unchanged = get("GET", address, If_None_Match=etag)
    assert (unchanged.status, unchanged.body, unchanged.headers["etag"]) == (304, b"", etag)
    assert get("GET", address, Range="bytes=0-1", If_Range=etag).status == 206
    assert get("GET", address, Range="bytes=0-1", If_Range='"from before it moved"').body == SEGMENT


def test_a_large_file_passes_in_pieces(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = film()
    keep()
    reads, real = [], Bucket.read
    monkeypatch.setattr("bouquet.shared.assets.delivery.stored.PIECE", 100)

    def read(self: Bucket, body: Any, size: int) -> bytes:
        reads.append(size)
        return real(self, body, size)

    monkeypatch.setattr(Bucket, "read", read)
    assert get("GET", stream_prefix(asset) + ADDRESS).body == SEGMENT
    assert max(reads) == 100 and len(reads) == 11 and answering.PIECE > 100


def test_altered_expired_and_foreign_addresses_never_reach_the_store(
    stored: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix, other = stream_prefix(stored), film()
    _empty, m, end, signature, uid, _rest = prefix.split("/")

    def asked(*_: Any, **__: Any) -> Any:
        raise AssertionError("the store was asked")

    monkeypatch.setattr(Bucket, "get", asked)
    monkeypatch.setattr("bouquet.shared.assets.delivery.application.territory_at", lambda *_: "FR")
    altered = ("A" if signature[0] != "A" else "B") + signature[1:]
    assert get("GET", f"/{m}/{end}/{altered}/{uid}/{ADDRESS}").status == 403
    assert get("GET", f"/{m}/{end}/{signature}/{other.uid}/{ADDRESS}").status == 403
    assert get("GET", stream_prefix(stored, seconds=-7200) + ADDRESS).status == 410
    assert get("GET", stream_prefix(stored, territory="SN") + ADDRESS).status == 451
    for path in ("../secret_key", ".pieces/x", "v240//x", "v240/../../x"):
        assert get("GET", prefix + path).status == 404
    for path in ("posters/../.bouquet", "posters/.bouquet", "images/x.webp", "posters/x/640.webp"):
        assert get("GET", f"/media/{path}").status == 404


def test_an_original_is_saved_from_there_and_nginx_is_told_where_it_is(stored: Asset, settings: Any) -> None:
    answer = get("GET", file_address(stored, "d'été.mp4"), Range="bytes=0-3")
    assert (answer.status, answer.body) == (206, ORIGINAL[:4])
    assert (
        "attachment" in answer.headers["content-disposition"] and "sandbox" in answer.headers["content-security-policy"]
    )
    settings.X_ACCEL = True
    told = get("GET", file_address(stored, "d'été.mp4")).headers["x-accel-redirect"]
    assert told.startswith(f"/stored/originals/{stored.uid}/source?") and "X-Amz-Signature=" in told
    assert "response-content-type=video%2Fmp4" in told
    told = get("GET", stream_prefix(stored) + ADDRESS).headers["x-accel-redirect"]
    assert told.startswith(f"/stored/streams/{stored.uid}/{ADDRESS}?")


@pytest.fixture
def breaking() -> Iterator[str]:
    """A store that promises a thousand bytes, gives ten, and hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                line, _address = listening.accept()
            except OSError:
                return
            line.recv(65536)
            line.sendall(
                b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nETag: "a"\r\n'
                b"Last-Modified: Mon, 23 Nov 2026 00:00:00 GMT\r\n\r\n0123456789"
            )
            line.close()

    threading.Thread(target=answer, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    listening.close()


def test_a_store_that_fails_is_a_503_with_a_hint_and_here_plays_on(stored: Asset, settings: Any, breaking: str) -> None:
    address, near = stream_prefix(stored) + ADDRESS, film()
    for trouble in ({"endpoint": "http://127.0.0.1:9"}, {"bucket": "no-such-bucket"}):
        settings.OBJECT_STORE = settings.OBJECT_STORE | trouble
        answer = get("GET", address)
        assert (answer.status, answer.headers["retry-after"], answer.headers["cache-control"]) == (503, "5", "no-store")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert b"Try again" in answer.body and b"127.0.0.1" not in answer.body, "no word of the store itself"
        assert get("GET", stream_prefix(near) + ADDRESS).body == SEGMENT
    settings.OBJECT_STORE = settings.OBJECT_STORE | {"endpoint": breaking}
    with pytest.raises(StoreAway):  # the head is out: the server breaks the connection, so that nobody takes it for all
        get("GET", address)


def test_the_media_door_passes_it_on_too(
    stored: Asset, settings: Any, breaking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bouquet.shared.assets.delivery.stored.PIECE", 100)
    address = stream_prefix(stored) + ADDRESS
    with opened() as door:
        reader = Reader(door).ask("GET", address)
        assert reader.hear().body == SEGMENT
        assert reader.ask("GET", address, Range="bytes=10-899").hear().body == SEGMENT[10:900]
        assert reader.ask("HEAD", address).hear(body=False).headers["content-length"] == str(len(SEGMENT))
        settings.OBJECT_STORE = settings.OBJECT_STORE | {"endpoint": breaking}
        with pytest.raises(AssertionError, match="the door hung up after bytearray"):
            reader.ask("GET", address).hear()
        settings.OBJECT_STORE = settings.OBJECT_STORE | {"endpoint": "http://127.0.0.1:9"}
        refused = Reader(door).ask("GET", address).hear()
        assert (refused.status, refused.headers["retry-after"], refused.headers["connection"]) == (503, "5", "close")


def test_without_a_store_nobody_asks_for_one(stored: Asset, settings: Any) -> None:
    settings.OBJECT_STORE = {}
    assert get("GET", stream_prefix(stored) + ADDRESS).status == 404
    assert get("GET", file_address(stored)).status == 404
    assert [(each.level, "BOUQUET_OBJECT_STORE" in each.mend) for each in checkup()] == [("bad", True)]
    Asset.objects.all().delete()
    assert list(checkup()) == []


def test_doctor_tries_it_and_says_what_does_not_work(
    stored: Asset, bucket: Bucket, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [each.level for each in checkup()] == ["ok"]
    assert opening.TRIAL not in {each.key for each in bucket.list("")}

    def refuse(*_: Any, **__: Any) -> Any:
        raise StoreAway("AccessDenied")

    for act, word in (("put", "written"), ("list", "listed"), ("delete", "deleted from")):
        with monkeypatch.context() as patch:
            patch.setattr(Bucket, act, refuse)
            (finding,) = checkup()
            assert finding.level == "bad" and f"cannot be {word}" in finding.text and finding.mend
    settings.OBJECT_STORE = settings.OBJECT_STORE | {"bucket": "no-such-bucket"}
    (finding,) = checkup()
    assert finding.level == "bad" and "NoSuchBucket" in finding.text
