"""What people write, made safe and readable before it is kept; who and what is named in it."""

from __future__ import annotations

import re
import unicodedata

from django.utils.safestring import SafeString

from bouquet.shared.accounts.models import Person
from bouquet.shared.comments.models import Comment
from bouquet.shared.works.actions import plain_text
from bouquet.toolkit.rich_text import addresses_in, handles_in, rich_text

MOST = 3000  # characters
MOST_MENTIONS = 10
# An address also without https://, as people who want to hide one write it.
BARE_ADDRESS = re.compile(
    r"\b(?:www\.)?[a-z0-9-]{2,}\.(?:com|net|org|info|biz|ru|cn|xyz|top|shop|online|site|click)\b", re.I
)


def tidy(text: str) -> str:
    """No control characters, nothing that turns the direction of what follows, no towers of accents, no empty pages."""
    text = plain_text(text)
    text = re.sub(r"[^\S\n]+$", "", text, flags=re.M)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def html_of(comment: Comment) -> SafeString:
    """The work comes with its row: times lead into what plays."""
    work = comment.work
    return rich_text(comment.text, times_at=work.path if work.duration else None, people=comment.mentions)


def people_in(text: str) -> list[str]:
    """The handles in it that are somebody's."""
    named = handles_in(text)[:MOST_MENTIONS]
    known = set(Person.objects.active().filter(handle__in=named).values_list("handle", flat=True)) if named else set()
    return [handle for handle in named if handle in known]


def links_in(text: str) -> int:
    return len(addresses_in(text)) + len(BARE_ADDRESS.findall(re.sub(r"https?://\S+", " ", text)))


def folded(text: str) -> str:
    """Without case and accents: how watched words are looked for."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in bare if not unicodedata.combining(each))


def watched_word_in(text: str, words: list[str]) -> str:
    """The first watched word that stands in it as a word of its own; one with a * at its end also begins others."""
    said = folded(text)
    for word in words:
        bare = folded(word.strip())
        stem = bare.rstrip("*")
        end = "" if bare.endswith("*") else r"(?!\w)"
        if stem and re.search(rf"(?<!\w){re.escape(stem)}{end}", said):
            return word.strip()
    return ""
