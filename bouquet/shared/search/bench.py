"""What search adds to `bouquet bench feed`: the same works, asked by words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection

from bouquet.shared.network.models import Site
from bouquet.shared.search.engine import filled_at_the_end
from bouquet.shared.search.finding import find
from bouquet.shared.search.meaning import did_you_mean
from bouquet.shared.search.spelling import count_words
from bouquet.shared.works.bench import MORE_LISTS
from bouquet.shared.works.viewer import Viewer

BENCHES: list[Any] = []


def search_lists() -> dict[str, Callable[[], Any]]:
    _index_all()
    viewer, site = Viewer(territory="FR"), Site.objects.filter(is_main=False).order_by("pk")[0]
    return {
        "search, a word of every fourth work": lambda: find("harbour", viewer=viewer),
        "search, two words": lambda: find("harbour dawn", viewer=viewer),
        "search, three beginnings, one site": lambda: find("harb mark wint", viewer=viewer, site=site),
        "search, one work by its number": lambda: find("1777", viewer=viewer),
        "search, a misspelt word: nothing": lambda: find("harbuor", viewer=viewer),
        "did you mean, a misspelt word": lambda: did_you_mean(["harbuor"], viewer=viewer),
        "did you mean, two misspelt words": lambda: did_you_mean(["harbuor", "mountian"], viewer=viewer),
    }


MORE_LISTS.append(search_lists)


def _index_all() -> None:
    """The bench's words are folded already, so the database itself can copy them: an index of a million in seconds."""
    with filled_at_the_end(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_entry (work_id, title, names, body, speech, said, moments, place, written_at)"
            " SELECT id, title, 'channel', summary, '', '', '[]', 'site' || site_id || ' kind' || kind, updated_at"
            " FROM works_work"
        )
    count_words()
