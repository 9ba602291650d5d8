"""nginx before an object store: it checks addresses itself and fetches what is not on the disk, in both of its ways."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bouquet.config.nginx import front_configuration
from bouquet.config.tests.nginx_running import an_nginx, ask, needs_nginx
from bouquet.config.tests.running import free_port
from bouquet.shared.assets.delivery import file_address
from bouquet.shared.assets.delivery.addresses import stream_prefix
from bouquet.shared.assets.delivery.application import application
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.store.bucket import Bucket
from bouquet.shared.assets.store.opening import policy_for_nginx
from bouquet.shared.assets.tests.caller import Caller
from bouquet.shared.assets.tests.store.conftest import bucket, s3_server
from bouquet.shared.assets.tests.store.make import ORIGINAL, SEGMENT, film, fresh, keep

__all__ = ["bucket", "s3_server"]
pytestmark = [pytest.mark.slow, needs_nginx, pytest.mark.django_db]
ADDRESS = "v240/seg-00000.m4s"


@pytest.fixture
def bouquet_bytes() -> Iterator[tuple[str, list[str]]]:
    """Our server of bytes, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            reply = Caller(application)(self.command, self.path, **dict(self.headers.items()))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if "content-length" not in reply.headers:
                self.send_header("content-length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        do_HEAD = do_GET

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("way", ["signed", "direct"])
def test_nginx_gives_from_the_store_what_is_not_here_any_more(
    bucket: Bucket, settings: Any, bouquet_bytes: tuple[str, list[str]], tmp_path: Path, way: str
) -> None:
    settings.X_ACCEL, settings.TERRITORY_DATABASE = True, ""  # no table of countries: nobody here is asked for one
    stored, local = film(), film()
    Asset.objects.filter(pk=local.pk).update(state="processing")
    keep()
    stored = fresh(stored)
    assert not stored.stream_folder.exists()
    if way == "direct":
        bucket.client.put_bucket_policy(Bucket=bucket.name, Policy=policy_for_nginx())
    upstream, asked = bouquet_bytes
    port = free_port()
    written = front_configuration(pages=upstream, bytes_=upstream, listen=f"127.0.0.1:{port}", direct=way == "direct")
    kept = tmp_path / "kept"
    written = written.replace(f"{settings.DATA}/nginx/store", str(kept))
    with an_nginx(tmp_path / "nginx", written, port):
        prefix = stream_prefix(stored)
        for expected in ("MISS", "HIT"):
            status, headers, body = ask(port, prefix + ADDRESS)
            assert (status, body, headers["x-cache"]) == (200, SEGMENT, expected)
            assert headers["content-type"] == "video/iso.segment"
            assert headers["cache-control"] == "public, max-age=900, immutable"
            assert headers["access-control-allow-origin"] == "*"
            assert not [name for name in headers if name.startswith("x-amz")]
        assert ask(port, prefix + ADDRESS, Range="bytes=10-19")[::2] == (206, SEGMENT[10:20])
        assert ask(port, prefix + ADDRESS, "HEAD")[0] == 200
        playlist = ask(port, prefix + "master.m3u8?x-id=GetObject&acl")
        assert (playlist[0], playlist[1]["cache-control"]) == (200, "public, max-age=1")
        assert ask(port, stream_prefix(local) + ADDRESS)[2] == SEGMENT, "what is here comes from the disk"
        status, headers, body = ask(port, f"/media/posters/{stored.poster}/640.webp")
        assert (status, body, headers["cache-control"]) == (200, b"RIFF", "public, max-age=31536000, immutable")
        assert bool(asked) is (way == "signed"), "directly, nobody else is asked"

        status, headers, body = ask(port, file_address(stored, "d'été.mp4"))
        assert (status, body, headers["cache-control"]) == (200, ORIGINAL, "private, no-store")
        assert "attachment" in headers["content-disposition"] and headers["content-type"] == "video/mp4"
        assert ask(port, file_address(stored, "film.mp4"), Range="bytes=0-3")[::2] == (206, ORIGINAL[:4])
        assert ask(port, file_address(stored, "film.mp4"), "HEAD")[0] == 200

        before = len(asked)
        altered = prefix.replace(prefix.split("/")[3], "A" * 22)
        assert ask(port, altered + ADDRESS)[0] == 403
        assert ask(port, stream_prefix(stored, seconds=-7200) + ADDRESS)[0] == 410
        for outside in (f"/stored/streams/{stored.uid}/{ADDRESS}", f"/stored/originals/{stored.uid}/source"):
            assert ask(port, outside)[0] == 404
        assert len(asked) == before
        status, headers, _body = ask(port, prefix + "v240/seg-00099.m4s")
        assert (status, headers["cache-control"], headers["access-control-allow-origin"]) == (404, "no-store", "*")
    if way == "direct":
        word = re.search(r'Referer "([0-9a-f]{40})"', written)
        assert word and word[1] in policy_for_nginx() and "originals" not in policy_for_nginx()


def test_nginx_says_that_the_store_is_away_and_when_to_ask_again(bucket: Bucket, settings: Any, tmp_path: Path) -> None:
    asset = film()
    keep()
    settings.TERRITORY_DATABASE = ""
    settings.OBJECT_STORE = settings.OBJECT_STORE | {"endpoint": f"http://127.0.0.1:{free_port()}"}
    port = free_port()
    written = front_configuration(pages="127.0.0.1:9", bytes_="127.0.0.1:9", listen=f"127.0.0.1:{port}", direct=True)
    written = written.replace(f"{settings.DATA}/nginx/store", str(tmp_path / "kept"))
    with an_nginx(tmp_path / "nginx", written, port):
        status, headers, _body = ask(port, stream_prefix(asset) + ADDRESS)
        assert (status, headers["retry-after"], headers["cache-control"]) == (503, "5", "no-store")
        assert headers["access-control-allow-origin"] == "*"
