"""Base events: a few pieces of news that rooms on every floor may hear. Kinds announce subclasses of them."""

from __future__ import annotations

from dataclasses import dataclass

from bouquet.toolkit.events import Event


@dataclass(frozen=True)
class Published(Event):
    """A work can be seen from now on."""

    work_id: int


@dataclass(frozen=True)
class Changed(Event):
    """The words, the picture or the audience of a work are not what they were."""

    work_id: int


@dataclass(frozen=True)
class Removed(Event):
    """A work is gone for good. Its row is too: `uid` and `kind` say which it was."""

    work_id: int
    uid: str = ""
    kind: str = ""
