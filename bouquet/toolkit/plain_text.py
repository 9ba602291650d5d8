"""What people write, made safe for every database, list, sentence and feed, before it is kept."""

from __future__ import annotations

import re
import unicodedata

# Characters that turn the direction of what stands behind them (UAX 9: embeddings, overrides, isolates). Pages
# set the direction by the element; in a title or a name they would turn the sentence around it. Plain marks stay
# (U+200E/F).
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
NO_BREAK = ("\u00a0", "\u202f")
MARKS = 4  # on one letter: more than any script needs (“zalgo” piles them up over the lines above)


def plain_text(text: str) -> str:
    """No NUL, no half of a character, nothing that turns the direction, no towers of accents."""
    text = text.encode("utf-8", "ignore").decode().replace("\r\n", "\n").replace("\r", "\n")
    return _without_towers(TURNING.sub("", CONTROL.sub("", unicodedata.normalize("NFC", text)))).strip()


def one_line(text: str) -> str:
    """Every run of white space is one space, but a single no-break space stays: French sets one before “?” and “:”."""
    return re.sub(r"\s+", lambda run: run[0] if run[0] in NO_BREAK else " ", plain_text(text))


def _without_towers(text: str) -> str:
    if text.isascii():
        return text
    kept, marks = [], 0
    for each in text:
        marks = marks + 1 if unicodedata.combining(each) else 0
        if marks <= MARKS:
            kept.append(each)
    return "".join(kept)
