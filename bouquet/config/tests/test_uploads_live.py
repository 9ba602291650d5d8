"""Uploads over real connections: lines that break, servers that are killed, clients that are not ours."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from tusclient.client import TusClient

from bouquet.config.tests.running import HOST, Running, alive, wait_until

pytestmark = pytest.mark.slow
MB = 1024**2
OCTETS = {"Content_Type": "application/offset+octet-stream"}


@pytest.fixture(scope="module", autouse=True)
def _without_workers(running: Running) -> Iterator[None]:
    """Random bytes are no film: a worker would refuse them and leave nothing behind to compare."""
    running.stop()
    running.serve()
    yield
    running.stop()
    running.serve("--with-workers", "1")


def test_a_dropped_connection_loses_next_to_nothing(running: Running) -> None:
    data = os.urandom(8 * MB)
    path = running.begin_upload(len(data))
    line = running.open_patch(path, 0, len(data))
    line.sendall(data[: 5 * MB])
    time.sleep(0.5)
    line.close()
    wait_until(lambda: running.offset(path) > 0, 5)
    time.sleep(0.5)
    offset = running.offset(path)
    assert 5 * MB - 256 * 1024 <= offset <= 5 * MB
    status, headers, _body = running.ask("PATCH", path, data[offset:], Upload_Offset=str(offset), **OCTETS)
    assert (status, headers["upload-offset"]) == (204, str(len(data)))
    assert hashlib.sha256(received(running, data)).digest() == hashlib.sha256(data).digest()


def test_a_server_killed_in_the_middle_goes_on_where_it_stopped(running: Running) -> None:
    data = os.urandom(8 * MB)
    path = running.begin_upload(len(data))
    line = running.open_patch(path, 0, len(data))
    line.sendall(data[: 5 * MB])
    time.sleep(1.5)
    pids = running.pids
    os.kill(pids[0], signal.SIGKILL)  # and everything with it, as a power cut would
    line.close()
    running.process.wait()  # type: ignore[union-attr]
    wait_until(lambda: not alive(pids), 10)
    running.serve()
    offset = running.offset(path)
    assert 5 * MB - 256 * 1024 <= offset <= 5 * MB
    assert running.ask("PATCH", path, data[offset:], Upload_Offset=str(offset), **OCTETS)[0] == 204
    assert received(running, data) == data


def test_a_second_connection_to_the_same_place_is_refused_while_the_first_sends(running: Running) -> None:
    path = running.begin_upload(4 * MB)
    line = running.open_patch(path, 0, 4 * MB)
    line.sendall(bytes(MB))
    wait_until(lambda: running.offset(path) > 0, 5)
    status, _headers, body = running.ask("PATCH", path, b"x", Upload_Offset=str(running.offset(path)), **OCTETS)
    assert (status, b"Another connection" in body) == (423, True)
    line.close()
    wait_until(lambda: running.ask("PATCH", path, b"", Upload_Offset=str(running.offset(path)), **OCTETS)[0] == 204, 5)


def test_a_refusal_reaches_a_client_that_sends_on(running: Running) -> None:
    """An answer before the body has ended must arrive, whatever is still on its way."""
    path = running.begin_upload(2 * MB)
    status, _headers, body = running.ask("PATCH", path, bytes(2 * MB), Upload_Offset="5", **OCTETS)
    assert status == 409, body
    assert running.offset(path) == 0


def test_a_wrong_checksum_over_a_real_line(running: Running) -> None:
    path = running.begin_upload(MB)
    wrong = b64encode(hashlib.sha1(b"other", usedforsecurity=False).digest()).decode()
    status, _headers, _body = running.ask(
        "PATCH", path, os.urandom(MB), Upload_Offset="0", Upload_Checksum=f"sha1 {wrong}", **OCTETS
    )
    assert (status, running.offset(path)) == (460, 0)


def test_tuspy_sends_a_file_in_pieces(running: Running, tmp_path: Path) -> None:
    file = tmp_path / "رحلة.mp4"
    file.write_bytes(os.urandom(3 * MB + 17))
    client = TusClient(
        f"http://127.0.0.1:{running.port}/tus/",
        headers={"Authorization": f"Bearer {running.token}", "Host": f"{HOST}:{running.port}"},
    )
    uploader = client.uploader(
        str(file), chunk_size=MB, metadata={"filename": file.name, "title": "Un été"}, upload_checksum=True
    )
    uploader.upload()
    assert uploader.offset == file.stat().st_size
    assert received(running, file.read_bytes()) == file.read_bytes()


def test_memory_stays_flat_for_a_gigabyte(running: Running) -> None:
    size = 1024 * MB
    path = running.begin_upload(size)
    pids = running.web_pids
    before, peak = resident(pids), 0
    block = os.urandom(MB)
    line = running.open_patch(path, 0, size)
    for number in range(size // MB):
        line.sendall(block)
        if number % 32 == 0:
            peak = max(peak, resident(pids))
    assert line.recv(12) == b"HTTP/1.1 204"
    line.close()
    assert peak - before < 64 * MB


def resident(pids: list[int]) -> int:
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE")


def received(running: Running, data: bytes) -> bytes:
    """The newest original of that size."""
    files = sorted((running.data / "uploads").glob("*/source"), key=lambda file: file.stat().st_mtime)
    return next((file.read_bytes() for file in reversed(files) if file.stat().st_size == len(data)), b"")
