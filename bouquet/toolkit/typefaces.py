"""The type pairings a brand may choose. The families are self-hosted (frontend/css/fonts.css); a page loads its own.

from bouquet.toolkit.typefaces import PAIRINGS
PAIRINGS["business"].tokens()      # {"--font-text": "…", "--font-display": "…", …} for the brand's style sheet
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

SANS = "system-ui, sans-serif"
SERIF = "Georgia, serif"
MONO = "ui-monospace, monospace"


@dataclass(frozen=True)
class Pairing:
    """A display and a text family, and how headings are set in them.

    weight, tracking, leading, case: of headings
    size:      what heading sizes are multiplied by (a wide face needs less of it)
    text_size: the same for running text (faces differ in x-height)
    """

    label: Any
    display: str
    text: str
    display_last: str = SANS
    text_last: str = SANS
    weight: int = 700
    strong: int = 650
    tracking: str = "-0.02em"
    leading: float = 1.1
    case: str = "none"
    size: float = 1.0
    text_size: float = 1.0
    text_leading: float = 1.6

    def tokens(self) -> dict[str, str]:
        """The custom properties this pairing stands for."""
        return {
            "--font-display": self.display_stack(self.display),
            "--font-text": _stack(self.text, self.text_last),
            "--display-weight": str(self.weight),
            "--strong-weight": str(self.strong),
            "--display-tracking": self.tracking,
            "--display-leading": str(self.leading),
            "--display-case": self.case,
            "--display-size": str(self.size),
            "--text-size": str(self.text_size),
            "--text-leading": str(self.text_leading),
        }

    def display_stack(self, family: str) -> str:
        """For headings, beginning with a family that has this one's measure: itself, or some letters cut out of it."""
        return f'"{family}", "{self.display} Fallback", {self.display_last}'


def _stack(family: str, last: str) -> str:
    return f'"{family}", "{family} Fallback", {last}'


PAIRINGS: dict[str, Pairing] = {
    "grotesque": Pairing(
        _("Grotesque: frank and modern"), "Bricolage Grotesque", "Instrument Sans", tracking="-0.03em"
    ),
    "business": Pairing(
        _("Business: a daily of record"),
        "Source Serif 4",
        "IBM Plex Sans",
        display_last=SERIF,
        weight=640,
        tracking="-0.015em",
        leading=1.14,
        text_size=0.97,
    ),
    "editorial": Pairing(
        _("Editorial: a quiet book face throughout"),
        "Newsreader",
        "Newsreader",
        display_last=SERIF,
        text_last=SERIF,
        weight=520,
        tracking="-0.02em",
        text_size=1.08,
    ),
    "magazine": Pairing(
        _("Magazine: high contrast and easy reading"),
        "Playfair Display",
        "Figtree",
        display_last=SERIF,
        weight=760,
        tracking="-0.015em",
        leading=1.04,
        size=1.06,
    ),
    "cinema": Pairing(
        _("Cinema: titles of a film"),
        "Bodoni Moda",
        "Jost",
        display_last=SERIF,
        weight=720,
        strong=600,
        tracking="-0.015em",
        leading=1.05,
        size=1.0,
        text_size=1.04,
    ),
    "street": Pairing(
        _("Street: wide and loud"),
        "Unbounded",
        "Space Grotesk",
        weight=700,
        tracking="-0.04em",
        leading=1.12,
        size=0.72,
    ),
    "broadcast": Pairing(
        _("Broadcast: wide letters of a screen"),
        "Zalando Sans Expanded",
        "Zalando Sans",
        weight=800,
        tracking="-0.035em",
        leading=1.08,
        size=0.8,
    ),
    "friendly": Pairing(
        _("Friendly: round and warm"),
        "Fredoka",
        "Nunito",
        weight=600,
        strong=750,
        tracking="-0.01em",
        leading=1.1,
        size=1.06,
        text_size=1.03,
    ),
    "technical": Pairing(
        _("Technical: precise, with a typewriter's grid"),
        "Geist Mono",
        "Geist",
        display_last=MONO,
        weight=640,
        tracking="-0.055em",
        leading=1.16,
        size=0.84,
        text_size=0.98,
    ),
    "yearbook": Pairing(
        _("Yearbook: the type of school prizes"),
        "Vollkorn",
        "Work Sans",
        display_last=SERIF,
        weight=640,
        tracking="-0.01em",
        leading=1.12,
        text_size=0.97,
    ),
    "tribe": Pairing(_("Tribe: broad shoulders"), "Syne", "Onest", weight=800, tracking="-0.03em", size=0.94),
    "workshop": Pairing(
        _("Workshop: a sturdy slab"),
        "Rokkitt",
        "Work Sans",
        display_last=SERIF,
        weight=780,
        tracking="-0.01em",
        leading=1.02,
        size=1.18,
        text_size=0.97,
    ),
    "notebook": Pairing(
        _("Notebook: a hand with a felt pen"),
        "Shantell Sans",
        "Figtree",
        weight=800,
        tracking="-0.03em",
        leading=1.12,
        size=0.9,
    ),
}
DEFAULT = "grotesque"


def choices() -> list[tuple[str, Any]]:
    """For a form field."""
    return [(name, pairing.label) for name, pairing in PAIRINGS.items()]
