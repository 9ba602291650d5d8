"""News about people."""

from __future__ import annotations

from dataclasses import dataclass

from bouquet.toolkit.events import Event


@dataclass(frozen=True)
class AccountErased(Event):
    """A person asked to be forgotten, and was. Their row stays, emptied, so that what the law keeps can refer to it."""

    person_id: int
