"""The socket of a kind: what an app in `kinds/` says of itself in its `apps.py`. Django's app registry is the list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class SiteKind:
    """What a site can be.

    slug:     the folder's name, the path where its pages live (/<slug>/) and what `Site.kinds` holds
    label:    what people read in menus (a lazy translation)
    icon:     the name of a ui icon
    home:     URL name of its first page
    creates:  URL name of the page where a member makes one, or "" where members make none
    create_label: the words on that button
    work:     URL name of a work's page, called with (uid, slug)
    embed:    URL name of a work's frame for other people's pages, called with its uid; "" where a kind has none
    channel:  URL name of the page of a channel, called with its slug; "" where a kind has none
    card:     template of a work in a list
    head:     template in the <head> of every page of the sites that have it, and of the network's own front
    blocks:   dotted paths of the front-page blocks it offers
    speech:   dotted path of a function that gives what is said in works of this kind, for search:
              `(work_ids) -> {work_id: [(second, text), …]}`; "" where nothing is said
    text:     dotted path of a function that gives what is written in works of this kind beyond their summary, for
              search: `(work_ids) -> {work_id: text}`; "" where there is no more
    guests:   whether works of this kind have a page on other sites that show them, too (`Work.also_on`); where not,
              lists there lead to their own site
    moves:    dotted path of what takes a site's works of this kind out and brings them in (config/moving/parcel.py says
              how); "" where they stay behind
    sections: dotted path of a function that gives the section in which works of this kind stand:
              `(work_ids) -> {work_id: name}`; "" where a kind has none
    inset:    dotted path of a function that gives works of this kind as they stand inside another text, an article's:
              `(works) -> {work_id: html}`; the works come with their site, and the reader may open them; "" for a card
    sitemap:  URL name of a sitemap of its own, named by /sitemap.xml; "" where a kind has none
    footer:   template of lines in the list “About” below every page of the sites that have it
    hold_first_comments: so many first comments of a newcomer wait for a person, where no rules say otherwise
    """

    slug: str
    label: Any
    icon: str
    home: str
    creates: str = ""
    create_label: Any = ""
    work: str = ""
    embed: str = ""
    channel: str = ""
    card: str = "works/card.html"
    head: str = ""
    blocks: tuple[str, ...] = ()
    speech: str = ""
    text: str = ""
    sections: str = ""
    inset: str = ""
    sitemap: str = ""
    footer: str = ""
    hold_first_comments: int = 0
    guests: bool = False
    moves: str = ""


def all_kinds() -> list[SiteKind]:
    return list(_kinds().values())


def kind_named(slug: str) -> SiteKind | None:
    return _kinds().get(slug)


def _kinds() -> dict[str, SiteKind]:
    """A page asks some fifty times, and the registry does not change once it is ready."""
    return _found() if apps.ready else _found.__wrapped__()


@cache
def _found() -> dict[str, SiteKind]:
    found = (getattr(config, "kind", None) for config in apps.get_app_configs())
    return {kind.slug: kind for kind in found if isinstance(kind, SiteKind)}
