"""A CDN in front: an nginx of one's own as the edge, by the configuration that `bouquet nginx --edge` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from bouquet.config.tests.nginx_running import FROM_ANYWHERE, an_nginx, ask, needs_nginx
from bouquet.config.tests.running import Running, free_port

pytestmark = [pytest.mark.slow, needs_nginx]
VIDEOS = """
from django.conf import settings
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.tests.make import ready_asset
from bouquet.shared.network.models import Network
from bouquet.shared.works.actions import set_availability
Network.objects.update_or_create(pk=1, defaults={"territory": "SN"})
chloe = Person.objects.get(email="chloe@bouquet.example")
folder = settings.MEDIA_ROOT / "posters" / "abc"
folder.mkdir(parents=True, exist_ok=True)
(folder / "1280.webp").write_bytes(b"RIFF")
free, limited = (make_video(author=chloe, asset=ready_asset(owner=chloe, poster="abc")) for _ in range(2))
set_availability(limited, territories=["FR", "SN"])
print(free.uid, limited.uid)
"""
SEGMENT = "v240/seg-00000.m4s"
FRENCH, AMERICAN = "82.64.1.1", "8.8.8.8"
ELSEWHERE = {"Origin": "https://blog.example"}


@dataclass
class Edge:
    """`ask(path, …)` asks the edge, as any page on another host would."""

    port: int
    network: Running
    free: str
    limited: str

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        return ask(self.port, path, method, **ELSEWHERE | headers)

    def prefix(self, uid: str, reader: str = FRENCH) -> str:
        """Where the page of a film sends this reader's player; it must be this edge."""
        status, _headers, body = self.network.ask("GET", f"/embed/{uid}", X_Forwarded_For=reader)
        assert status == 200
        address = urlsplit(re.search(r'data-player-hls-value="([^"]+)"', body.decode())[1])  # type: ignore[index]
        assert address.netloc == f"127.0.0.1:{self.port}"
        return address.path.removesuffix("master.m3u8")


