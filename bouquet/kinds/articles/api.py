"""Articles through the API: lists, and one with its text as HTML. What was withdrawn is 410, what never was 404."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from bouquet.kinds.articles.actions import KIND
from bouquet.kinds.articles.lists import by_author, in_section, in_series
from bouquet.kinds.articles.models import Article, AuthorPage, SectionPage, SeriesPage
from bouquet.kinds.articles.permissions import find_article, was_here
from bouquet.kinds.articles.polls.api import router as polls_router
from bouquet.kinds.articles.sites_api import router as sites_router
from bouquet.kinds.articles.story import Story, story_of
from bouquet.kinds.articles.structured import share_picture
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import public
from bouquet.toolkit.api import Anyone, Problem
from bouquet.toolkit.pages import keyset_page

router = Router(tags=["articles"])
router.add_router("", sites_router)
router.add_router("", polls_router)
SLUG = r"^[\w-]*$"


class ArticlesIn(Schema):
    site: str = Field("", max_length=60, pattern=SLUG, description="Slug of a site; empty: the whole network.")
    section: str = Field("", max_length=255, pattern=SLUG, description="Slug of a section of that site.")
    author: str = Field("", max_length=255, pattern=SLUG, description="Slug of an author of that site.")
    series: str = Field("", max_length=255, pattern=SLUG, description="Slug of a series of that site.")
    cursor: str = Field("", max_length=500, description="`next_cursor` of the page before.")
    limit: int = Field(24, ge=1, le=100)


class ArticleLine(Schema):
    id: str = Field(alias="uid")
    title: str
    lead: str = Field(alias="summary")
    url: str = Field(alias="address")
    site: str = Field(description="Slug of its site.")
    section: str | None = Field(None, description="Slug of its section.")
    series: str | None = Field(None, description="Slug of the series that it is a part of.")
    form: str = Field(description="news, feature, interview, gallery, brief or live.")
    signature: str = Field(description="Who signed it.")
    words: int
    minutes: int = Field(description="To read it.")
    picture: str | None = Field(None, description="1280 pixels wide.")
    published_at: datetime | None
    revised_at: datetime | None = Field(description="When it said something new.")

    @staticmethod
    def resolve_site(article: Article) -> str:
        return article.site.slug

    @staticmethod
    def resolve_section(article: Article) -> str | None:
        return article.section.slug if article.section else None

    @staticmethod
    def resolve_series(article: Article) -> str | None:
        return article.series.slug if article.series and article.series.live else None

    @staticmethod
    def resolve_picture(article: Article) -> str | None:
        path = article.poster.poster_url(1280) if article.poster else ""
        return urljoin(article.site.url, path) if path else None


class ArticlesOut(Schema):
    articles: list[ArticleLine]
    next_cursor: str | None = Field(description="Null on the last page.")


class AuthorOut(Schema):
    slug: str
    name: str
    url: str


class CorrectionOut(Schema):
    at: datetime
    words: str


class PictureOut(Schema):
    caption: str
    description: str = Field(description="What it shows, for who cannot see it.")
    credit: str
    licence: str
    url: str | None


class ArticleOut(ArticleLine):
    html: str = Field(description="The text, without its title, lead and first picture.")
    authors: list[AuthorOut]
    themes: list[str]
    corrections: list[CorrectionOut]
    first_picture: PictureOut | None
    language: str

    @staticmethod
    def resolve_authors(article: Any) -> list[dict[str, str]]:
        return [_author(article.story, author) for author in article.story.authors]

    @staticmethod
    def resolve_themes(article: Any) -> list[str]:
        return [name for _slug, name in article.story.themes]

    @staticmethod
    def resolve_corrections(article: Any) -> list[Any]:
        return article.story.corrections

    @staticmethod
    def resolve_first_picture(article: Any) -> dict[str, Any] | None:
        return _first_picture(article, article.story)


@router.get("/articles", response=ArticlesOut, auth=Anyone, summary="The latest articles that this caller may find")
@public
def list_articles(request: HttpRequest, asked: Query[ArticlesIn]) -> Any:
    works: Any = Work.objects.listed_for(Viewer.of(request)).filter(kind=KIND)
    site = get_object_or_404(Site.objects.open(), slug=asked.site) if asked.site else None
    if site is not None:
        works = works.on(site)
    if asked.section:
        works = in_section(works, _page_of(SectionPage, site, asked.section))
    if asked.author:
        works = by_author(works, _page_of(AuthorPage, site, asked.author))
    if asked.series:
        works = in_series(works, _page_of(SeriesPage, site, asked.series))
    page = keyset_page(works, asked.cursor, asked.limit)
    found = Article.objects.select_related("site", "section", "series", "poster").in_bulk(
        [work.pk for work in page.rows]
    )
    return {
        "articles": [found[work.pk] for work in page.rows if work.pk in found],
        "next_cursor": page.next_cursor,
    }


def _page_of(model: Any, site: Site | None, slug: str) -> Any:
    if site is None or site.wagtail_site is None:
        raise Problem(
            422, _("Which site?"), _("A section, an author or a series is one of a site: name the site, too.")
        )
    return get_object_or_404(model.objects.live().child_of(site.wagtail_site.root_page), slug=slug)


@router.get("/articles/{uid}", response=ArticleOut, auth=Anyone, summary="One article with its text")
@public
def show_article(request: HttpRequest, uid: str) -> Any:
    viewer = Viewer.of(request)
    try:
        article = find_article(uid, viewer)
    except Http404:
        if was_here(uid):
            raise Problem(410, _("Withdrawn"), _("It was published here and is no longer.")) from None
        raise
    story = story_of(article, viewer)
    told: Any = article
    told.html = "".join(
        render_to_string(piece.template, {"value": piece.value, "more": piece.more, "site": None, "plain": True})
        for piece in story.pieces
    )
    told.story = story
    return told


def _author(story: Story, author: AuthorPage) -> dict[str, str]:
    return {"slug": author.slug, "name": author.title, "url": story.site.url + author.own_path()}


def _first_picture(article: Article, story: Story) -> dict[str, Any] | None:
    picture = story.picture
    if picture is None:
        return None
    return {
        "caption": story.page.caption,
        "description": picture.description,
        "credit": picture.credit,
        "licence": picture.licence,
        "url": share_picture(article) or None,
    }
