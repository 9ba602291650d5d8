"""A real nginx on ports of its own, for tests and benches that put it in front of a served network."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bouquet.config.tests.running import HOST, wait_until

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
needs_nginx = pytest.mark.skipif(not NGINX and "BOUQUET_NO_SKIPS" not in os.environ, reason="nginx is not installed")
# Whoever asks says in a header from which address: a country for every test.
FROM_ANYWHERE = "set_real_ip_from 127.0.0.1; real_ip_header X-Test-Address;"


@contextmanager
def an_nginx(folder: Path, configuration: str, port: int, more: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """`configuration` is for its http context, as `bouquet nginx` writes it; `more` stands before it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.conf").write_text(configuration)
    places = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{ worker_connections 64; }}"
        f"http {{ include /etc/nginx/mime.types; access_log off; {places} {more} include {folder}/site.conf; }}"
    )
    server = subprocess.Popen([str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        wait_until(lambda: _answers(port), 20)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=10)


def _answers(port: int) -> bool:
    try:
        http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
    except OSError:
        return False
    return True


def ask(
    port: int, path: str, method: str = "GET", body: Any = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    lines = {"Host": f"{HOST}:{port}"} | {name.replace("_", "-"): value for name, value in headers.items()}
    line.request(method, path, body, lines)
    answer = line.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    line.close()
    return found
