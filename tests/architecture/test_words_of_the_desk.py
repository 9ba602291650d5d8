"""Our French goes before Wagtail's, word by word: what we call a live article must not be what the desk calls a page
that is published. A word that means something else here carries a context (`pgettext`)."""

from __future__ import annotations

import gettext
from pathlib import Path

import wagtail
from babel.messages.pofile import read_po

OURS = Path(__file__).parents[2] / "bouquet/locale/fr/LC_MESSAGES/django.po"
# Said otherwise on purpose, or of another gender; the desk reads well with either.
AS_GOOD = {
    "All", "Cancelled", "Change", "Choose another", "Comment", "Copied", "Form", "Latest", "More", "Newest", "Oldest",
    "Profile", "Published", "Save", "Section", "Show", "Sign in", "Summary", "Tag", "Uploading…", "Words",
    "just now", "label", "required", "scheduled", "subject", "title",
}  # fmt: skip


def test_no_word_of_ours_changes_what_the_desk_says() -> None:
    with OURS.open("rb") as file:
        ours = {m.id: m.string for m in read_po(file) if isinstance(m.id, str) and m.id and not m.context}
    other = set()
    for path in Path(wagtail.__file__).parent.rglob("locale/fr/LC_MESSAGES/django.mo"):
        with path.open("rb") as file:
            theirs = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        other |= {word for word, said in theirs.items() if word in ours and ours[word] != said}
    assert sorted(other - AS_GOOD) == []
