"""What makers write, made safe for every database, list and feed, before it is kept."""

from __future__ import annotations

import re
import unicodedata

# Characters that turn the direction of what stands behind them (UAX 9: embeddings, overrides, isolates). Pages
# set the direction by the element; in a title they would turn the sentence around it. Plain marks stay (U+200E/F).
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def plain_text(text: str) -> str:
    """No NUL, no half of a character, nothing that turns the direction; lines end as everywhere."""
    text = text.encode("utf-8", "ignore").decode().replace("\r\n", "\n").replace("\r", "\n")
    return TURNING.sub("", CONTROL.sub("", unicodedata.normalize("NFC", text))).strip()


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", plain_text(text))


def fold_tag(name: str) -> str:
    """What makes two tags the same one: letters and digits, without case and accents."""
    bare = unicodedata.normalize("NFKD", one_line(name).casefold())[:400]
    bare = "".join(each for each in bare if not unicodedata.combining(each))
    return re.sub(r"[\W_]+", "-", bare)[:60].strip("-")
