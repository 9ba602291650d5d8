"""A file as an answer that lies in the object store: its bytes pass through, piece by piece, and are never gathered.

Ranges and conditions are the store's to judge; what it says of itself (its headers, its errors) goes no further.
Behind nginx (BOUQUET_X_ACCEL) only the decision is ours: nginx fetches it by an address that is signed for the store.
Blocking: call it from a thread.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bouquet.shared.assets.delivery.addresses import Refused
from bouquet.shared.assets.delivery.answering import PIECE, Answer
from bouquet.shared.assets.delivery.places import Place
from bouquet.shared.assets.store.bucket import Bucket, NotThere, StoreAway, Unmet
from bouquet.shared.assets.store.opening import the_bucket

log = logging.getLogger("bouquet.assets")
PRESIGNED_SECONDS = 900  # nginx asks at once; a slow reader's connection outlives it
AGAIN = 5  # seconds after which who was refused may ask again
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.ASCII)


@dataclass
class StoredAnswer(Answer):
    """`body` is the store's open answer; each piece is fetched when the one before has gone out."""

    bucket: Bucket | None = None
    body: Any = None

    def next_piece(self) -> bytes:
        assert self.bucket is not None
        piece = self.bucket.read(self.body, min(PIECE, self.left))
        if not piece:
            raise StoreAway(f"{self.bucket} broke off")
        self.left -= len(piece)
        return piece

    @property
    def is_open(self) -> bool:
        return self.body is not None

    def close(self) -> None:
        if self.body is not None:
            self.body.close()
            self.body = None


def answer_from_store(place: Place, asked: dict[str, str], *, with_body: bool) -> Answer:
    """Raises Refused: 404, or 503 while the store does not answer."""
    try:
        bucket = the_bucket(hurried=True)
        if settings.X_ACCEL:
            return Answer(200, place.headers | {"X-Accel-Redirect": _for_nginx(bucket, place, with_body)})
        return _answer(bucket, place, asked, with_body)
    except NotThere:
        raise Refused(404, *place.why) from None
    except StoreAway as why:
        log.warning("%s was not given: %s", place.stored, why)
        raise Refused(503, _("This film cannot be fetched at the moment. Try again in a moment."), again=AGAIN) from why


def _answer(bucket: Bucket, place: Place, asked: dict[str, str], with_body: bool) -> Answer:
    headers = place.headers | {"Content-Type": place.type, "Cache-Control": place.keep, "Accept-Ranges": "bytes"}
    conditions = _conditions(asked)
    try:
        found = _ask(bucket, place.stored, conditions, with_body)
    except Unmet as unmet:
        if unmet.status == 412:  # If-Range: it is another file by now, so all of it
            found = _ask(bucket, place.stored, {}, with_body)
        elif unmet.status == 304:
            return Answer(304, headers | {"ETag": asked["if-none-match"].partition(",")[0].strip()})
        else:
            size = bucket.head(place.stored)["ContentLength"]
            return Answer(416, headers | {"Content-Range": f"bytes */{size}", "Content-Length": "0"})
    headers |= {"ETag": found["ETag"], "Content-Length": str(found["ContentLength"])}
    headers["Last-Modified"] = formatdate(found["LastModified"].timestamp(), usegmt=True)
    if found.get("ContentRange"):
        headers["Content-Range"] = found["ContentRange"]
    answer = StoredAnswer(206 if "Content-Range" in headers else 200, headers, bucket=bucket, body=found.get("Body"))
    answer.left = found["ContentLength"] if answer.body is not None else 0
    if answer.left:
        answer.first = answer.next_piece()
    if not answer.left:
        answer.close()
    return answer


def _ask(bucket: Bucket, key: str, conditions: dict[str, str], with_body: bool) -> dict[str, Any]:
    return bucket.get(key, **conditions) if with_body else bucket.head(key, **conditions)


def _conditions(asked: dict[str, str]) -> dict[str, str]:
    """In the store's words. One range, as this server gives from the disk; If-Range only by its etag."""
    conditions = {"IfNoneMatch": asked["if-none-match"]} if "if-none-match" in asked else {}
    found = RANGE.fullmatch(asked.get("range", "").replace(" ", ""))
    first, last = found.groups() if found else ("", "")
    if found is None or not (first or last) or (first and last and int(last) < int(first)):
        return conditions
    known = asked.get("if-range", "")
    if known and not known.startswith('"'):
        return conditions
    return conditions | {"Range": found[0]} | ({"IfMatch": known} if known else {})


def _for_nginx(bucket: Bucket, place: Place, with_body: bool) -> str:
    """An internal address of nginx (docs/running/store.conf) that ends in the store's own signature."""
    saved = "Content-Disposition" in place.headers
    if with_body or not saved:  # what nginx keeps it fetches whole, whatever it was asked for
        said = {"ResponseContentType": place.type} if saved else {}
        return f"/stored/{place.stored}?{bucket.presigned(place.stored, 'GET', PRESIGNED_SECONDS, **said)}"
    return f"/stored/{place.stored}?{bucket.presigned(place.stored, 'HEAD', PRESIGNED_SECONDS)}"
