"""What works are about: a fixed list in the reader's language, which the network's operator extends on the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and hyphens, like city-life."))

BUILT_IN: dict[str, Any] = {
    "news": _("News and politics"),
    "culture": _("Arts and culture"),
    "cinema": _("Films and animation"),
    "music": _("Music"),
    "comedy": _("Comedy"),
    "entertainment": _("Entertainment"),
    "games": _("Games"),
    "sport": _("Sport"),
    "travel": _("Travel and places"),
    "food": _("Cooking and food"),
    "home": _("Home and do-it-yourself"),
    "people": _("People and daily life"),
    "family": _("Family and children"),
    "health": _("Health and well-being"),
    "education": _("Education"),
    "science": _("Science and technology"),
    "nature": _("Animals and nature"),
    "vehicles": _("Cars and vehicles"),
    "business": _("Business and work"),
    "society": _("Society and causes"),
}


class Category(models.Model):
    """One that the operator added; one with the slug of a built-in category renames or withdraws that one."""

    slug = models.CharField(_("short name for addresses"), max_length=40, unique=True, validators=[SLUG])
    names = models.JSONField(default=dict)  # by language code
    is_offered = models.BooleanField(_("offered to makers"), default=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.slug


def offered_categories() -> list[tuple[str, str]]:
    """(slug, name) in the order of the names. One query."""
    rows = {row.slug: row for row in Category.objects.all()}
    names = {slug: str(label) for slug, label in BUILT_IN.items()}
    names |= {slug: name_of(row) for slug, row in rows.items()}
    offered = [(slug, name) for slug, name in names.items() if slug not in rows or rows[slug].is_offered]
    return sorted(offered, key=lambda pair: pair[1].casefold())


def category_name(slug: str) -> str:
    """For the reader; "" for none. One query for a category that is set."""
    return category_names([slug])[slug]


def category_names(slugs: Iterable[str]) -> dict[str, str]:
    """The names of several, for the reader; "" for none. One query where any is set."""
    asked = set(slugs)
    rows = {row.slug: row for row in Category.objects.filter(slug__in=asked - {""})} if asked - {""} else {}
    return {slug: name_of(rows[slug]) if slug in rows else str(BUILT_IN.get(slug, slug)) for slug in asked}


def category_like(words: str) -> str:
    """The slug of the category that another place calls so, in any language; "" when none is."""
    wanted = words.strip().casefold()
    if not wanted:
        return ""
    for code, _name in settings.LANGUAGES:
        with override(code):
            for slug, name in offered_categories():
                if wanted in (slug, name.casefold()):
                    return slug
    return ""


def name_of(row: Category) -> str:
    """In the reader's language, else in the first one that has a name, else the built-in name."""
    here = row.names.get((get_language() or "")[:2])
    given = [row.names[code] for code, _name in settings.LANGUAGES if row.names.get(code)]
    return here or str(BUILT_IN.get(row.slug, "")) or (given[0] if given else row.slug)
