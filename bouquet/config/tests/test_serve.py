"""`bouquet serve`, and what happens when its parts are killed."""

from __future__ import annotations

import os
import signal
import socket
import time
import urllib.error
import urllib.request

import pytest
from click.testing import CliRunner

from bouquet.config.serve import serve
from bouquet.config.tests.running import Running, alive, wait_until

slow = pytest.mark.slow


@pytest.mark.parametrize(
    ("options", "advice"), [(["--port"], "PORT={} make run"), (["--port", "8999", "--media-port"], "--media-port {}")]
)
def test_a_port_that_is_taken_is_said_in_a_sentence(
    options: list[str], advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bouquet.config.serve.LEAVING", 0.1)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = CliRunner().invoke(serve, [*options, str(port)])
    assert done.exit_code == 1
    assert f"Something answers at port {port} already" in done.output
    assert f"another port: {advice.format(port + 1)}." in done.output


def test_pages_and_films_cannot_share_a_port() -> None:
    done = CliRunner().invoke(serve, ["--port", "8999", "--media-port", "8999"])
    assert (done.exit_code, "--media-port 9000, or none" in done.output) == (1, True)


def test_an_address_that_is_not_ours_is_said_in_a_sentence() -> None:
    done = CliRunner().invoke(serve, ["--host", "203.0.113.7", "--port", "8999"])
    assert done.exit_code == 1
    assert "Cannot listen at 203.0.113.7:8999" in done.output


def test_a_strange_number_of_workers_is_refused() -> None:
    done = CliRunner().invoke(serve, ["--with-workers", "many", "--port", "8999"])
    assert "takes a number or auto" in done.output


@slow
def test_it_says_that_it_is_ready_when_it_answers(running: Running) -> None:
    assert f"Bouquet is ready: http://bouquet.localhost:{running.port}/" in running.log.splitlines()
    request = urllib.request.Request(f"http://127.0.0.1:{running.port}/healthz", headers={"Host": "bouquet.localhost"})
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200


@slow
@pytest.mark.parametrize("which", [0, 1])
def test_a_web_process_that_is_killed_comes_back(running: Running, which: int) -> None:
    os.kill(running.web_pids[which], signal.SIGKILL)
    time.sleep(0.3)
    wait_until(lambda: _answers(running), 30)


@slow
def test_a_worker_that_is_killed_comes_back_and_takes_nothing_with_it(running: Running) -> None:
    before = running.log.count("it starts again")
    worker = running.worker_pids[0]
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: running.log.count("it starts again") > before, 10)
    wait_until(lambda: running.worker_pids and worker not in running.worker_pids, 10)


@slow
def test_the_media_door_answers_at_its_own_port_and_comes_back_when_it_is_killed(running: Running) -> None:
    def refuses() -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{running.media}/m/1/{'a' * 22}/{'1' * 22}/master.m3u8", timeout=5)
        except urllib.error.HTTPError as answer:
            return answer.code == 403
        except OSError:
            return False
        return False

    assert f"Films and pictures are at port {running.media} too." in running.log and refuses()
    (door,) = running.named("bq media door")
    os.kill(door, signal.SIGKILL)
    wait_until(lambda: running.named("bq media door") not in ([], [door]) and refuses(), 10)


@slow
def test_ctrl_c_stops_everything_quickly_and_quietly(running: Running) -> None:
    pids, said = running.pids, len(running.log)
    with socket.create_connection(("127.0.0.1", running.port)) as idle:  # a browser that keeps its connection
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: bouquet.localhost\r\n\r\n")
        idle.recv(100)
        began = time.monotonic()
        assert running.stop(signal.SIGINT) == 0
    assert time.monotonic() - began < 9
    wait_until(lambda: not alive(pids), 2)
    assert "Traceback" not in running.log[said:]
    assert running.log.rstrip().endswith("Bouquet has stopped.")
    running.serve("--with-workers", "1")


@slow
def test_a_killed_supervisor_leaves_nothing_behind(running: Running) -> None:
    pids = running.pids
    assert len(pids) > 4
    os.kill(pids[0], signal.SIGKILL)
    running.process.wait()  # type: ignore[union-attr]
    wait_until(lambda: not alive(pids), 10)
    running.serve("--with-workers", "1")


@slow
def test_two_processes_answer_at_one_port(running: Running) -> None:
    running.stop()
    running.serve("--processes", "2")
    assert len(running.web_pids) == 3
    assert all(_answers(running) for _each in range(10))
    running.stop()
    running.serve("--with-workers", "1")


def _answers(running: Running) -> bool:
    try:
        return running.ask("GET", "/healthz")[0] == 200
    except OSError:
        return False
