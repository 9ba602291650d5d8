"""The sections and authors that posts name: found by their names or made, once for a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from bouquet.kinds.articles.actions import add_author, add_section
from bouquet.kinds.articles.models import AuthorPage, SectionPage
from bouquet.kinds.articles.models.addresses import free_slug, slug_of
from bouquet.kinds.articles.moving.posts import short
from bouquet.shared.network.models import Site

MOST_SECTIONS = 200


class Newsroom:
    """The sections and authors of one site by their names, read once for a stretch of posts: by name each question
    would walk through all pages."""

    def __init__(self, site: Site) -> None:
        self.site, front = site, _front(site)
        self.sections = _by_name(SectionPage.objects.child_of(front))
        self.authors = _by_name(AuthorPage.objects.child_of(front))
        self._read: dict[int, Any] = {}
        self._remembers = False

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """What was read once is not asked for again, until something goes wrong: it may have been moved or removed.
        Who hangs pages below a section locks it first."""
        self._remembers = True
        try:
            yield
        except Exception:
            self._read.clear()
            raise
        finally:
            self._remembers = False

    def _page(self, pages: Any, pk: int | None) -> Any:
        if pk is None:
            return None
        if not self._remembers:
            return pages.filter(pk=pk).first()
        if pk not in self._read:
            self._read[pk] = pages.filter(pk=pk).first()
        return self._read[pk]

    def section_called(self, name: str, *, fallback: str = "", old: list[str] | None = None) -> SectionPage:
        """As it is in the tree now: a page is hung below it next."""
        name = short(name, 120) or short(fallback, 120) or _unsorted(self.site)
        known = self.sections.get(name.casefold())
        if known is None and len(self.sections) >= MOST_SECTIONS:
            known = min(self.sections.values())
        section = self._page(SectionPage.objects, known)
        if section is None:
            made = add_section(self.site, name, slug=free_slug(_front(self.site), name, "section"))
            _send_on(self.site, old or [], made)
            section = SectionPage.objects.get(pk=made.pk)
        self.sections[name.casefold()] = section.pk
        return section

    def author_called(self, said: dict[str, Any]) -> AuthorPage:
        name = short(said["name"], 120)
        known = self.authors.get(name.casefold())
        author = self._page(AuthorPage.objects, known)
        if author is None:
            slug = free_slug(_front(self.site), said.get("slug") or name, "author")
            author = add_author(self.site, name, about=said.get("about", "")[:1000], slug=slug)
            _send_on(self.site, said.get("old", []), author)
        self.authors[name.casefold()] = author.pk
        return author


def _by_name(pages: Any) -> dict[str, int]:
    """Of two with one name the first."""
    return {title.casefold(): pk for title, pk in pages.order_by("-path").values_list("title", "pk")}


class SlugsOfSome:
    """For articles that come together: which of their slugs are taken is asked once for all of them."""

    def __init__(self, wanted: Iterable[tuple[SectionPage, str]]) -> None:
        pairs = [(section, slug_of(words, "article")) for section, words in wanted]
        found = Page.objects.filter(slug__in={slug for _section, slug in pairs})
        found = found.filter(depth__in={section.depth + 1 for section, _slug in pairs})
        self._taken = {(path[: -Page.steplen], slug) for path, slug in found.values_list("path", "slug")}
        self._given: dict[int, set[str]] = {section.pk: set() for section, _slug in pairs}

    def choose(self, section: SectionPage, wanted: str) -> str:
        slug, given = slug_of(wanted, "article"), self._given[section.pk]
        if slug in given or (section.path, slug) in self._taken:
            slug = free_slug(section, wanted, "article", given=given)
        given.add(slug)
        return slug


def _front(site: Site) -> Page:
    if site.wagtail_site is None:
        raise ValueError(f"{site} has no page tree")
    return Page.objects.get(pk=site.wagtail_site.root_page_id)


def _unsorted(site: Site) -> str:
    with translation.override(site.language):
        return _("Articles")


def _send_on(site: Site, old: list[str], page: Page) -> None:
    """Where the section or the author was found at the old site: Wagtail's own redirects keep it."""
    for address in old:
        path = Redirect.normalise_path(urlsplit(address).path)
        if path and path != "/" and len(path) <= 255:
            Redirect.objects.get_or_create(
                old_path=path, site=site.wagtail_site, defaults={"redirect_page": page, "is_permanent": True}
            )
