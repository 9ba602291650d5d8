"""Originals under their own name, pictures, the pages' own files."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

import pytest

from bouquet.shared.assets.delivery import file_address
from bouquet.shared.assets.delivery.application import application
from bouquet.shared.assets.tests.caller import Caller
from bouquet.shared.assets.tests.make import ready_asset

get = Caller(application)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("holiday.mp4", "holiday.mp4"),
        ('say "hi".mp4', "say _hi_.mp4"),
        ("فيلم الصيف.mp4", "____ _____.mp4"),
        ("100% été; x=y.mp4", "100_ _t_; x=y.mp4"),
        ("a/b\\c.mov", "a_b_c.mov"),
    ],
)
def test_an_original_is_saved_under_its_name(db: None, name: str, plain: str) -> None:
    reply = get("GET", file_address(ready_asset(), name))
    assert (reply.status, reply.body) == (200, b"\x00\x00\x00\x18ftypmp42")
    disposition = reply.headers["content-disposition"]
    assert f'attachment; filename="{plain}"' in disposition
    assert unquote(disposition.partition("filename*=UTF-8''")[2]) == name.replace("/", "_")
    assert reply.headers["cache-control"] == "private, no-store"


def test_without_a_name_it_has_the_one_its_owner_gave(db: None) -> None:
    address = file_address(ready_asset(filename="Été à la mer.mp4"))
    assert address.endswith(quote("Été à la mer.mp4"))
    assert get("GET", address, Range="bytes=4-7").body == b"ftyp"


def test_the_name_is_signed_too(db: None) -> None:
    address = file_address(ready_asset(), "film.mp4")
    assert get("GET", address.replace("film.mp4", "virus.exe")).status == 403
    assert get("GET", address.replace("film.mp4", "a/film.mp4")).status == 404


def test_behind_nginx_only_the_decision_is_ours(db: None, settings: Any) -> None:
    settings.X_ACCEL = True
    asset = ready_asset()
    reply = get("GET", file_address(asset, "film.mp4"))
    assert reply.headers["x-accel-redirect"] == f"/originals/{asset.uid}/source"
    assert (reply.status, reply.body) == (200, b"")


def test_an_original_that_is_gone_is_404(db: None) -> None:
    asset = ready_asset()
    address = file_address(asset)
    asset.source_path.unlink()
    assert get("GET", address).status == 404


def test_posters_are_public_and_never_change(settings: Any) -> None:
    folder = settings.MEDIA_ROOT / "posters" / "abc-def"
    folder.mkdir(parents=True)
    (folder / "640.webp").write_bytes(b"RIFF")
    reply = get("GET", "/media/posters/abc-def/640.webp")
    assert (reply.status, reply.headers["content-type"]) == (200, "image/webp")
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["access-control-allow-origin"] == "*"


def test_a_picture_that_is_a_page_cannot_act_as_one(settings: Any) -> None:
    settings.MEDIA_ROOT.mkdir(exist_ok=True)
    (settings.MEDIA_ROOT / "logo.svg").write_text("<svg onload='alert(1)'/>")
    reply = get("GET", "/media/logo.svg")
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_the_desks_documents_are_not_public(settings: Any) -> None:
    folder = settings.MEDIA_ROOT / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "contract.pdf").write_bytes(b"%PDF")
    for path in (
        "documents/contract.pdf",
        "./documents/contract.pdf",
        "posters/../documents/contract.pdf",
        "%64ocuments/contract.pdf",
    ):
        assert get("GET", f"/media/{path}").status == 404


def test_the_pages_own_files_come_compressed_and_are_kept(settings: Any) -> None:
    folder = settings.STATIC_ROOT / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main-C2rzyGKl.js").write_text("console.log(1)")
    (folder / "main-C2rzyGKl.js.gz").write_bytes(b"\x1f\x8bpacked")
    (folder / "favicon.svg").write_text("<svg/>")
    plain = get("GET", "/static/assets/main-C2rzyGKl.js")
    assert (plain.body, plain.headers["vary"]) == (b"console.log(1)", "Accept-Encoding")
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    packed = get("GET", "/static/assets/main-C2rzyGKl.js", Accept_Encoding="gzip, deflate, br")
    assert (packed.body, packed.headers["content-encoding"]) == (b"\x1f\x8bpacked", "gzip")
    assert packed.headers["content-type"] == "text/javascript; charset=utf-8"
    refused = get("GET", "/static/assets/main-C2rzyGKl.js", Accept_Encoding="gzip;q=0")
    assert "content-encoding" not in refused.headers
    assert get("GET", "/static/assets/favicon.svg").headers["cache-control"] == "public, max-age=86400"
