"""News of proposals."""

from __future__ import annotations

from dataclasses import dataclass

from bouquet.toolkit.events import Event


@dataclass(frozen=True)
class ProposalMade(Event):
    proposal_id: int


@dataclass(frozen=True)
class ProposalDecided(Event):
    """By the editors or the maker. `state` is what it came to; another decision may have followed since."""

    proposal_id: int
    state: str
