"""nginx in front: the same addresses, the same answers, by the configuration that `bouquet nginx` writes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from bouquet.config.tests.nginx_running import FROM_ANYWHERE, an_nginx, ask, needs_nginx
from bouquet.config.tests.running import Running, free_port

pytestmark = [pytest.mark.slow, needs_nginx]

ADDRESSES = """
from bouquet.shared.assets.tests.make import ready_asset
from bouquet.shared.assets.delivery.addresses import file_address, stream_prefix
from bouquet.shared.network.models import Network
Network.objects.update_or_create(pk=1, defaults={"territory": "SN"})
asset, other = ready_asset(), ready_asset()
print(stream_prefix(asset), stream_prefix(asset, seconds=-7200), file_address(asset, "d'été.mp4"), asset.uid, other.uid)
for territory in ("FR", "SN", ""):
    print(stream_prefix(asset, territory=territory))
print(stream_prefix(asset, territory="FR", seconds=-7200))
"""
SEGMENT = "v240/seg-00000.m4s"
FRENCH, FRENCH_6, AMERICAN, NOWHERE = "82.64.1.1", "2a01:e0a::1", "8.8.8.8", "240.0.0.1"


class Front:
    """nginx on a port of its own, and the addresses that were signed for it."""

    def __init__(self, port: int, prefix: str, old: str, original: str, uid: str, other: str, *bound: str) -> None:
        self.port, self.prefix, self.old, self.original, self.uid, self.other = port, prefix, old, original, uid, other
        self.french, self.at_home, self.nowhere, self.old_french = bound
        self.ask: Any = partial(ask, port)


@pytest.fixture(scope="module")
def behind(running: Running) -> Iterator[list[str]]:
    """The network behind nginx; addresses that it signed."""
    running.stop()
    running.environment |= {"BOUQUET_X_ACCEL": "1", "BOUQUET_BEHIND_PROXY": "1"}
    running.serve()
    yield running.bouquet("manage", "shell", "--no-imports", "-v0", "-c", ADDRESSES).split()
    running.stop()
    del running.environment["BOUQUET_X_ACCEL"], running.environment["BOUQUET_BEHIND_PROXY"]
    running.serve("--with-workers", "1")


@pytest.fixture(scope="module")
def front(running: Running, behind: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    port = free_port()
    written = running.bouquet("nginx", "--pages", f"127.0.0.1:{running.port}", "--listen", f"127.0.0.1:{port}")
    with an_nginx(tmp_path_factory.mktemp("nginx"), written, port, FROM_ANYWHERE):
        yield Front(port, *behind)


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
    assert (status, headers["cache-control"]) == (410, "no-store")


def test_an_address_is_good_in_its_country_only(front: Front) -> None:
    for reader in (FRENCH, FRENCH_6):
        status, headers, body = front.ask(front.french + SEGMENT, X_Test_Address=reader)
        assert (status, len(body)) == (200, 1024)
        assert headers["cache-control"] == "private, max-age=900, immutable"
    for path in (SEGMENT, "master.m3u8"):
        for reader in (AMERICAN, NOWHERE, "127.0.0.1"):
            status, headers, _body = front.ask(front.french + path, X_Test_Address=reader)
            assert (status, headers["cache-control"]) == (451, "no-store")
            assert headers["access-control-allow-origin"] == "*"
    assert front.ask(front.prefix + SEGMENT, X_Test_Address=AMERICAN)[1]["cache-control"].startswith("public")


def test_readers_on_our_own_ground_are_at_home_and_the_unknown_have_addresses_of_their_own(front: Front) -> None:
    for reader in ("127.0.0.1", "192.168.3.4", "fe80::1"):
        assert front.ask(front.at_home + SEGMENT, X_Test_Address=reader)[0] == 200
    assert front.ask(front.at_home + SEGMENT, X_Test_Address=FRENCH)[0] == 451
    assert front.ask(front.nowhere + SEGMENT, X_Test_Address=NOWHERE)[0] == 200
    assert front.ask(front.nowhere + SEGMENT, X_Test_Address=FRENCH)[0] == 451


def test_the_country_cannot_be_changed_taken_away_or_added(front: Front) -> None:
    american = {"X_Test_Address": AMERICAN}
    assert front.ask(front.french.replace("-FR", "-US") + SEGMENT, **american)[0] == 403
    assert front.ask(front.french.replace("-FR", "") + SEGMENT, **american)[0] == 403
    until = front.prefix.split("/")[2]
    assert front.ask(front.prefix.replace(until, f"{until}-US") + SEGMENT, **american)[0] == 403
    for form in ("-fr", "-FRA", "-", "-F1", "-FR-FR"):
        assert front.ask(front.french.replace("-FR", form) + SEGMENT)[0] in (403, 404)
    for place, old in list(enumerate(front.french))[3:]:
        changed = front.french[:place] + ("2" if old != "2" else "3") + front.french[place + 1 :]
        assert front.ask(changed + SEGMENT, X_Test_Address=FRENCH)[0] in (403, 404), changed
    assert front.ask(front.old_french + SEGMENT, **american)[0] == 410


def test_nginx_and_pages_agree_where_a_reader_is(front: Front, running: Running) -> None:
    """The same addresses through nginx, and through the server behind it, told by X-Forwarded-For."""
    readers = [FRENCH, FRENCH_6, AMERICAN, NOWHERE, "127.0.0.1", "194.78.0.1", "2001:db8::1", "100.64.0.1", "192.0.2.1"]
    for reader in [*readers, "198.51.100.7", "203.0.113.5", "198.18.0.9", "172.32.0.1", "::ffff:82.64.1.1"]:
        for prefix in (front.french, front.at_home, front.nowhere):
            through = front.ask(prefix + SEGMENT, X_Test_Address=reader)[0]
            behind_it = running.ask("GET", prefix + SEGMENT, X_Forwarded_For=reader)[0]
            assert through == behind_it, (reader, prefix)


def test_a_cdns_word_about_the_country_is_believed_and_nobody_elses(
    running: Running, behind: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    running.environment["BOUQUET_TERRITORY_HEADER"] = "X-Country"
    port = free_port()
    where = ["--pages", f"127.0.0.1:{running.port}", "--listen", f"127.0.0.1:{port}"]
    try:
        believed = running.bouquet("nginx", *where)
        guarded = running.bouquet("nginx", *where, "--trust", "192.0.2.0/24")
        assert "is no network" in running.bouquet("nginx", "--trust", "cdn.example", ok=False)
    finally:
        del running.environment["BOUQUET_TERRITORY_HEADER"]
    french = behind[5] + SEGMENT
    with an_nginx(tmp_path_factory.mktemp("believed"), believed, port):
        status, headers, _body = ask(port, french, X_Country="FR")
        assert (status, headers["vary"]) == (200, "X-Country")
        assert headers["cache-control"] == "public, max-age=900, immutable"
        assert "vary" not in ask(port, behind[0] + SEGMENT, X_Country="US")[1]
        assert [ask(port, french, X_Country=each)[0] for each in ("US", "XX", "", "FR,US")] == [451] * 4
        assert ask(port, behind[7] + SEGMENT, X_Country="XX")[0] == 200
    with an_nginx(tmp_path_factory.mktemp("guarded"), guarded, port):  # 127.0.0.1 is no CDN here
        assert ask(port, french, X_Country="FR")[0] == 451
        assert ask(port, behind[6] + SEGMENT, X_Country="FR")[0] == 200


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
