"""A player's word on its way through the steps. What it holds of a reader lives as long as the request."""

from __future__ import annotations

from dataclasses import dataclass, field

from bouquet.shared.audience.flood import Gate
from bouquet.shared.audience.hits import Hit
from bouquet.shared.audience.ticket import Ticket


@dataclass(slots=True)
class Draft:
    at: float
    host: str
    address: str
    agent: str
    body: bytes
    refuses: bool  # Sec-GPC, DNT, or the cookie of who does not want to be counted
    salt: bytes
    gate: Gate
    # what the body says
    sealed: str = ""
    name: str = ""  # the player's own for this play
    seconds: float = 0.0
    parts: int = 0
    ended: bool = False
    referrer: str = ""
    # what the steps find
    ticket: Ticket = field(default_factory=lambda: Ticket(0, 0, 0, 0, 0, "", 0))
    play: int = 0
    visitor: int = 0
    origin: int = 0
    marks: int = 0
    device: int = 0
    source: str = ""
    embed: str = ""

    def hit(self) -> Hit:
        ticket = self.ticket
        return Hit(
            at=round(self.at, 2),
            play=self.play,
            work=ticket.work,
            channel=ticket.channel,
            site=ticket.site,
            duration=ticket.duration,
            seconds=round(self.seconds, 2),
            parts=self.parts,
            ended=self.ended,
            visitor=self.visitor,
            origin=self.origin,
            country=ticket.country,
            device=self.device,
            source=self.source,
            embed=self.embed,
            marks=self.marks,
        )