@pytest.fixture(scope="module")
def edge(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    port = free_port()
    choices = {
        "BOUQUET_BEHIND_PROXY": "1",
        "BOUQUET_TERRITORY_HEADER": "X-Country",
        "BOUQUET_STREAM_ORIGIN": f"http://127.0.0.1:{port}",
    }
    running.stop()
    running.environment |= choices
    running.serve()
    uids = running.bouquet("manage", "shell", "--no-imports", "-v0", "-c", VIDEOS).split()
    written = running.bouquet("nginx", "--edge", f"http://127.0.0.1:{running.port}/", "--listen", f"127.0.0.1:{port}")
    with an_nginx(tmp_path_factory.mktemp("edge"), written, port, FROM_ANYWHERE):
        yield Edge(port, running, *uids)
    running.stop()
    for name in choices:
        del running.environment[name]
    running.serve("--with-workers", "1")


def test_a_page_sends_its_player_to_the_edge_which_gives_playlist_and_segments(edge: Edge) -> None:
    prefix = edge.prefix(edge.free)
    status, headers, body = edge.ask(f"{prefix}master.m3u8")
    assert (status, headers["content-type"]) == (200, "application/vnd.apple.mpegurl")
    rung = edge.ask(prefix + body.decode().splitlines()[-1])[2].decode()
    assert "seg-00000.m4s" in rung
    for expected in ("MISS", "HIT"):
        status, headers, body = edge.ask(prefix + SEGMENT)
        assert (status, headers["x-cache"], body) == (200, expected, bytes(range(256)) * 4)
        assert headers["access-control-allow-origin"] == "*"
        assert headers["cross-origin-resource-policy"] == "cross-origin"
        assert headers["cache-control"] == "public, max-age=900, immutable"
        assert not {"set-cookie", "vary"} & set(headers)
    status, headers, body = edge.ask(prefix + SEGMENT, Range="bytes=10-19")
    assert (status, headers["x-cache"], body) == (206, "HIT", bytes(range(10, 20)))
    assert edge.ask(prefix + SEGMENT, If_None_Match=edge.ask(prefix + SEGMENT)[1]["etag"])[0] == 304
    status, headers, _body = edge.ask(prefix + SEGMENT, "OPTIONS", Access_Control_Request_Headers="range")
    assert (status, "Range" in headers["access-control-allow-headers"]) == (204, True)


def test_another_readers_signature_finds_what_the_first_one_fetched(edge: Edge) -> None:
    prefix = edge.prefix(edge.free)
    edge.ask(prefix + SEGMENT)
    later = edge.network.bouquet(
        "manage", "shell", "--no-imports", "-v0", "-c",
        "from bouquet.kinds.videos.models import Video; from bouquet.shared.access.streams import sign;"
        f"print(sign(Video.objects.get(uid='{edge.free}').asset, seconds=90000))",
    ).strip()  # fmt: skip
    path = urlsplit(later).path
    assert path != prefix
    assert edge.ask(path + SEGMENT)[1]["x-cache"] == "HIT"


def test_the_edge_refuses_what_the_network_would(edge: Edge) -> None:
    prefix = edge.prefix(edge.free)
    edge.ask(prefix + SEGMENT)  # it has it
    _empty, m, until, signature, uid, _end = prefix.split("/")
    altered = ("A" if signature[0] != "A" else "B") + signature[1:]
    assert edge.ask(f"/{m}/{until}/{altered}/{uid}/{SEGMENT}")[0] == 403
    assert edge.ask(f"/{m}/{int(until) + 900}/{signature}/{uid}/{SEGMENT}")[0] == 403
    assert edge.ask(f"{prefix}missing.m4s")[0] == 404
    assert edge.ask(f"{prefix}..%2f..%2fsecret_key")[0] in (400, 403, 404)
    for path in ("/", "/api/v1/videos", "/tus/", "/f/1/x/y/z", "/media/documents/a.pdf"):
        assert edge.ask(path)[0] == 404


def test_a_limited_film_is_kept_once_and_given_to_its_countries_only(edge: Edge) -> None:
    french = edge.prefix(edge.limited)
    assert "-FR/" in french
    assert edge.ask(french + SEGMENT, X_Test_Address=FRENCH)[0] == 200
    status, headers, _body = edge.ask(french + SEGMENT, X_Test_Address=FRENCH)
    assert (status, headers["x-cache"]) == (200, "HIT")
    assert headers["cache-control"] == "private, max-age=900, immutable"  # caches behind it know no country
    for lie in ({}, {"X_Country": "FR"}):
        status, headers, _body = edge.ask(french + SEGMENT, X_Test_Address=AMERICAN, **lie)
        assert (status, headers["cache-control"]) == (451, "no-store")
        assert headers["access-control-allow-origin"] == "*"
    at_home = edge.prefix(edge.limited, "127.0.0.1")
    assert edge.ask(at_home + SEGMENT)[1]["x-cache"] == "HIT"


def test_posters_come_through_it_too_and_no_cookie_does(edge: Edge) -> None:
    answers = [edge.ask("/media/posters/abc/1280.webp", Cookie="bq_session=secret") for _ in range(2)]
    assert [headers["x-cache"] for _status, headers, _body in answers] == ["MISS", "HIT"]
    for status, headers, body in answers:
        assert (status, body, headers["access-control-allow-origin"]) == (200, b"RIFF", "*")
        assert headers["cache-control"] == "public, max-age=31536000, immutable"
        assert "set-cookie" not in headers


def test_doctor_says_whether_the_edge_does_its_work(edge: Edge) -> None:
    origin = f"http://127.0.0.1:{edge.port}"
    assert f"Streams and posters come from {origin}" in edge.network.bouquet("doctor", "streams")
    edge.network.environment["BOUQUET_STREAM_ORIGIN"] = f"http://127.0.0.1:{free_port()}"
    try:
        assert "does not answer" in edge.network.bouquet("doctor", "streams")
    finally:
        edge.network.environment["BOUQUET_STREAM_ORIGIN"] = origin
