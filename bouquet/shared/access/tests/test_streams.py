"""Streams by signed address."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bouquet.shared.access import streams
from bouquet.shared.access.decide import Terms
from bouquet.shared.assets.delivery import addresses
from bouquet.shared.assets.delivery.application import application
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tests.caller import Caller
from bouquet.shared.assets.tests.make import ready_asset

get = Caller(application)


@pytest.fixture
def asset(db: None) -> Asset:
    return ready_asset()


@pytest.fixture
def prefix(asset: Asset) -> str:
    return streams.sign(asset)


def test_a_prefix_names_its_end_its_signature_and_the_asset(asset: Asset, prefix: str) -> None:
    assert re.fullmatch(rf"/m/[0-9]{{10}}/[\w-]{{22}}/{asset.uid}/", prefix)
    assert streams.check(f"{prefix}master.m3u8") == asset.uid


def test_who_asks_in_the_same_quarter_of_an_hour_gets_the_same_address(
    asset: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    quarter = 1_800_000_000 // 900 * 900
    signed = set()
    for second in (0, 1, 450, 899):
        monkeypatch.setattr(addresses.time, "time", lambda second=second: quarter + second)
        signed.add(streams.sign(asset, seconds=3600))
    assert len(signed) == 1
    assert int(signed.pop().split("/")[2]) >= quarter + 899 + 3600


def test_an_address_ends_with_the_viewers_window(asset: Asset) -> None:
    closes = timezone.now() + timedelta(minutes=20)
    terms = Terms(until=closes)
    assert int(streams.sign(asset, terms).split("/")[2]) == int(closes.timestamp())
    assert int(streams.sign_original(asset, terms=terms).split("/")[2]) == int(closes.timestamp())
    far = Terms(until=timezone.now() + timedelta(days=400))
    assert streams.sign(asset, far) == streams.sign(asset)


def test_relative_addresses_in_playlists_lead_to_segments(prefix: str) -> None:
    master = get("GET", f"{prefix}master.m3u8")
    assert master.headers["content-type"] == "application/vnd.apple.mpegurl"
    rung = get("GET", prefix + master.body.decode().splitlines()[-1])
    name = next(line for line in rung.body.decode().splitlines() if line.endswith(".m4s"))
    segment = get("GET", f"{prefix}v240/{name}")
    assert (segment.status, segment.headers["content-type"]) == (200, "video/iso.segment")
    assert segment.body == bytes(range(256)) * 4


def test_segments_are_kept_as_long_as_the_address_lives_and_growing_playlists_for_a_second(
    asset: Asset, prefix: str
) -> None:
    kept = get("GET", f"{prefix}v240/seg-00000.m4s").headers["cache-control"]
    found = re.fullmatch(r"public, max-age=(\d+), immutable", kept)
    assert found and 6 * 3600 - 5 <= int(found[1]) <= 6 * 3600 + 900
    assert get("GET", f"{prefix}master.m3u8").headers["cache-control"] == "public, max-age=1"
    assert get("GET", f"{prefix}v240/index.m3u8").headers["cache-control"] == "public, max-age=300"
    rung = asset.stream_folder / "v240" / "index.m3u8"
    rung.write_text(rung.read_text().replace("#EXT-X-ENDLIST\n", ""))
    assert get("GET", f"{prefix}v240/index.m3u8").headers["cache-control"] == "public, max-age=1"


def test_any_page_may_play_and_no_cookie_is_set(prefix: str) -> None:
    reply = get("GET", f"{prefix}master.m3u8", Origin="https://blog.example")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in reply.headers
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in reply.headers["content-security-policy"]
    preflight = get("OPTIONS", f"{prefix}master.m3u8", Origin="https://blog.example")
    assert preflight.status == 204
    assert "Range" in preflight.headers["access-control-allow-headers"]


def test_an_altered_signature_is_403_and_an_old_one_410(asset: Asset, prefix: str) -> None:
    _empty, m, expires, signature, uid, _end = prefix.split("/")
    swapped = "A" if signature[5] != "A" else "B"
    altered = signature[:5] + swapped + signature[6:]
    assert get("GET", f"/{m}/{expires}/{altered}/{uid}/master.m3u8").status == 403
    assert get("GET", f"/{m}/{int(expires) + 900}/{signature}/{uid}/master.m3u8").status == 403
    assert get("GET", f"/{m}/0{expires}/{signature}/{uid}/master.m3u8").status == 403
    old = addresses.stream_prefix(asset, seconds=-7200)
    reply = get("GET", f"{old}master.m3u8")
    assert reply.status == 410
    assert b"expired" in reply.body


def test_a_signature_is_for_one_film(asset: Asset, prefix: str) -> None:
    other = ready_asset()
    assert get("GET", prefix.replace(asset.uid, other.uid) + "master.m3u8").status == 403


def test_a_signature_of_a_download_opens_no_stream_and_the_other_way_round(asset: Asset, prefix: str) -> None:
    _empty, _f, expires, signature, uid, name = addresses.file_address(asset, "film.mp4").split("/")
    assert get("GET", f"/m/{expires}/{signature}/{uid}/master.m3u8").status == 403
    _empty, _m, expires, signature, uid, _end = prefix.split("/")
    assert get("GET", f"/f/{expires}/{signature}/{uid}/{name}").status == 403


@pytest.mark.parametrize(
    "path",
    [
        "../../secret_key",
        "v240/../../../secret_key",
        "%2e%2e/%2e%2e/secret_key",
        "..%2f..%2fsecret_key",
        "v240/..%5c..%5csecret_key",
        "/etc/passwd",
        "//etc/passwd",
        "v240//index.m3u8",
        ".hidden",
        "v240/",
        "v240",
        "v240/%00",
        "missing.m4s",
        "way-out",
    ],
)
def test_no_path_leads_out_of_the_films_folder(asset: Asset, prefix: str, path: str, settings: Any) -> None:
    (asset.stream_folder / ".hidden").write_text("secret")
    (settings.DATA / "secret_key").write_text("secret")
    (asset.stream_folder / "way-out").symlink_to(settings.DATA / "secret_key")
    reply = get("GET", prefix + path)
    assert reply.status == 404
    assert b"secret" not in reply.body


def test_nothing_but_reading_is_possible(prefix: str) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        reply = get(method, f"{prefix}master.m3u8")
        assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_giving_bytes_asks_the_database_nothing(prefix: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert get("GET", f"{prefix}v240/seg-00000.m4s").status == 200


def test_refusals_speak_the_readers_language(asset: Asset) -> None:
    reply = get("GET", "/m/1/aaaaaaaaaaaaaaaaaaaaaa/1111111111111111111111/x", Accept_Language="en")
    assert reply.body == b"This address was not signed by this network, or has been altered.\n"
