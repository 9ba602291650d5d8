"""nginx in front: the same addresses, the same answers, by the configuration that `bouquet nginx` writes."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bouquet.config.tests.running import HOST, Running, free_port, wait_until

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not NGINX and "BOUQUET_NO_SKIPS" not in os.environ, reason="nginx is not installed"),
]

ADDRESSES = """
from bouquet.shared.assets.tests.make import ready_asset
from bouquet.shared.assets.delivery.addresses import file_address, stream_prefix
asset, other = ready_asset(), ready_asset()
print(stream_prefix(asset), stream_prefix(asset, seconds=-7200), file_address(asset, "d'été.mp4"), asset.uid, other.uid)
"""


class Front:
    """nginx on a port of its own, and the addresses that were signed for it."""

    def __init__(self, port: int, prefix: str, old: str, original: str, uid: str, other: str) -> None:
        self.port, self.prefix, self.old, self.original, self.uid, self.other = port, prefix, old, original, uid, other

    def ask(
        self, path: str, method: str = "GET", body: Any = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        lines = {"Host": f"{HOST}:{self.port}"} | {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, lines)
        answer = line.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        line.close()
        return found


@pytest.fixture(scope="module")
def front(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    running.stop()
    running.environment |= {"BOUQUET_X_ACCEL": "1", "BOUQUET_BEHIND_PROXY": "1"}
    running.serve()
    signed = running.bouquet("manage", "shell", "--no-imports", "-v0", "-c", ADDRESSES).split()
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    configuration = running.bouquet("nginx", "--pages", f"127.0.0.1:{running.port}", "--listen", f"127.0.0.1:{port}")
    server = _start(folder, configuration)
    wait_until(lambda: _answers(port), 10)
    yield Front(port, *signed)
    server.terminate()
    server.wait(timeout=10)
    running.stop()
    del running.environment["BOUQUET_X_ACCEL"], running.environment["BOUQUET_BEHIND_PROXY"]
    running.serve("--with-workers", "1")


def _start(folder: Path, configuration: str) -> subprocess.Popen[bytes]:
    (folder / "site.conf").write_text(configuration)
    places = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{ worker_connections 64; }}"
        f"http {{ include /etc/nginx/mime.types; access_log off; {places} include {folder}/site.conf; }}"
    )
    return subprocess.Popen([str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")])


def _answers(port: int) -> bool:
    try:
        http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
    except OSError:
        return False
    return True


def test_streams_come_from_the_disk_by_signature(front: Front) -> None:
    status, headers, body = front.ask(f"{front.prefix}v240/seg-00000.m4s")
    assert (status, headers["content-type"], body) == (200, "video/iso.segment", bytes(range(256)) * 4)
    assert headers["server"] == "nginx"
    assert headers["access-control-allow-origin"] == "*"
    assert "immutable" in headers["cache-control"]
    status, headers, body = front.ask(f"{front.prefix}master.m3u8")
    assert (headers["content-type"], headers["cache-control"]) == ("application/vnd.apple.mpegurl", "public, max-age=1")
    assert front.ask(f"{front.prefix}v240/seg-00000.m4s", Range="bytes=10-19")[::2] == (206, bytes(range(10, 20)))
    assert front.ask(f"{front.prefix}master.m3u8", "OPTIONS")[0] == 204


def test_altered_old_and_borrowed_addresses_are_refused(front: Front) -> None:
    _empty, m, until, signature, uid, _end = front.prefix.split("/")
    altered = ("A" if signature[0] != "A" else "B") + signature[1:]
    assert front.ask(f"/{m}/{until}/{altered}/{uid}/master.m3u8")[0] == 403
    assert front.ask(f"/{m}/{int(until) + 900}/{signature}/{uid}/master.m3u8")[0] == 403
    assert front.ask(f"/{m}/{until}/{signature}/{front.other}/master.m3u8")[0] == 403
    status, headers, _body = front.ask(f"{front.old}master.m3u8")
    assert (status, "cache-control" in headers) == (410, False)


@pytest.mark.parametrize(
    "path",
    ["../x", "%2e%2e/%2e%2e/%2e%2e/secret_key", "..%2f..%2f..%2fsecret_key", "v240/", "v240/../../x", ".hidden", "no"],
)
def test_no_path_leads_out_of_the_films_folder(front: Front, path: str) -> None:
    status, _headers, body = front.ask(front.prefix + path)
    assert status in (400, 403, 404)
    assert b"secret" not in body


def test_originals_are_decided_by_bouquet_and_sent_by_nginx(front: Front) -> None:
    status, headers, body = front.ask(front.original)
    assert (status, body) == (200, b"\x00\x00\x00\x18ftypmp42")
    assert "filename*=UTF-8''d%27%C3%A9t%C3%A9.mp4" in headers["content-disposition"]
    assert "x-accel-redirect" not in headers
    assert front.ask(front.original, Range="bytes=4-7")[::2] == (206, b"ftyp")
    assert front.ask(front.original.replace("mp4", "exe"))[0] == 403
    assert front.ask(f"/originals/{front.uid}/source")[0] == 404


def test_documents_of_the_desk_are_not_public(front: Front, running: Running) -> None:
    folder = running.data / "media" / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "contract.txt").write_text("secret")
    (folder.parent / "posters" / "a").mkdir(parents=True, exist_ok=True)
    (folder.parent / "posters" / "a" / "640.webp").write_bytes(b"RIFF")
    for path in ("documents/contract.txt", "./documents/contract.txt", "posters/../documents/contract.txt"):
        assert front.ask(f"/media/{path}")[0] == 404
    status, headers, _body = front.ask("/media/posters/a/640.webp")
    assert (status, headers["cache-control"]) == (200, "public, max-age=31536000, immutable")


def test_uploads_and_pages_pass(front: Front, running: Running) -> None:
    path = running.begin_upload(3_000_000)
    own = {
        "Authorization": f"Bearer {running.token}",
        "Tus_Resumable": "1.0.0",
        "Content_Type": "application/offset+octet-stream",
        "Upload_Offset": "0",
    }
    assert front.ask(path, "PATCH", bytes(1_000_000), **own)[0] == 204
    assert running.offset(path) == 1_000_000
    assert front.ask("/healthz")[0] == 200
    assert front.ask("/tus/", "OPTIONS")[1]["tus-version"] == "1.0.0"
