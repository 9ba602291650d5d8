"""How the widths of one picture are named: people/<random>/512.webp, …/256.webp, …/96.webp."""

from __future__ import annotations

WIDTHS = (96, 256, 512)


def sized(name: str, width: int) -> str:
    """The name of the same picture in the smallest kept width that is at least this one."""
    fitting = next((each for each in WIDTHS if each >= width), WIDTHS[-1])
    return f"{name.rpartition('/')[0]}/{fitting}.webp"
