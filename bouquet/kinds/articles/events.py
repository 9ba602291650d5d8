"""News of the newsroom; that an article was published is told by works."""

from __future__ import annotations

from dataclasses import dataclass

from bouquet.toolkit.events import Event


@dataclass(frozen=True)
class ReplyAsked(Event):
    """Somebody who is named in an article asks for their right of reply: the desk has three days."""

    reply_id: int
