"""What is added to a hit: numbers in place of names, classes in place of words."""

from __future__ import annotations

import re
from hashlib import blake2b

from bouquet.shared.audience.hits import Mark
from bouquet.shared.audience.pipeline.draft import Draft
from bouquet.shared.audience.ticket import bare_host
from bouquet.shared.audience.visitor import device_of, is_robot, origin_number, visitor_number

HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*", re.ASCII)
HERE = "="
LONGEST_HOST = 100


def put_origin(draft: Draft) -> None:
    draft.origin = origin_number(draft.salt, draft.address)


def put_play(draft: Draft) -> None:
    """The player's name for its play, bound to the work: the same name for another film is another play."""
    digest = blake2b(f"{draft.ticket.work}|{draft.name}".encode(), digest_size=8).digest()
    draft.play = int.from_bytes(digest, "big", signed=True)


def put_marks(draft: Draft) -> None:
    draft.marks = draft.ticket.marks | (Mark.ROBOT if is_robot(draft.agent) else 0)


def put_visitor(draft: Draft) -> None:
    draft.visitor = visitor_number(draft.salt, draft.ticket.site, draft.address, draft.agent)


def put_device(draft: Draft) -> None:
    draft.device = device_of(draft.agent)


def put_source(draft: Draft) -> None:
    """The host that led here; for an embedded player, the host whose page it stands on."""
    host = bare_host(draft.referrer.strip().removesuffix("."))
    host = host.removeprefix("www.") if host != draft.host else HERE
    if len(host) > LONGEST_HOST or (host != HERE and not HOST.fullmatch(host)):
        host = ""
    if draft.marks & Mark.EMBED:
        draft.embed = host
    else:
        draft.source = host
