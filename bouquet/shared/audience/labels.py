"""Kept values as people say them, in the reader's language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bouquet.shared.audience.models import Dimension
from bouquet.shared.audience.pipeline.putting import HERE
from bouquet.shared.audience.store.tallies import OTHERS

DEVICES: dict[str, Any] = {
    "desktop": gettext_lazy("Computer"),
    "phone": gettext_lazy("Phone"),
    "tablet": gettext_lazy("Tablet"),
    "tv": gettext_lazy("Television"),
    "other": gettext_lazy("Another device"),
}


def label_of(dimension: Dimension, value: str) -> str:
    if dimension == Dimension.COUNTRY:
        return country_name(value)
    if dimension == Dimension.DEVICE:
        return str(DEVICES.get(value, DEVICES["other"]))
    if value == OTHERS:
        return _("All other sites")
    if value == HERE:
        return _("This site")
    if value:
        return value
    return _("An unknown page") if dimension == Dimension.EMBED else _("Direct or unknown")


def country_name(code: str) -> str:
    return _names(get_language() or "en").get(code, code) if code else _("An unknown country")


@lru_cache(maxsize=8)
def _names(language: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(language, sep="-").territories)
    except (UnknownLocaleError, ValueError):
        return dict(Locale("en").territories)
