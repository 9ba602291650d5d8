"""Uploads to a network whose rows are in PostgreSQL: its threads have connections, and connections end."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from bouquet.config.tests.running import Running, wait_until

pytestmark = pytest.mark.slow
OCTETS = {"Content_Type": "application/offset+octet-stream"}
KB = 1024


def sessions(running: Running) -> list[str]:
    """What each connection of the network to its database is doing."""
    with psycopg.connect(running.environment["BOUQUET_DATABASE_URL"], autocommit=True) as line:
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        return [state for (state,) in line.execute(f"SELECT state {others} AND backend_type = 'client backend'")]


def cut_all(running: Running) -> int:
    """As a restart of PostgreSQL does: every connection ends, without a word to who holds it."""
    with psycopg.connect(running.environment["BOUQUET_DATABASE_URL"], autocommit=True) as line:
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        return len(line.execute(f"SELECT pg_terminate_backend(pid, 5000) {others}").fetchall())


# There is nothing to cut where the rows are in a file.
if os.environ.get("BOUQUET_DATABASE_URL", "").startswith("postgres"):

    def test_uploads_at_once_leave_no_transaction_open_and_no_more_connections_than_threads(running: Running) -> None:
        def send(_number: int) -> int:
            path = running.begin_upload(64 * KB)
            return running.ask("PATCH", path, bytes(64 * KB), Upload_Offset="0", **OCTETS)[0]

        with ThreadPoolExecutor(8) as senders:
            assert set(senders.map(send, range(40))) == {204}
        # A worker may be in the middle of one just now; what an upload left open would stay.
        wait_until(lambda: "idle in transaction" not in sessions(running), 20)
        states = sessions(running)
        # Each web process: 4 threads for uploads, 8 for pages. The workers and the supervisor hold a few more.
        assert len(states) <= len(running.web_pids) * 12 + 8

    def test_a_database_that_restarted_between_two_requests_is_not_noticed(running: Running) -> None:
        paths = [running.begin_upload(10) for _ in range(4)]
        assert cut_all(running) > 0
        for path in paths:
            assert running.offset(path) == 0
            assert cut_all(running) > 0
            status, headers, _body = running.ask("PATCH", path, b"1234567890", Upload_Offset="0", **OCTETS)
            assert (status, headers["upload-offset"]) == (204, "10")

    def test_a_database_that_restarts_while_bytes_come_does_not_cost_them(running: Running) -> None:
        path = running.begin_upload(512 * KB)
        line = running.open_patch(path, 0, 512 * KB)
        line.sendall(bytes(300 * KB))
        parts = running.data / "uploads"
        wait_until(lambda: any(part.stat().st_size >= 256 * KB for part in parts.rglob("part")), 20)
        assert cut_all(running) > 0
        line.sendall(bytes(212 * KB))
        assert line.recv(12) == b"HTTP/1.1 204"
        line.close()
        assert running.offset(path) == 512 * KB
