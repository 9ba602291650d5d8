"""Parts of a file, and files that a browser has already."""

from __future__ import annotations

import os
from email.utils import formatdate
from typing import Any

import pytest

from bouquet.shared.assets.delivery import answering
from bouquet.shared.assets.delivery.addresses import stream_prefix
from bouquet.shared.assets.delivery.application import application
from bouquet.shared.assets.tests.caller import Caller
from bouquet.shared.assets.tests.make import ready_asset

get = Caller(application)
WHOLE = bytes(range(256)) * 4


@pytest.fixture
def segment(db: None) -> str:
    return f"{stream_prefix(ready_asset())}v240/seg-00000.m4s"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, 1023),
        ("bytes=1000-5000", 1000, 1023),
        ("bytes=-24", 1000, 1023),
        ("bytes=-5000", 0, 1023),
        ("bytes= 5-9", 5, 9),
    ],
)
def test_one_range_is_given(segment: str, asked: str, first: int, last: int) -> None:
    reply = get("GET", segment, Range=asked)
    assert reply.status == 206
    assert reply.headers["content-range"] == f"bytes {first}-{last}/1024"
    assert reply.headers["content-length"] == str(last - first + 1)
    assert reply.body == WHOLE[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
def test_a_range_behind_the_end_is_416(segment: str, asked: str) -> None:
    reply = get("GET", segment, Range=asked)
    assert (reply.status, reply.headers["content-range"], reply.body) == (416, "bytes */1024", b"")


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "bytes=9-3", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-" + "9" * 30]
)
def test_what_is_no_single_range_gets_the_whole_file(segment: str, asked: str) -> None:
    reply = get("GET", segment, Range=asked)
    assert (reply.status, reply.body) == (200, WHOLE)


def test_head_says_the_same_without_the_bytes(segment: str) -> None:
    reply = get("HEAD", segment)
    assert (reply.status, reply.headers["content-length"], reply.body) == (200, "1024", b"")
    assert reply.headers["accept-ranges"] == "bytes"


def test_what_the_browser_has_is_not_sent_again(segment: str) -> None:
    first = get("GET", segment)
    etag, changed = first.headers["etag"], first.headers["last-modified"]
    for condition in ({"If_None_Match": etag}, {"If_None_Match": f'"x", W/{etag}'}, {"If_Modified_Since": changed}):
        reply = get("GET", segment, **condition)
        assert (reply.status, reply.body, reply.headers["etag"]) == (304, b"", etag)
    assert get("GET", segment, If_None_Match='"other"', If_Modified_Since=changed).status == 200
    assert get("GET", segment, If_Modified_Since="yesterday").status == 200


def test_a_range_of_a_file_that_changed_is_the_whole_file(segment: str) -> None:
    etag = get("GET", segment).headers["etag"]
    assert get("GET", segment, Range="bytes=0-9", If_Range=etag).status == 206
    assert get("GET", segment, Range="bytes=0-9", If_Range='"other"').status == 200
    assert get("GET", segment, Range="bytes=0-9", If_Range=f"W/{etag}").status == 200
    assert get("GET", segment, Range="bytes=0-9", If_Range=formatdate(0, usegmt=True)).status == 200


def test_a_large_file_goes_in_pieces_and_is_closed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "PIECE", 1000)
    asset = ready_asset()
    large = os.urandom(12_345)
    (asset.stream_folder / "v240" / "seg-00001.m4s").write_bytes(large)
    before = len(os.listdir("/proc/self/fd"))
    for asked, expected in ((None, large), ("bytes=5-11000", large[5:11001])):
        extra: dict[str, Any] = {"Range": asked} if asked else {}
        assert get("GET", f"{stream_prefix(asset)}v240/seg-00001.m4s", **extra).body == expected
    assert len(os.listdir("/proc/self/fd")) <= before + 1


def test_a_reader_who_hangs_up_leaves_no_file_open(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "PIECE", 1000)
    asset = ready_asset()
    (asset.stream_folder / "v240" / "seg-00001.m4s").write_bytes(bytes(50_000))
    open_files = []
    real_open = os.open
    monkeypatch.setattr(answering.os, "open", lambda *args: open_files.append(real_open(*args)) or open_files[-1])

    async def hung_up(scope: Any, receive: Any, send: Any) -> None:
        async def broken(message: Any) -> None:
            if message["type"] == "http.response.body":
                raise ConnectionResetError

        await application(scope, receive, broken)

    with pytest.raises(ConnectionResetError):
        Caller(hung_up)("GET", f"{stream_prefix(asset)}v240/seg-00001.m4s")
    assert len(open_files) == 1
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(open_files[0])
