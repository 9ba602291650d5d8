"""Works as cards: each kind may bring a card of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.template.loader import select_template

from bouquet.shared.network.kinds import kind_named
from bouquet.shared.works.models import Work

register = template.Library()
PLAIN = "works/card.html"


@register.inclusion_tag("works/cards.html", takes_context=True)
def work_cards(context: Context, works: Iterable[Work], site: Any = None, empty_text: str = "") -> dict[str, Any]:
    """A grid of cards, with links that fit the site where they stand. `works` come from `.cards()`."""
    cards = [(work, _card_of(work)) for work in works]
    ours: dict[str, Any] = {"cards": cards, "site": site or context.get("site"), "empty_text": empty_text}
    return {str(name): value for name, value in context.flatten().items()} | ours


def _card_of(work: Work) -> Any:
    kind = kind_named(work.kind)
    return select_template([kind.card, PLAIN] if kind else [PLAIN])
