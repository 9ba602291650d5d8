"""What is not kept, and why. The reason is the name of the step."""

from __future__ import annotations

import json
import re
from typing import Any

from bouquet.shared.audience.pipeline.draft import Draft
from bouquet.shared.audience.rule import PARTS
from bouquet.shared.audience.ticket import VALID_SECONDS, Ticket

LONGEST_SECONDS = 24 * 3600  # of one play
NAME = re.compile(r"[0-9a-z]{8,32}", re.ASCII)
BITS = re.compile(r"[0-9a-f]{0,25}", re.ASCII)


def drop_refused(draft: Draft) -> bool:
    """Who does not want to be counted is not."""
    return draft.refuses


def drop_flood(draft: Draft) -> bool:
    return draft.gate.is_flooded(draft.origin, draft.at)


def drop_malformed(draft: Draft) -> bool:
    """{"t": ticket, "p": play, "s": seconds, "m": hundredths seen (hex), "e": 1 at the end, "r": referring host}."""
    try:
        said: Any = json.loads(draft.body)
        sealed, name, seconds, bits = said["t"], said["p"], said["s"], said["m"]
        ended, referrer = said.get("e", 0), said.get("r", "")
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return True
    texts = (sealed, name, bits, referrer)
    if not all(isinstance(each, str) for each in texts) or type(seconds) not in (int, float):
        return True
    if not (0 <= seconds <= LONGEST_SECONDS) or len(sealed) > 200 or len(referrer) > 260:
        return True
    if not NAME.fullmatch(name) or not BITS.fullmatch(bits):
        return True
    draft.sealed, draft.name, draft.referrer = sealed, name, referrer
    draft.seconds, draft.parts, draft.ended = float(seconds), int(bits or "0", 16), bool(ended)
    return draft.parts >= 1 << PARTS


def drop_forged(draft: Draft) -> bool:
    """Not a ticket of ours, altered, or given to a page on another host."""
    ticket = Ticket.open(draft.sealed, draft.host)
    if ticket is None:
        return True
    draft.ticket = ticket
    return False


def drop_expired(draft: Draft) -> bool:
    """A page that has been open since yesterday, or a ticket that somebody kept. A minute for clocks that differ."""
    age = draft.at - draft.ticket.issued
    return not -60 <= age <= VALID_SECONDS
