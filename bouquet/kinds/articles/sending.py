"""On which other sites of the network an article is shown. By editors of both sites; the other one's may say no.

The page on its own site is the canonical one; the others show it under their brand (views/article.py). What it is
shown on lies in the work (`also_on`), as for every kind; `Sending` keeps the wish with the page, so that a draft can
be sent, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from bouquet.kinds.articles.models import Article, ArticlePage, Sending
from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site
from bouquet.shared.network.permissions import sites_edited_by
from bouquet.shared.works import actions as works

KIND = "articles"


@dataclass(frozen=True)
class Place:
    """A site on which the article is, or may be put by this person."""

    site: Site
    is_shown: bool  # or will be, as soon as it is published
    may_change: bool  # edits both sites
    turned_away: bool  # the site's editors wanted it no more


def places_for(page: ArticlePage, person: Person) -> list[Place]:
    """In the order of the bar; sites that this person does not edit stand there only where they show it."""
    home = page.site
    if home is None:
        return []
    article = Article.objects.filter(page=page).first()
    shown = set(Sending.objects.filter(page=page).values_list("site", flat=True))
    away: list[int] = []
    if article is not None:
        shown |= set(article.also_on.values_list("pk", flat=True))
        away = works.sites_that_turned_away(article)
        shown -= set(away)
    mine = set(sites_edited_by(person).values_list("pk", flat=True))
    edits_home = home.pk in mine
    others = Site.objects.open().exclude(pk=home.pk).filter(is_main=False).in_order()
    return [
        Place(site, site.pk in shown, edits_home and site.pk in mine, site.pk in away)
        for site in others
        if site.has_kind(KIND) and (site.pk in shown or (edits_home and site.pk in mine))
    ]


def send_to_sites(page: ArticlePage, sites: Iterable[Site], *, by: Person) -> list[Site]:
    """Shown on these sites and on no others that `by` may decide for; gives those where it is shown, or will be.

    A site whose editors turned it away takes it again when one of them, who edits both, sends it.
    """
    wanted = {site.pk for site in sites}
    with transaction.atomic():
        article = Article.objects.select_for_update().filter(page=page).first()
        for place in places_for(page, by):
            if not place.may_change:
                continue
            if place.site.pk in wanted and not place.is_shown:
                _show(page, article, place)
            elif place.site.pk not in wanted and place.is_shown:
                _take_back(page, article, place.site)
    return [place.site for place in places_for(page, by) if place.is_shown]


def _show(page: ArticlePage, article: Article | None, place: Place) -> None:
    Sending.objects.get_or_create(page=page, site=place.site)
    if article is not None:
        if place.turned_away:
            works.allow_guest_again(article, place.site)
        works.add_guest(article, place.site)


def _take_back(page: ArticlePage, article: Article | None, site: Site) -> None:
    Sending.objects.filter(page=page, site=site).delete()
    if article is not None:
        works.remove_guest(article, site)
