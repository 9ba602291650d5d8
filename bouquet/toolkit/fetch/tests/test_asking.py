from __future__ import annotations

import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bouquet.toolkit.fetch import (
    AddressRefused,
    BadAnswer,
    TooLarge,
    TooSlow,
    Unreachable,
    download,
    line,
    measure,
    read,
)
from bouquet.toolkit.fetch.tests.serve import Door, Elsewhere, bomb, elsewhere


def test_a_page_is_read_through_redirects(world: Elsewhere) -> None:
    world.sends_on("/old", "/new?x=1", 301)
    world.gives("/new?x=1", b"hello", "text/plain")
    content = read(f"{world.url}/old")
    assert (content.body, content.content_type, content.address) == (b"hello", "text/plain", f"{world.url}/new?x=1")


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://localhost/",
        "//10.0.0.1/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://a:b@films.example/",
    ],
)
def test_a_redirect_to_a_place_inside_is_refused(world: Elsewhere, target: str) -> None:
    world.sends_on("/film.mp4", target)
    with pytest.raises(AddressRefused):
        read(f"{world.url}/film.mp4")


def test_the_second_redirect_is_looked_at_like_the_first(world: Elsewhere) -> None:
    with elsewhere() as inside:
        inside.gives("/secret", b"keys")
        world.sends_on("/a", "/b")
        world.sends_on("/b", f"{inside.url}/secret")
        with pytest.raises(AddressRefused):
            read(f"{world.url}/a")
        assert inside.asked == []


def test_redirects_without_end_end(world: Elsewhere) -> None:
    world.sends_on("/round", "/round")
    with pytest.raises(BadAnswer, match="without end"):
        read(f"{world.url}/round")
    assert len(world.asked) == 6


def test_a_body_without_end_ends_at_the_limit(world: Elsewhere) -> None:
    def endless(door: Door) -> None:
        door.send_response(200)
        door.end_headers()
        while True:
            door.wfile.write(b"x" * 65536)

    world.routes["/endless"] = endless
    with pytest.raises(TooLarge):
        read(f"{world.url}/endless", at_most=1024 * 1024)


def test_an_announced_length_over_the_limit_is_refused_before_the_body(world: Elsewhere) -> None:
    world.gives("/huge", b"", Content_Length=str(10**12))
    with pytest.raises(TooLarge, match="931"):
        read(f"{world.url}/huge")


def test_a_compressed_bomb_stops_at_the_limit(world: Elsewhere) -> None:
    packed = bomb(300 * 1024 * 1024)
    assert len(packed) < 400_000
    world.gives("/bomb", packed, "application/xml", Content_Encoding="gzip")
    with pytest.raises(TooLarge):
        read(f"{world.url}/bomb", at_most=1024 * 1024)


def test_what_is_compressed_honestly_is_unpacked(world: Elsewhere) -> None:
    world.gives("/feed", bomb(1000), "application/xml", Content_Encoding="gzip")
    assert read(f"{world.url}/feed").body == b"\x00" * 1000


def test_a_film_is_never_unpacked(world: Elsewhere, tmp_path: Path) -> None:
    world.gives("/film.mp4", bomb(1000), "video/mp4", Content_Encoding="gzip")
    with pytest.raises(BadAnswer):
        download(f"{world.url}/film.mp4", tmp_path / "film", at_most=10**9, seconds=5)


@pytest.mark.parametrize("where", ["headers", "body"])
def test_bytes_in_drops_do_not_hold_us(world: Elsewhere, where: str) -> None:
    def drops(door: Door) -> None:
        if where == "body":
            door.send_response(200)
            door.end_headers()
        for _drop in range(200):
            door.wfile.write(b"H")
            time.sleep(0.05)

    world.routes["/drops"] = drops
    began = time.monotonic()
    with pytest.raises(TooSlow):
        read(f"{world.url}/drops", seconds=0.6)
    assert time.monotonic() - began < 3


def test_silence_does_not_hold_us(world: Elsewhere) -> None:
    gone = threading.Event()
    world.routes["/silence"] = lambda door: bool(gone.wait(5))
    with pytest.raises(TooSlow):
        read(f"{world.url}/silence", seconds=0.5)
    gone.set()


def test_less_than_was_announced_is_a_broken_line(world: Elsewhere) -> None:
    world.gives("/short", b"abc", Content_Length="1000")
    with pytest.raises(Unreachable):
        read(f"{world.url}/short")


