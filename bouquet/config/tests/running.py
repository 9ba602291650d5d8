"""A real `bouquet serve` on a throwaway data folder, for tests that pull its plug."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from bouquet.config.serve import die_with_parent
from bouquet.config.tests.servers import drop_database, servers_of_its_own
from bouquet.toolkit.testing.command import StartedCommand
from bouquet.toolkit.testing.migrated import lay_migrated_database

HOST = "video.bouquet.localhost"


@dataclass
class Running:
    """The network of one data folder: `serve()` starts it, `stop()` ends it, `kill_web()` pulls its plug."""

    data: Path
    port: int = 0
    media: int = 0
    process: subprocess.Popen[bytes] | None = None
    token: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    command: StartedCommand | None = None

    def __post_init__(self) -> None:
        self.port, self.media = self.port or free_port(), self.media or free_port()
        outer = ("BOUQUET_", "DJANGO_", "PYTEST", "PORT")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(outer)}
        self.environment = kept | {"BOUQUET_DATA": str(self.data), "BOUQUET_PORT": str(self.port)}
        self.environment["BOUQUET_MEDIA_PORT"] = str(self.media)
        self.environment |= servers_of_its_own(f"bouquet_served_{os.getpid()}_{self.port}")

    @property
    def log(self) -> str:
        return (self.data / "serve.log").read_text()

    def bouquet(self, *arguments: str, ok: bool = True) -> str:
        self.command = self.command or StartedCommand(self.environment)
        self.command.environment = self.environment
        code, said = self.command.run(*arguments)
        assert (code == 0) is ok, said
        return said

    def fill(self) -> None:
        if "BOUQUET_DATABASE_URL" in self.environment:
            self.bouquet("manage", "migrate", "-v0")
        else:
            lay_migrated_database(self.data)
        self.bouquet("site", "add", "bouquet.localhost", "--name", "Bouquet", "--main")
        self.bouquet("site", "add", HOST, "--name", "Video", "--kinds", "videos")
        self.bouquet("person", "add", "chloe@bouquet.example", "--name", "Chloé")
        self.token = self.bouquet("token", "chloe@bouquet.example").strip()

    def serve(self, *options: str) -> None:
        (self.data / "serve.log").touch()
        before = self.log.count("is ready")
        command = [sys.executable, "-m", "bouquet.config.cli", "serve", *options]
        with (self.data / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=partial(die_with_parent, os.getpid()),  # a test run that is killed leaves no server
            )
        wait_until(lambda: self.log.count("is ready") > before or self.process.poll() is not None, 120)  # type: ignore[union-attr]
        assert self.process.poll() is None, self.log

    def stop(self, number: int = signal.SIGINT) -> int:
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(timeout=30)

    @property
    def pids(self) -> list[int]:
        """The supervisor and all that it started."""
        return descendants(self.process.pid) if self.process else []

    @property
    def web_pids(self) -> list[int]:
        """granian's own process, then those that answer."""
        return self.named("bq web server")

    @property
    def worker_pids(self) -> list[int]:
        return self.named("bq worker 1")

    def named(self, name: str) -> list[int]:
        return [pid for pid in alive(self.pids) if Path(f"/proc/{pid}/comm").read_text().strip() == name]

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        lines = {"Host": f"{HOST}:{self.port}", "Authorization": f"Bearer {self.token}", "Tus-Resumable": "1.0.0"}
        line.request(method, path, body, lines | {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        line.close()
        return found

    def begin_upload(self, size: int) -> str:
        status, _headers, body = self.ask(
            "POST",
            "/api/v1/videos",
            json.dumps({"title": "A film", "size": size, "filename": "film.mp4"}),
            Content_Type="application/json",
        )
        assert status == 201, body
        return "/tus/" + json.loads(body)["upload_url"].rpartition("/")[2]

    def offset(self, path: str) -> int:
        return int(self.ask("HEAD", path)[1]["upload-offset"])

    def open_patch(self, path: str, offset: int, length: int) -> socket.socket:
        """A raw connection in the middle of a PATCH."""
        line = socket.create_connection(("127.0.0.1", self.port))
        line.sendall(
            f"PATCH {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nAuthorization: Bearer {self.token}\r\n"
            f"Tus-Resumable: 1.0.0\r\nUpload-Offset: {offset}\r\nContent-Length: {length}\r\n"
            "Content-Type: application/offset+octet-stream\r\n\r\n".encode()
        )
        return line

    def remove(self) -> None:
        if self.command:
            self.command.end()
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=10)
        if "BOUQUET_DATABASE_URL" in self.environment:
            drop_database(self.environment["BOUQUET_DATABASE_URL"])
        shutil.rmtree(self.data, ignore_errors=True)


def wait_until(true: Callable[[], Any], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} seconds"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def descendants(pid: int) -> list[int]:
    try:
        children = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
    return [pid, *(each for child in children for each in descendants(child))]


def alive(pids: list[int]) -> list[int]:
    """Those that run; who ended and waits for burial does not count."""

    def runs(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except FileNotFoundError:
            return False

    return [pid for pid in pids if runs(pid)]
