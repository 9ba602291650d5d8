"""How requests come and answers go at the media door: what a reader may not do to it, and what it may not do to one."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from bouquet.shared.assets.delivery.addresses import stream_prefix
from bouquet.shared.assets.media_door.door import Door
from bouquet.shared.assets.media_door.limits import Limits
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tests.make import ready_asset
from bouquet.shared.assets.tests.media_door.caller import Reader, nobody_left, opened

SMALL = bytes(range(256)) * 4
HASTY = Limits(connections=2, head_seconds=0.3, idle_seconds=5, send_seconds=0.3, room_seconds=0.5, leaving_seconds=3)


@pytest.fixture
def door() -> Iterator[Door]:
    with opened(HASTY) as door:
        yield door


@pytest.fixture
def asset(db: None) -> Asset:
    return ready_asset()


@pytest.fixture
def address(asset: Asset) -> str:
    return f"{stream_prefix(asset)}v240/seg-00000.m4s"


@pytest.fixture
def large(asset: Asset) -> str:
    """More than the kernel keeps of a connection by itself."""
    with (asset.stream_folder / "v240" / "seg-00001.m4s").open("wb") as file:
        file.truncate(16 * 1024**2)
    return f"{stream_prefix(asset)}v240/seg-00001.m4s"


def test_requests_that_come_together_are_answered_in_turn(door: Door, address: str) -> None:
    line = f"GET {address} HTTP/1.1\r\nHost: a\r\n"
    together = f"{line}Range: bytes=0-3\r\n\r\n{line.replace('GET', 'HEAD')}\r\n{line}Range: bytes=4-7\r\n\r\n"
    reader = Reader(door).raw(together.encode()[:-30])
    assert (reader.hear().body, reader.hear(body=False).status) == (SMALL[:4], 200)
    assert reader.raw(together.encode()[-30:]).hear().body == SMALL[4:8]
    assert reader.ask("GET", address, Connection="close").hear().body == SMALL
    assert reader.has_ended()


def test_a_reader_of_http_1_0_is_let_go_or_kept_as_it_wishes(door: Door, address: str) -> None:
    reader = Reader(door).raw(f"GET {address} HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".encode())
    assert reader.hear().headers["connection"] == "keep-alive"
    reader.raw(f"GET {address} HTTP/1.0\r\n\r\n".encode())
    assert reader.hear().headers["connection"] == "close"
    assert reader.has_ended()


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("GET {} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("GET {} HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", 413),
        ("GET {} HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("GET {} HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 30\r\n\r\n", 400),
        ("GET {} HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        ("GET {} HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        ("GET {} HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
        ("GET {} HTTP/1.1\nHost: a\n\n", 400),
        ("POST {} HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", 405),
        ("GET {}\r\n\r\n", 505),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        ("\x16\x03\x01\x02 hello in TLS", 400),
    ],
)
def test_what_another_server_could_read_otherwise_ends_the_connection(
    door: Door, address: str, head: str, status: int
) -> None:
    reader = Reader(door).raw((head.format(address) + f"GET {address} HTTP/1.1\r\n\r\n").encode())
    assert reader.hear().status == status
    assert reader.has_ended()


def test_an_upgrade_is_not_taken(door: Door, address: str) -> None:
    reader = Reader(door).ask("GET", address, Connection="Upgrade", Upgrade="websocket").raw(b"\x81\x00")
    assert reader.hear().body == SMALL
    assert reader.has_ended()


@pytest.mark.parametrize("end", ["", "\r\n\r\n"])
def test_a_head_that_is_too_long_is_refused_whole_or_not(door: Door, address: str, end: str) -> None:
    reader = Reader(door).raw(f"GET {address} HTTP/1.1\r\nCookie: {'a' * 8200}{end}".encode())
    assert reader.hear().status == 431
    assert reader.has_ended()


def test_who_is_slow_to_ask_or_to_take_is_dropped(door: Door, address: str, large: str) -> None:
    asks, takes = Reader(door).raw(b"GET /m/"), Reader(door, receives=4096).ask("GET", large)
    for letter in b"slow":
        time.sleep(0.1)
        try:
            asks.raw(bytes([letter]))
        except OSError:
            break
    assert asks.hear().status == 408
    asks.close()
    assert nobody_left(door)
    takes.close()


def test_who_hangs_up_in_the_middle_leaves_no_thread_and_no_file(door: Door, large: str) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _each in range(3):
        reader = Reader(door, receives=4096).ask("GET", large)
        reader.wire.recv(1000)
        reader.close()
        assert nobody_left(door)
    assert len(os.listdir("/proc/self/fd")) <= before
    assert not [each for each in threading.enumerate() if each.name == "reader"]


def test_where_all_places_are_taken_who_is_silent_makes_room_and_who_is_busy_does_not(
    asset: Asset, address: str, large: str
) -> None:
    with opened(Limits(connections=2, room_seconds=0.5, leaving_seconds=0.1)) as door:
        first, second = (Reader(door).ask("GET", address) for _each in range(2))
        assert first.hear().status == second.hear().status == 200
        third = Reader(door, receives=4096).ask("GET", large)
        fourth = Reader(door, receives=4096).ask("GET", large)
        assert first.has_ended() and second.has_ended()
        third.wire.recv(1000), fourth.wire.recv(1000)
        answer = Reader(door).ask("GET", address).hear()
        assert (answer.status, answer.headers["retry-after"]) == (503, "2")
        began = time.monotonic()
    assert time.monotonic() - began < 1, "the door does not wait for those who take nothing"
    for reader in (first, second, third, fourth):
        reader.close()


def test_a_door_that_closes_finishes_what_is_under_way(asset: Asset, large: str) -> None:
    with opened(HASTY) as door:
        silent, busy = Reader(door), Reader(door, receives=65536).ask("GET", large)
        busy.wire.recv(1000, socket.MSG_PEEK)
        door.stop()
        reply = busy.hear()
        assert len(reply.body) == 16 * 1024**2
        assert busy.has_ended() and silent.has_ended()
        with pytest.raises(OSError):
            Reader(door)
