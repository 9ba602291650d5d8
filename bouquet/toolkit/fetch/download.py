"""A film, onto the disk. What came stays: the next try goes on behind it where the other side can (RFC 9110, ranges).

Beside the file lies `<name>.from`: what it was when its first byte came, so that two versions are never glued together.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from bouquet.toolkit.fetch.answer import Answer, opened, too_large
from bouquet.toolkit.fetch.refusals import BadAnswer, Unreachable

SYNC_EVERY = 64 * 1024 * 1024
RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")


@dataclass(frozen=True)
class Download:
    size: int
    content_type: str
    address: str
    began_at: int  # the byte at which this try went on


def download(
    address: str,
    path: Path,
    *,
    at_most: int,
    seconds: float,
    came: Callable[[int, int | None], None] = lambda have, whole: None,
    first: Callable[[Answer, bytes], None] = lambda answer, piece: None,
) -> Download:
    """Fetch into `path`, going on where an earlier try ended.

    came(have, whole) is called for each piece; what it raises ends the download and keeps what came.
    first(answer, piece) sees the beginning of the file and may refuse it.
    """
    note = path.with_name(path.name + ".from")
    before = _read(note)
    have = path.stat().st_size if path.exists() and before else 0
    with opened(address, headers=_asking_for_rest(have, before), seconds=seconds) as answer:
        if answer.status == 416 and have and have == before.get("size"):
            return Download(have, before.get("type", ""), answer.address, have)
        if answer.status == 416:
            path.unlink(missing_ok=True)
            raise Unreachable(_("The file has changed on the other side; it is fetched from its beginning."))
        answer.require_ok()
        have, whole = _where_it_begins(answer, have, before)
        if whole is not None and whole > at_most:
            raise too_large(whole, at_most)
        note.write_text(json.dumps({"is": _version(answer), "size": whole, "type": answer.content_type}))
        with path.open("r+b" if have else "wb") as file:
            file.seek(have)
            size = _append(answer, file, have, whole, at_most, came, first)
        return Download(size, answer.content_type, answer.address, have)


def forget(path: Path) -> None:
    """The file and its note."""
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".from").unlink(missing_ok=True)


def _asking_for_rest(have: int, before: dict[str, Any]) -> dict[str, str]:
    if not have or not (before.get("is") or before.get("size")):
        return {}
    asked = {"Range": f"bytes={have}-"}
    return asked | ({"If-Range": before["is"]} if before.get("is") else {})


def _where_it_begins(answer: Answer, have: int, before: dict[str, Any]) -> tuple[int, int | None]:
    """(the byte to go on at, the whole size where it is known)"""
    if answer.status == 200:
        return 0, answer.length
    said = RANGE.fullmatch(answer.headers.get("Content-Range", "").strip())
    if not said or int(said[1]) != have:
        raise BadAnswer(_("The other side sent another part of the file than was asked for."), passing=True)
    whole = int(said[3])
    if before.get("size") not in (None, whole):
        raise BadAnswer(_("The file has changed on the other side."), passing=True)
    return have, whole


def _append(answer: Answer, file: BinaryIO, have: int, whole: int | None, at_most: int, came: Any, first: Any) -> int:
    synced = have
    for number, piece in enumerate(answer.pieces(at_most=max(0, at_most - have))):
        if number == 0 and have == 0:
            first(answer, piece)
        file.write(piece)
        have += len(piece)
        if have - synced >= SYNC_EVERY:
            file.flush()
            os.fdatasync(file.fileno())
            synced = have
        came(have, whole)
    file.flush()
    os.fsync(file.fileno())
    if whole is not None and have != whole:
        raise Unreachable(_("The connection broke before all had come."))
    return have


def _version(answer: Answer) -> str:
    """A strong ETag, else the date of the last change: what If-Range may name."""
    etag = answer.headers.get("ETag", "")
    return etag if etag.startswith('"') else answer.headers.get("Last-Modified", "")


def _read(note: Path) -> dict[str, Any]:
    try:
        said = json.loads(note.read_text())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
