"""tus 1.0, request by request."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64encode
from typing import Any

import pytest

from bouquet.shared.assets.actions import upload_finished
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tests.caller import HANG_UP, Caller
from bouquet.shared.assets.tests.tus.conftest import OCTETS
from bouquet.toolkit.tasks.models import TaskRow


def sent(upload: Any) -> bytes:
    return (upload.part_path if upload.part_path.exists() else upload.whole_path).read_bytes()


def test_options_says_what_the_server_can_do_without_a_version_or_an_account(tus: Caller) -> None:
    tus.headers.clear()
    reply = tus("OPTIONS", "/tus/")
    assert reply.status == 204
    assert reply.headers["tus-version"] == "1.0.0"
    assert reply.headers["tus-extension"] == "creation,creation-with-upload,expiration,checksum,termination"
    assert "sha1" in reply.headers["tus-checksum-algorithm"].split(",")
    assert int(reply.headers["tus-max-size"]) > 0


def test_head_says_how_much_has_come(tus: Caller, upload: Any) -> None:
    reply = tus("HEAD", upload.path)
    assert (reply.status, reply.headers["upload-offset"], reply.headers["upload-length"]) == (200, "0", "10")
    assert reply.headers["cache-control"] == "no-store"
    assert "upload-expires" in reply.headers
    assert reply.headers["tus-resumable"] == "1.0.0"


def test_bytes_are_appended_at_their_offset_and_the_last_one_hands_the_asset_on(
    tus: Caller, upload: Any, django_capture_on_commit_callbacks: Any
) -> None:
    assert tus("PATCH", upload.path, [b"1234"], Upload_Offset="0", **OCTETS).headers["upload-offset"] == "4"
    upload.asset.refresh_from_db()
    assert upload.asset.state == Asset.State.UPLOADING
    assert upload.asset.progress == 0.4
    reply = tus("PATCH", upload.path, [b"56", b"7890"], Upload_Offset="4", **OCTETS)
    assert (reply.status, reply.headers["upload-offset"], reply.body) == (204, "10", b"")
    upload.refresh_from_db()
    upload.asset.refresh_from_db()
    assert upload.finished_at and upload.asset.received_at
    assert upload.asset.state == Asset.State.PROCESSING
    assert upload.asset.source_path.read_bytes() == b"1234567890"
    assert not upload.part_path.exists()


def test_the_last_byte_wakes_the_pipeline_once(tus: Caller, upload: Any) -> None:
    tus("PATCH", upload.path, [b"1234567890"], Upload_Offset="0", **OCTETS)
    tus("HEAD", upload.path)
    assert tus("PATCH", upload.path, [b""], Upload_Offset="10", **OCTETS).status == 204
    assert upload_finished(upload) is False
    assert [row.args for row in TaskRow.objects.filter(task__endswith="prepare_asset")] == [[upload.asset_id]]


def test_an_upload_of_which_nobody_took_note_is_finished_by_the_next_question(tus: Caller, upload: Any) -> None:
    """The server was killed between the last byte and the row."""
    upload.part_path.parent.mkdir(parents=True)
    upload.part_path.write_bytes(b"1234567890")
    assert tus("HEAD", upload.path).headers["upload-offset"] == "10"
    upload.refresh_from_db()
    assert upload.finished_at is not None


def test_a_connection_that_breaks_loses_nothing(tus: Caller, upload: Any) -> None:
    reply = tus("PATCH", upload.path, [b"12", b"345", HANG_UP], Upload_Offset="0", **OCTETS)
    assert reply.status == 0  # nobody is there to be answered
    assert tus("HEAD", upload.path).headers["upload-offset"] == "5"
    assert tus("PATCH", upload.path, [b"67890"], Upload_Offset="5", **OCTETS).status == 204
    assert sent(upload) == b"1234567890"


def test_a_wrong_offset_is_refused_and_the_right_one_named(tus: Caller, upload: Any) -> None:
    tus("PATCH", upload.path, [b"123"], Upload_Offset="0", **OCTETS)
    for offset in ("0", "2", "4", "999999999999"):
        reply = tus("PATCH", upload.path, [b"x"], Upload_Offset=offset, **OCTETS)
        assert (reply.status, reply.headers["upload-offset"]) == (409, "3")
    assert sent(upload) == b"123"


def test_more_bytes_than_announced_are_refused_before_they_are_read(tus: Caller, upload: Any) -> None:
    reply = tus("PATCH", upload.path, [b"x" * 11], Upload_Offset="0", Content_Length="11", **OCTETS)
    assert reply.status == 413
    assert tus("HEAD", upload.path).headers["upload-offset"] == "0"


def test_more_bytes_than_announced_are_forgotten_when_they_come_unannounced(tus: Caller, upload: Any) -> None:
    reply = tus("PATCH", upload.path, [b"x" * 8, b"x" * 8], Upload_Offset="0", **OCTETS)
    assert reply.status == 413
    assert tus("HEAD", upload.path).headers["upload-offset"] == "0"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"Tus_Resumable": "0.2.2"}, 412),
        ({"Tus_Resumable": ""}, 412),
        ({"Content_Type": "application/octet-stream"}, 415),
        ({"Content_Type": "multipart/form-data; boundary=x"}, 415),
        ({"Upload_Offset": "-1"}, 400),
        ({"Upload_Offset": "1e3"}, 400),
        ({"Upload_Offset": "٣"}, 400),
        ({"Upload_Offset": "9" * 40}, 400),
        ({"Content_Length": "-5"}, 400),
        ({"Upload_Checksum": "sha1"}, 400),
        ({"Upload_Checksum": "sha1 %%%"}, 400),
        ({"Upload_Checksum": "md4 aGVsbG8="}, 400),
    ],
)
def test_strange_headers_get_a_sentence_and_change_nothing(tus: Caller, upload: Any, change: Any, status: int) -> None:
    reply = tus("PATCH", upload.path, [b"12345"], **({"Upload_Offset": "0"} | OCTETS | change))
    assert reply.status == status
    assert len(reply.problem["detail"]) > 20
    assert tus("HEAD", upload.path).headers["upload-offset"] == "0"
    if status == 412:
        assert reply.headers["tus-version"] == "1.0.0"


def test_a_missing_offset_is_refused(tus: Caller, upload: Any) -> None:
    assert tus("PATCH", upload.path, [b"12345"], **OCTETS).status == 400


def test_an_unknown_address_is_no_upload(tus: Caller) -> None:
    for path in ("/tus/short", "/tus/1111111111111111111111", "/tus/../../etc/passwd", "/tus/%00"):
        assert tus("HEAD", path).status == 404
    assert tus("PUT", "/tus/1111111111111111111111").status == 405


def digest_of(name: str, data: bytes) -> str:
    raw = zlib.crc32(data).to_bytes(4, "big") if name == "crc32" else hashlib.new(name, data).digest()
    return f"{name} {b64encode(raw).decode()}"


@pytest.mark.parametrize("name", ["sha1", "md5", "sha256", "sha512", "crc32"])
def test_a_right_checksum_is_taken_and_a_wrong_one_forgets_the_bytes(tus: Caller, upload: Any, name: str) -> None:
    good, bad = digest_of(name, b"12345"), digest_of(name, b"54321")
    reply = tus("PATCH", upload.path, [b"123", b"45"], Upload_Offset="0", Upload_Checksum=bad, **OCTETS)
    assert (reply.status, reply.headers["upload-offset"]) == (460, "0")
    assert "damaged" in reply.problem["detail"]
    assert tus("HEAD", upload.path).headers["upload-offset"] == "0"
    assert tus("PATCH", upload.path, [b"123", b"45"], Upload_Offset="0", Upload_Checksum=good, **OCTETS).status == 204
    assert sent(upload) == b"12345"


def test_bytes_behind_a_broken_connection_do_not_count_while_their_checksum_is_unknown(
    tus: Caller, upload: Any
) -> None:
    tus("PATCH", upload.path, [b"12"], Upload_Offset="0", **OCTETS)
    good = digest_of("sha1", b"345")
    tus("PATCH", upload.path, [b"34", HANG_UP], Upload_Offset="2", Upload_Checksum=good, **OCTETS)
    assert tus("HEAD", upload.path).headers["upload-offset"] == "2"


def test_a_kill_before_the_checksum_was_known_forgets_those_bytes(tus: Caller, upload: Any) -> None:
    upload.part_path.parent.mkdir(parents=True)
    upload.part_path.write_bytes(b"12garbage")
    upload.part_path.with_name("unverified").write_text("2")
    assert tus("HEAD", upload.path).headers["upload-offset"] == "2"
    assert tus("PATCH", upload.path, [b"34567890"], Upload_Offset="2", **OCTETS).status == 204
    assert sent(upload) == b"1234567890"


def test_the_method_can_be_named_in_a_header(tus: Caller, upload: Any) -> None:
    reply = tus("POST", upload.path, [b"12"], Upload_Offset="0", X_HTTP_Method_Override="PATCH", **OCTETS)
    assert (reply.status, reply.headers["upload-offset"]) == (204, "2")


def test_delete_forgets_the_bytes_and_tells_whoever_waits(
    tus: Caller, upload: Any, django_capture_on_commit_callbacks: Any
) -> None:
    tus("PATCH", upload.path, [b"12"], Upload_Offset="0", **OCTETS)
    with django_capture_on_commit_callbacks(execute=True):
        assert tus("DELETE", upload.path).status == 204
    upload.asset.refresh_from_db()
    assert (upload.asset.state, upload.asset.reason) == (Asset.State.FAILED, "The upload was cancelled.")
    assert not upload.asset.upload_folder.exists()
    assert tus("HEAD", upload.path).status == 410
    assert tus("PATCH", upload.path, [b"12"], Upload_Offset="0", **OCTETS).problem["title"] == "This upload has ended"


def test_a_file_that_has_arrived_is_not_taken_away_by_its_upload(tus: Caller, upload: Any) -> None:
    tus("PATCH", upload.path, [b"1234567890"], Upload_Offset="0", **OCTETS)
    assert tus("DELETE", upload.path).status == 409
    assert upload.whole_path.exists()


def test_refusals_speak_the_language_of_who_asks(tus: Caller, upload: Any) -> None:
    reply = tus("PATCH", upload.path, [b"x"], Upload_Offset="5", Accept_Language="en-GB,en;q=0.9", **OCTETS)
    assert reply.problem["detail"] == "The file has 0 bytes so far and these begin at 5."
