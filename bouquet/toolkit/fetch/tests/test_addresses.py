from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from bouquet.toolkit.fetch import AddressRefused, FetchError, Unreachable, read
from bouquet.toolkit.fetch.addresses import is_public, machines_of, target_of

INSIDE = """127.0.0.1 127.8.8.8 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1
100.100.100.200
168.63.129.16 0.0.0.0 0.1.2.3 224.0.0.1 239.255.255.250 255.255.255.255 240.0.0.1 192.0.0.192 192.0.2.1 198.18.0.1
192.88.99.1 ::1 :: ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 fe80::1 fc00::1 fd00:ec2::254 fec0::1 ff02::1
64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1:: 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 100::1"""


@pytest.mark.parametrize("number", INSIDE.split())
def test_what_is_not_the_open_internet_is_refused(number: str) -> None:
    assert not is_public(ip_address(number))


@pytest.mark.parametrize("number", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"])
def test_the_open_internet_is_not(number: str) -> None:
    assert is_public(ip_address(number))


SPELLINGS = """http://127.0.0.1/ http://localhost/ http://2130706433/ http://0x7f000001/ http://0177.0.0.1/ http://127.1/
http://[::1]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://0/ http://169.254.169.254/latest/meta-data/
http://[fe80::1]/ http://127.0.0.1.:8080/ http://LOCALHOST:8080/ http://①②⑦.0.0.1/"""


@pytest.mark.parametrize("address", SPELLINGS.split())
def test_this_machine_is_refused_however_it_is_spelled(address: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(socket, "create_connection", _nobody)
    with pytest.raises(FetchError) as refusal:
        read(address)
    assert isinstance(refusal.value, AddressRefused | Unreachable)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://films.example/a.mp4",
        "file:///etc/passwd",
        "gopher://films.example/",
        "//films.example/",
        "films",
        "",
        "http://",
        "http://ada:secret@films.example/",
        "http://films.example:25/",
        "http://films.example:0/",
        "http://films.example/a b",
        "http://films.example/\r\nHost: other",
        "http://films.example:99999/",
        "http://[::1/",
        "http://films.example/" + "a" * 3000,
    ],
)
def test_what_is_no_web_address_is_refused_without_asking_anybody(address: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _nobody)
    with pytest.raises(AddressRefused) as refusal:
        target_of(address) if address != "http://films.example:0/" else machines_of(
            target_of("http://films.example:1/")
        )
    assert refusal.value.reason.endswith(".")


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: Any) -> None:
    _resolve(monkeypatch, ["93.184.216.34", "10.0.0.7"])
    with pytest.raises(AddressRefused, match="private or local network"):
        read("http://films.example/")


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: Any) -> None:
    """A name that is public when it is looked at and private a moment later (DNS rebinding)."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    called: list[Any] = []

    def resolve(*_asked: Any, **_options: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in next(answers)]

    def dial(place: Any, **_options: Any) -> Any:
        called.append(place)
        raise OSError("nobody answers")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", dial)
    with pytest.raises(Unreachable):
        read("http://rebinding.example/")
    assert called == [("93.184.216.34", 80)]


def test_a_name_that_nobody_has_says_so(monkeypatch: Any) -> None:
    def unknown(*_asked: Any, **_options: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unreachable, match=r"no host called “nobody\.example”"):
        read("http://nobody.example/")


def test_an_operator_may_allow_one_host_by_name_and_port(settings: Any) -> None:
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1:8080", "films.intranet"]
    assert machines_of(target_of("http://127.0.0.1:8080/")) == ["127.0.0.1"]
    for other in ("http://127.0.0.1:8081/", "http://localhost:8080/", "http://127.0.0.1/"):
        with pytest.raises(AddressRefused):
            machines_of(target_of(other))


def _resolve(monkeypatch: Any, numbers: list[str]) -> None:
    infos = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **options: infos)


def _nobody(*_asked: Any, **_options: Any) -> Any:
    raise AssertionError("somebody was asked")
