"""Template tags and filters that every page may use (they are built in: no `{% load %}`)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext

register = template.Library()

POSTER_WIDTHS = (320, 640, 1280)
CARD = "(min-width: 75rem) 20rem, (min-width: 40rem) 33vw, 100vw"
SCHEMES = {"light", "dark"}


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """A picture from the sprite. Decorative unless it has a label; `size`: "", "small", "large"."""
    return _icon(static("icons.svg"), name, str(label), size)


@lru_cache(maxsize=2048)  # a page has some hundreds of them
def _icon(sprite: str, name: str, label: str, size: str) -> SafeString:
    css = f"icon icon--{size}" if size else "icon"
    source = f"{sprite}#{name}"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', css, label, source)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', css, source)


@register.simple_tag
def page_styles() -> SafeString:
    """The style sheet of every page but fronts (frontend/pages.js)."""
    return _page_styles(settings.FRONTEND)


@lru_cache(maxsize=4)
def _page_styles(built: Path) -> SafeString:
    entry = json.loads((built / "manifest.json").read_text()).get("frontend/pages.js", {})  # an older build: in main.js
    links = ((static(file),) for file in entry.get("css", ()))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag(takes_context=True)
def scheme(context: Context, brand: Any = None) -> str:
    """Light, dark or auto: the brand's word; where it leaves the choice, the reader's (cookie `bq_scheme`)."""
    wanted = getattr(brand, "scheme", "auto") or "auto"
    request = context.get("request")
    if shown := getattr(request, "shown_scheme", ""):  # the style guide shows both, whatever the brand says
        return shown
    chosen = request.COOKIES.get("bq_scheme", "") if request else ""
    return chosen if wanted == "auto" and chosen in SCHEMES else wanted


@register.simple_tag
def work_link(work: Any, site: Any = None) -> str:
    """Where a card leads: the work's page, as an absolute address when it lives on another site."""
    return work.address_from(site) if site else work.address


@register.filter
def faces(works: Any) -> tuple[Any, ...] | None:
    """Every value that their cards are made of (`Work.shown_on_card`); None where a card says more than that."""
    if any(getattr(work, "why", "") for work in works):
        return None
    shown = tuple(getattr(work, "shown_on_card", None) for work in works)
    return None if None in shown else shown


@register.filter
def ago(moment: datetime | None) -> str:
    """How long ago, in words, with its largest unit; the date where that was more than a month ago."""
    if moment is None:
        return ""
    age = timezone.now() - moment
    if age >= timedelta(days=30):
        return date_format(timezone.localtime(moment), "DATE_FORMAT")
    if age < timedelta(minutes=1):
        return gettext("just now")
    return gettext("%(time)s ago") % {"time": timesince(moment, depth=1)}


@register.filter
def clock(seconds: float | None) -> str:
    """A length as players write it: 0:07, 3:25, 1:02:03."""
    if seconds is None:
        return ""
    hours, rest = divmod(round(seconds), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.filter
def lasting(seconds: float | None) -> str:
    """How long something took, for who looks after machines: 0.25 s, 12.4 s, 3 min 20 s, 2 h 05 min; – for nothing."""
    if seconds is None or seconds == "":
        return "–"
    if seconds < 60:
        places = 2 if seconds < 9.995 else 1
        return f"{number_format(round(seconds, places), places)}\u202fs"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}\u202fmin {rest:02}\u202fs"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}\u202fh {minutes:02}\u202fmin"


@register.filter
def compact(number: int | None) -> str:
    """A count in little room: 950, 1.2k, 34k, 5.1M (with the language's decimal mark)."""
    number = number or 0
    for limit, mark in ((1_000_000, "M"), (1_000, "k")):
        if number >= limit:
            value = number / limit
            return f"{number_format(value, 1 if value < 10 else 0)}\u202f{mark}"
    return str(number)


@register.filter
def poster(asset: Any, width: int = 640) -> str:
    """The address of a work's picture at that width, or "" where there is none yet."""
    return (asset.poster_url(width) or "") if asset else ""


@register.filter
def poster_set(asset: Any) -> str:
    """The `srcset` of a work's picture."""
    return ", ".join(f"{asset.poster_url(width)} {width}w" for width in POSTER_WIDTHS) if poster(asset) else ""


@register.simple_tag
def card_sizes(brand: Any, layout: str, place: int, eager: bool = False) -> str:
    """The `sizes` of the picture of card number `place`. A picture that fills a tall card is wider than the card, which
    no browser works out; otherwise those that wait until they are near go by the width they are shown at (`auto`).
    """
    cards, masthead = getattr(brand, "cards", ""), getattr(brand, "masthead", "")
    leads = layout == "lead" and place == 1
    if cards == "poster" or (cards == "plain" and masthead == "overlay" and (layout != "lead" or place <= 5)):
        return "(min-width: 52rem) 80rem, 100vw" if leads else "(min-width: 52rem) 39rem, 78vw"
    if eager and place == 1:
        return "(min-width: 75rem) 42rem, (min-width: 40rem) 66vw, 100vw" if leads else CARD
    return f"auto, {CARD}"


@register.filter
def field_sort(field: BoundField) -> str:
    """What a field looks like: check, choices, select, area, file, hidden or line (one line of text)."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    sorts = {"checkbox": "check", "radio": "choices", "select": "select", "file": "file"}
    if widget.__class__.__name__ in {"CheckboxSelectMultiple", "RadioSelect"}:
        return "choices"
    if widget.__class__.__name__.endswith("Textarea"):
        return "area"
    return sorts.get(getattr(widget, "input_type", ""), "line")


@register.filter
def initials(name: Any) -> str:
    """One or two letters that stand for a person without a picture."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words[:1])).upper()


@register.filter
def hue(name: Any) -> int:
    """One of eight stable colours for a name (avatars and placeholders)."""
    return sum(str(name).encode()) % 8


@register.filter
def percent(share: float | None) -> str:
    """0.42 → 42 %."""
    return f"{round((share or 0) * 100)}\u202f%"


@register.filter
def plain_number(value: float | None) -> str:
    """A number for an attribute: a point, never a comma, whatever the language."""
    return format(value or 0, ".4g")
