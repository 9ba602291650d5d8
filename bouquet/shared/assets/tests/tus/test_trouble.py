"""One writer at a time, a full disk, a line that falls silent."""

from __future__ import annotations

import errno
import fcntl
import os
from collections import namedtuple
from typing import Any

import pytest

from bouquet.shared.assets.tests.caller import Caller
from bouquet.shared.assets.tests.make import make_upload
from bouquet.shared.assets.tests.tus.conftest import OCTETS
from bouquet.shared.assets.tus import body, part
from bouquet.shared.assets.tus.application import application


def test_a_second_writer_at_the_same_time_is_refused(tus: Caller, upload: Any) -> None:
    seen = []

    def meanwhile() -> bytes:
        # What a second connection of the same person meets while the first is in the middle of its body.
        with pytest.raises(part.Refusal) as refused:
            part.Part(upload.part_path)
        seen.append(refused.value.status)
        return b"90"

    reply = tus("PATCH", upload.path, [b"12345678", meanwhile], Upload_Offset="0", **OCTETS)
    assert (reply.status, seen) == (204, [423])


def test_a_lock_is_a_423_with_a_sentence(tus: Caller, upload: Any) -> None:
    upload.part_path.parent.mkdir(parents=True)
    with upload.part_path.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        reply = tus("PATCH", upload.path, [b"12"], Upload_Offset="0", **OCTETS)
        assert reply.status == 423
        assert "Another connection" in reply.problem["detail"]
    assert tus("PATCH", upload.path, [b"12"], Upload_Offset="0", **OCTETS).status == 204


def test_the_lock_of_a_killed_process_is_gone(upload: Any) -> None:
    pid = os.fork()
    if pid == 0:
        part.Part(upload.part_path)
        os.kill(os.getpid(), 9)
    os.waitpid(pid, 0)
    part.Part(upload.part_path).close()


def test_a_refused_body_is_read_off_so_that_its_sender_hears_the_answer(tus: Caller, upload: Any) -> None:
    read = []
    pieces = [b"x" * 10, lambda: read.append(1) or b"x" * 10, lambda: read.append(2) or b"x" * 10]
    reply = tus("PATCH", upload.path, pieces, Upload_Offset="5", Content_Length="30", **OCTETS)
    assert (reply.status, read) == (409, [1, 2])


def test_a_refused_body_is_not_read_for_ever(tus: Caller, upload: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "DRAIN_BYTES", 15)
    read: list[int] = []
    pieces = [lambda: read.append(1) or b"x" * 10] * 50
    assert tus("PATCH", upload.path, pieces, Upload_Offset="5", Content_Length="500", **OCTETS).status == 409
    assert len(read) == 2


def test_a_full_disk_keeps_what_fitted_and_says_so(tus: Caller, upload: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.pwrite

    def full(fd: int, data: Any, offset: int) -> int:
        if offset >= 6:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(fd, data[:3], offset)

    monkeypatch.setattr(part.os, "pwrite", full)
    reply = tus("PATCH", upload.path, [b"1234567890"], Upload_Offset="0", **OCTETS)
    assert (reply.status, reply.headers["upload-offset"]) == (507, "6")
    assert "kept" in reply.problem["detail"]
    monkeypatch.undo()
    assert upload.offset == 6


def test_the_disk_is_caught_up_with_also_when_the_file_comes_in_small_requests(
    tus: Caller, chloe: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the answer to the last byte waits for all that was never written."""
    upload, synced, real = make_upload(person=chloe, size=100), [], os.fdatasync
    monkeypatch.setattr(part, "SYNC_EVERY", 20)
    monkeypatch.setattr(part.os, "fdatasync", lambda fd: synced.append(os.fstat(fd).st_size) or real(fd))
    for offset in range(0, 100, 5):
        assert tus("PATCH", upload.path, [b"12345"], Upload_Offset=str(offset), **OCTETS).status == 204
    assert synced == [20, 40, 60, 80, 100, 100]


def test_bytes_are_refused_while_the_disk_is_nearly_full(
    tus: Caller, upload: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(part.shutil, "disk_usage", lambda _folder: usage(10**12, 10**12 - 10, 10))
    reply = tus("PATCH", upload.path, [b"12"], Upload_Offset="0", **OCTETS)
    assert (reply.status, reply.headers["upload-offset"]) == (507, "0")


def test_a_silent_line_is_given_up_and_what_came_is_kept(
    tus: Caller, upload: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The telephone went into a tunnel: no goodbye, no byte. Its next connection must find the upload free."""
    import time

    monkeypatch.setattr(body, "FLUSH_AFTER", 0.05)
    monkeypatch.setattr(body, "SILENCE", 0.2)
    waited = []

    def silence() -> bytes:
        waited.append(upload.offset)
        time.sleep(0.6)
        return b""

    reply = tus("PATCH", upload.path, [b"123", silence, b"45"], Upload_Offset="0", **OCTETS)
    assert reply.status == 0
    assert upload.offset == 3
    assert tus("PATCH", upload.path, [b"4567890"], Upload_Offset="3", **OCTETS).status == 204


def test_an_error_of_ours_is_a_problem_with_a_sentence(
    tus: Caller, upload: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def broken(*_arguments: Any) -> None:
        raise RuntimeError("a disk fell out")

    monkeypatch.setattr(part.os, "pwrite", broken)
    reply = tus("PATCH", upload.path, [b"12"], Upload_Offset="0", **OCTETS)
    assert reply.status == 500
    assert "disk fell" not in reply.problem["detail"]
    assert "a disk fell out" in caplog.text


def test_an_expired_upload_is_gone(tus: Caller, upload: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    type(upload).objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for method in ("HEAD", "PATCH"):
        assert tus(method, upload.path, [b"1"], Upload_Offset="0", **OCTETS).status == 410


def test_bytes_that_come_give_the_upload_new_time(tus: Caller, upload: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    type(upload).objects.update(expires_at=timezone.now() + timedelta(hours=1))
    tus("PATCH", upload.path, [b"1"], Upload_Offset="0", **OCTETS)
    upload.refresh_from_db()
    assert upload.expires_at > timezone.now() + timedelta(hours=40)


def test_an_unknown_host_is_told_so(tus: Caller, upload: Any) -> None:
    stranger = Caller(application, host="elsewhere.example", headers=tus.headers)
    assert stranger("HEAD", upload.path).status in (404, 421)
