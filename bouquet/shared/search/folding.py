"""Words as search sees them: without case, accents and signs, so that “École” is found by “ecole” and the reverse."""

from __future__ import annotations

import re
import unicodedata

# Letters that are no accented form of another one, as people type them without the right keyboard.
TYPED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "þ": "th", "’": "'"})
# Scripts written without spaces: each sign is a word of its own.
SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
WORD = re.compile(rf"[{SIGNS}]|[^\W_{SIGNS}]+")
LONGEST = 40
MOST_IN_QUERY = 12


def fold(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold().translate(TYPED))
    return unicodedata.normalize("NFC", "".join(each for each in bare if not unicodedata.combining(each)))


def words(text: str) -> list[str]:
    return [word[:LONGEST] for word in WORD.findall(fold(text))]


def query_words(text: str) -> list[str]:
    """What a reader's line asks for: its first words, each once. Quotes, signs and operators are nothing special."""
    return list(dict.fromkeys(words(text[:500])))[:MOST_IN_QUERY]


def excerpt(text: str, wanted: list[str], length: int = 200) -> list[tuple[str, bool]]:
    """A piece of the text around the first hit, as (words, is a hit): plain text for a template to escape.

    Follows the text as it was written; only the comparison is folded.
    """
    pieces = [(match.group(), _hits(match.group(), wanted)) for match in re.finditer(r"\w+|\W+", text[:5000])]
    first = next((place for place, (_piece, hit) in enumerate(pieces) if hit), 0)
    start, end, room = first, first, length
    while start > 0 and room > length * 2 // 3:
        start -= 1
        room -= len(pieces[start][0])
    while end < len(pieces) and room > 0:
        room -= len(pieces[end][0])
        end += 1
    shown = pieces[start:end]
    return [("… ", False)] * (start > 0) + _joined(shown) + [(" …", False)] * (end < len(pieces))


def _hits(piece: str, wanted: list[str]) -> bool:
    return any(word.startswith(each) for word in words(piece) for each in wanted)


def _joined(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    joined: list[tuple[str, bool]] = []
    for piece, hit in pieces:
        if joined and joined[-1][1] == hit and not hit:
            joined[-1] = (joined[-1][0] + piece, hit)
        else:
            joined.append((piece, hit))
    return joined
