"""`POST /tus/`: what a generic tus client begins, and what is refused before the first byte."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from bouquet.shared.assets.models import Asset, Upload
from bouquet.shared.assets.tests.caller import HANG_UP, Caller
from bouquet.shared.assets.tests.tus.conftest import OCTETS


def metadata(**values: str) -> str:
    return ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in values.items())


def test_a_generic_client_makes_a_video(tus: Caller, chloe: Any, site: Any) -> None:
    words = metadata(filename='رحلة "صيف".mp4', filetype="video/mp4", title="Un été", purpose="video")
    reply = tus("POST", "/tus/", Upload_Length="10", Upload_Metadata=words)
    assert (reply.status, reply.headers["upload-offset"]) == (201, "0")
    upload = Upload.objects.get()
    assert reply.headers["location"] == upload.path
    assert (upload.asset.filename, upload.asset.size, upload.asset.owner) == ('رحلة "صيف".mp4', 10, chloe)
    assert (upload.asset.video.title, upload.asset.video.site) == ("Un été", site)
    assert tus("HEAD", upload.path).headers["upload-metadata"] == words


def test_the_first_bytes_may_come_with_the_creation(tus: Caller) -> None:
    reply = tus("POST", "/tus/", [b"12345"], Upload_Length="5", Upload_Metadata=metadata(filename="a.mp4"), **OCTETS)
    assert (reply.status, reply.headers["upload-offset"]) == (201, "5")
    assert Upload.objects.get().finished_at


def test_bytes_that_came_with_a_creation_that_broke_are_kept(tus: Caller) -> None:
    tus("POST", "/tus/", [b"123", HANG_UP], Upload_Length="5", **OCTETS)
    assert Upload.objects.get().offset == 3


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\chloe\\film.mov", "film.mov"),
        ("/absolute.mp4", "absolute.mp4"),
        ('say "hi".mp4', 'say "hi".mp4'),
        ("a\nb\x00c.mp4", "abc.mp4"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("فيلم.mp4", "فيلم.mp4"),
        ("e\u0301te\u0301.mp4", "été.mp4"),
        ("x" * 400 + ".mp4", "x" * 180 + ".mp4"),
        ("..", ""),
    ],
)
def test_a_file_name_is_shown_and_never_a_path(tus: Caller, name: str, kept: str) -> None:
    tus("POST", "/tus/", Upload_Length="10", Upload_Metadata=metadata(filename=name))
    upload = Upload.objects.get()
    assert upload.asset.filename == kept
    assert upload.part_path.parent.name == upload.asset.uid


@pytest.mark.parametrize(
    "words",
    [
        "filename %%%",
        "filename aGk",
        "filename gIA=",  # base64 of what is no UTF-8
        "file name aGk=",
        "filename aGk=,filename aGk=",
        "\xe9t\xe9 aGk=",
        "k" * 9000,
    ],
)
def test_metadata_that_is_none_is_refused_with_a_sentence(tus: Caller, words: str) -> None:
    reply = tus("POST", "/tus/", Upload_Length="10", Upload_Metadata=words)
    assert reply.status == 400
    assert "Upload-Metadata" in reply.problem["detail"]
    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    ("length", "status"),
    [(None, 400), ("", 400), ("-1", 400), ("ten", 400), ("9" * 30, 400), ("0", 422), (str(17 * 1024**3), 413)],
)
def test_a_size_that_cannot_be_is_refused_and_leaves_nothing(tus: Caller, length: str | None, status: int) -> None:
    reply = tus("POST", "/tus/", **({} if length is None else {"Upload_Length": length}))
    assert reply.status == status
    assert len(reply.problem["detail"]) > 20
    assert not Asset.objects.exists()


def test_an_unknown_purpose_is_refused(tus: Caller) -> None:
    assert tus("POST", "/tus/", Upload_Length="10", Upload_Metadata=metadata(purpose="coffee")).status == 422


def test_limits_are_refused_with_the_limit_in_the_sentence(tus: Caller, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = 100
    assert tus("POST", "/tus/", Upload_Length="60").status == 201
    reply = tus("POST", "/tus/", Upload_Length="60")
    assert reply.status == 413
    assert "40\xa0bytes left of 100\xa0bytes" in reply.problem["detail"]