@pytest.mark.parametrize(("status", "passing"), [(404, False), (403, False), (500, True), (503, True), (429, True)])
def test_a_refusal_of_the_other_side_is_a_sentence(world: Elsewhere, status: int, passing: bool) -> None:
    world.gives("/x", b"", status=status)
    with pytest.raises(BadAnswer, match=str(status)) as answer:
        read(f"{world.url}/x")
    assert answer.value.passing is passing


def test_a_size_is_asked_without_the_file(world: Elsewhere) -> None:
    world.gives_film("/film.mp4", b"x" * 5000)
    assert measure(f"{world.url}/film.mp4").size == 5000
    assert world.paths("GET") == []


def test_a_size_is_asked_of_servers_that_know_no_head(world: Elsewhere) -> None:
    def film(door: Door) -> None:
        if door.command == "HEAD":
            return door.say(405)
        door.say(206, b"x", "video/mp4", Content_Range="bytes 0-0/7000")

    world.routes["/film.mp4"] = film
    assert measure(f"{world.url}/film.mp4").size == 7000


def test_a_download_goes_on_where_it_broke(world: Elsewhere, tmp_path: Path) -> None:
    body = bytes(range(256)) * 4000
    world.gives_film("/film.mp4", body, breaks_at=300_000)
    path = tmp_path / "film"
    with pytest.raises(Unreachable):
        download(f"{world.url}/film.mp4", path, at_most=10**9, seconds=20)
    had = path.stat().st_size
    assert 0 < had < len(body)
    done = download(f"{world.url}/film.mp4", path, at_most=10**9, seconds=20)
    assert path.read_bytes() == body
    assert (done.size, done.began_at) == (len(body), had)
    assert world.asked[-1][2]["Range"] == f"bytes={had}-"


def test_a_film_that_changed_meanwhile_is_fetched_from_its_beginning(world: Elsewhere, tmp_path: Path) -> None:
    path = tmp_path / "film"
    world.gives_film("/film.mp4", b"a" * 900_000, breaks_at=300_000)
    with pytest.raises(Unreachable):
        download(f"{world.url}/film.mp4", path, at_most=10**9, seconds=20)
    world.gives_film("/film.mp4", b"b" * 800_000, etag='"two"')
    done = download(f"{world.url}/film.mp4", path, at_most=10**9, seconds=20)
    assert path.read_bytes() == b"b" * 800_000
    assert done.began_at == 0


def test_a_whole_film_is_not_fetched_again(world: Elsewhere, tmp_path: Path) -> None:
    world.gives_film("/film.mp4", b"a" * 5000)
    for _time in range(2):
        assert download(f"{world.url}/film.mp4", tmp_path / "film", at_most=10**9, seconds=20).size == 5000
    assert (tmp_path / "film").read_bytes() == b"a" * 5000


def test_a_film_larger_than_it_said_stops(world: Elsewhere, tmp_path: Path) -> None:
    world.gives_film("/film.mp4", b"a" * 5_000_000, lengths=False)
    with pytest.raises(TooLarge):
        download(f"{world.url}/film.mp4", tmp_path / "film", at_most=1_000_000, seconds=20)


@pytest.fixture
def secure(settings: Any, tmp_path: Path, monkeypatch: Any) -> Any:
    """A server with a certificate for films.example, whose authority this machine trusts."""
    certificate = _certificate_for("films.example", tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(line, "trust", lambda: trusting)
    with elsewhere() as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        port = server.server_address[1]
        real = line.machines_of
        monkeypatch.setattr(line, "machines_of", lambda target: real(target) and ["127.0.0.1"])
        settings.FETCH_PRIVATE_HOSTS = [server.place]
        ask = socket.getaddrinfo

        def resolve(host: str, *asked: Any, **options: Any) -> Any:
            """Every name is a public place; the connection is then led to our server (`machines_of`, above)."""
            return ask("93.184.216.34" if host.endswith(".example") else host, *asked, **options)

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        server.gives("/", b"safe", "text/plain")
        yield port


def test_https_is_checked_against_the_name_not_the_number(secure: int) -> None:
    assert read(f"https://films.example:{secure}/").body == b"safe"


def test_a_certificate_of_another_name_is_refused(secure: int) -> None:
    with pytest.raises(Unreachable, match="certificate"):
        read(f"https://other.example:{secure}/")


def _certificate_for(name: str, folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM
    secret = key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "films.pem"
    path.write_bytes(secret + certificate.public_bytes(form))
    return path
