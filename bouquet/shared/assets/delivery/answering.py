"""A file as an answer: validators, one range, 304, 412 and 416 (RFC 9110 §13, §14). Blocking: call it from a thread."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from pathlib import Path

from bouquet.shared.assets.delivery.addresses import Refused
from bouquet.shared.assets.delivery.places import Place

PIECE = 512 * 1024


@dataclass
class Answer:
    """The body is `first`, then `left` bytes of the open file `fd` from `position` on. Whoever sends it closes
    it. `file`: its name, where the same can be opened again a moment later."""

    status: int
    headers: dict[str, str]
    first: bytes = b""
    fd: int = -1
    position: int = 0
    left: int = 0
    file: str = ""

    def next_piece(self) -> bytes:
        piece = os.pread(self.fd, min(PIECE, self.left), self.position)
        self.position += len(piece)
        self.left = self.left - len(piece) if piece else 0
        return piece

    @property
    def is_open(self) -> bool:
        return self.fd >= 0

    def close(self) -> None:
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


def answer_for(place: Place, asked: dict[str, str], *, with_body: bool) -> Answer:
    """Opens the file once: what is promised in the headers is what is sent. Reads none of it. Raises Refused 404."""
    file, encoding = _best(place, asked.get("accept-encoding", ""))
    fd = _open(file)
    try:
        answer = _headed(place, os.fstat(fd), asked)
        if encoding:
            answer.headers["Content-Encoding"] = encoding
        if place.packed:
            answer.headers["Vary"] = "Accept-Encoding"
        if not with_body or answer.status not in (200, 206):
            answer.left = 0
        if place.lasting:
            answer.file = str(file)
        if answer.left:
            answer.fd, fd = fd, -1
        return answer
    finally:
        if fd >= 0:
            os.close(fd)


def _best(place: Place, accepted: str) -> tuple[Path, str]:
    offered = {each.strip().partition(";")[0] for each in accepted.split(",") if "q=0" not in each.replace("q=0.", "")}
    for encoding, file in place.packed.items():
        if encoding in offered and file.is_file():
            return file, encoding
    return place.file, ""


def _open(file: Path) -> int:
    try:
        fd = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise Refused(404) from None
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise Refused(404)
    return fd


def _headed(place: Place, facts: os.stat_result, asked: dict[str, str]) -> Answer:
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    headers = place.headers | {
        "Content-Type": place.type,
        "Cache-Control": place.keep,
        "ETag": etag,
        "Last-Modified": date_of(int(facts.st_mtime)),
        "Accept-Ranges": "bytes",
    }
    if "X-Accel-Redirect" in headers:
        return Answer(200, headers)
    if _unchanged(asked, etag, facts):
        return Answer(304, headers)
    span = _span(asked, etag, facts)
    if span is None:
        return Answer(200, headers | {"Content-Length": str(facts.st_size)}, left=facts.st_size)
    start, end = span
    if start >= end:
        return Answer(416, headers | {"Content-Range": f"bytes */{facts.st_size}", "Content-Length": "0"})
    headers |= {"Content-Range": f"bytes {start}-{end - 1}/{facts.st_size}", "Content-Length": str(end - start)}
    return Answer(206, headers, position=start, left=end - start)


@lru_cache(maxsize=4096)
def date_of(second: int) -> str:
    """As HTTP writes it (RFC 9110 §5.6.7)."""
    return formatdate(second, usegmt=True)


def _unchanged(asked: dict[str, str], etag: str, facts: os.stat_result) -> bool:
    if "if-none-match" in asked:
        known = {each.strip().removeprefix("W/") for each in asked["if-none-match"].split(",")}
        return etag in known or "*" in known
    return "if-modified-since" in asked and not _newer(facts, asked["if-modified-since"])


def _newer(facts: os.stat_result, moment: str) -> bool:
    try:
        return int(facts.st_mtime) > parsedate_to_datetime(moment).timestamp()
    except (ValueError, TypeError):
        return True


def _span(asked: dict[str, str], etag: str, facts: os.stat_result) -> tuple[int, int] | None:
    """First byte and the one behind the last; None for the whole file (also for several ranges: we may ignore them)."""
    found = re.fullmatch(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})", asked.get("range", "").strip(), re.ASCII)
    if found is None or found[0].endswith("=-"):
        return None
    condition = asked.get("if-range", "")
    if condition and condition != etag and (condition.startswith(('"', "W/")) or _newer(facts, condition)):
        return None
    first, last = found.groups()
    if not first:
        return max(0, facts.st_size - int(last)), facts.st_size
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, facts.st_size) if last else facts.st_size
