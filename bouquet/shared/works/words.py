"""How tags are told apart. Plain text and lines are the toolkit's."""

from __future__ import annotations

import re
import unicodedata

from bouquet.toolkit.plain_text import one_line


def fold_tag(name: str) -> str:
    """What makes two tags the same one: letters and digits, without case and accents."""
    bare = unicodedata.normalize("NFKD", one_line(name).casefold())[:400]
    bare = "".join(each for each in bare if not unicodedata.combining(each))
    return re.sub(r"[\W_]+", "-", bare)[:60].strip("-")
