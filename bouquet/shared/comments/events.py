"""News of comments."""

from __future__ import annotations

from dataclasses import dataclass

from bouquet.toolkit.events import Event


@dataclass(frozen=True)
class CommentEvent(Event):
    """`work_id` so that who looks after works need not ask."""

    comment_id: int
    work_id: int


@dataclass(frozen=True)
class CommentPublished(CommentEvent):
    """Can be read: at once, or because it was approved."""


@dataclass(frozen=True)
class CommentHeld(CommentEvent):
    """Waits for a decision of the maker or the editors."""


@dataclass(frozen=True)
class CommentDecided(CommentEvent):
    """Approved, hidden or taken down: `state` says which, `by_desk` whether the editors did it."""

    state: str = ""
    by_desk: bool = False


@dataclass(frozen=True)
class CommentRemoved(CommentEvent):
    """Its author took it away."""


@dataclass(frozen=True)
class CommentReported(CommentEvent):
    """A reader asks the desk to look at it."""


@dataclass(frozen=True)
class AuthorRestricted(Event):
    """The desk takes no comments of somebody any more, or looks at each one first."""

    restriction_id: int
