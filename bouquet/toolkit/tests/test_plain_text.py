"""Titles and names on one line."""

import pytest

from bouquet.toolkit.plain_text import one_line


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Deux\n lignes\tet  plus ", "Deux lignes et plus"),
        ("Qui emploie\u00a0? Et «\u202fqui\u202f»", "Qui emploie\u00a0? Et «\u202fqui\u202f»"),
        ("a\u00a0\u00a0\u00a0b\u00a0 c", "a b c"),
        ("\u00a0un\u00a0", "un"),
    ],
)
def test_white_space_is_one_space_but_a_no_break_space_stays(written: str, kept: str) -> None:
    assert one_line(written) == kept
