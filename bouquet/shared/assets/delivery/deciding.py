"""What is answered to a request for bytes, whichever of our servers has read it. Blocking: call it from a thread.

The ASGI application takes the steps one by one, each in threads of its own; the media door takes them at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import override

from bouquet.shared.assets.delivery.addresses import Refused
from bouquet.shared.assets.delivery.answering import Answer, answer_for
from bouquet.shared.assets.delivery.places import ANY_PAGE, Here, Place, place_of
from bouquet.shared.assets.delivery.stored import answer_from_store
from bouquet.shared.assets.language import language_of

PREFLIGHT = ANY_PAGE | {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Range, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True)
class Asked:
    """A request: its path decoded, names of headers in small letters. `here` is asked for the reader's country, where
    the address is for one."""

    method: str
    path: str
    headers: dict[str, str]
    here: Here

    @property
    def with_body(self) -> bool:
        return self.method == "GET"


def decide(asked: Asked) -> Answer:
    """The whole answer, refusals included; whoever sends it closes it."""
    if answer := by_method(asked.method):
        return answer
    try:
        found = look_here(asked)
        return look_there(found, asked) if isinstance(found, Place) else found
    except Refused as refused:
        return refusal(refused, asked)


def by_method(method: str) -> Answer | None:
    """What needs no look at the address. None: GET and HEAD."""
    if method == "OPTIONS":
        return Answer(204, dict(PREFLIGHT))
    if method not in ("GET", "HEAD"):
        return Answer(405, {"Allow": "GET, HEAD, OPTIONS", "Content-Length": "0"})
    return None


def look_here(asked: Asked) -> Answer | Place:
    """The answer from the disk, or the place of what is not there and may be in the object store. Raises Refused."""
    place = place_of(asked.path, asked.here)
    try:
        return answer_for(place, asked.headers, with_body=asked.with_body)
    except Refused:
        if place.stored:
            return place
        raise


def look_there(place: Place, asked: Asked) -> Answer:
    """The answer from the object store. Raises Refused."""
    return answer_from_store(place, asked.headers, with_body=asked.with_body)


def refusal(refused: Refused, asked: Asked) -> Answer:
    """A sentence in the reader's language, which no cache keeps."""
    with override(language_of(asked.headers)):
        body = f"{refused.reason}\n".encode()
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Length": str(len(body)),
    }
    if refused.again:
        headers["Retry-After"] = str(refused.again)
    return Answer(refused.status, headers | ANY_PAGE, body if asked.with_body else b"")
