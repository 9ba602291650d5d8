"""The countries of the world in the reader's language (Unicode CLDR, through Babel)."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from babel import Locale
from django.utils.translation import get_language

# CLDR's list also has regions, and codes that no passport has.
NOT_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "XK", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


def country_choices() -> list[tuple[str, str]]:
    return [("", "—"), *_countries(get_language() or "en")]


@lru_cache(maxsize=8)
def _countries(language: str) -> list[tuple[str, str]]:
    names = {str(code): str(name) for code, name in Locale.parse(language, sep="-").territories.items()}
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES]
    return sorted(((code, names[code]) for code in codes), key=lambda pair: _plain(pair[1]))


def _plain(name: str) -> str:
    """Without accents, so that Égypte stands between Danemark and Espagne."""
    return "".join(letter for letter in normalize("NFD", name) if letter.isalpha()).casefold()
