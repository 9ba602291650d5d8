"""Do the lists of a newsroom keep their speed when it has published 200,000 articles? Through the door, HTML included.

One site has them all. They are written by the database itself: a page of Wagtail, a work, an article, authors, themes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import click
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, Locale, Page

from bouquet.kinds.articles.actions import add_article, add_author, add_section
from bouquet.kinds.articles.models import Article, ArticlePage, AuthorPage, SectionPage
from bouquet.kinds.articles.months import recount_all
from bouquet.shared.assets.models import Asset
from bouquet.shared.network.actions import add_site
from bouquet.shared.network.models import Site
from bouquet.shared.search.bench import _index_all
from bouquet.shared.works.actions import channel_of_site
from bouquet.shared.works.bench import Figure, _time
from bouquet.shared.works.bench_fill import WORDS, fill, throwaway_database, tidy_up
from bouquet.shared.works.models import Tag, Work

HOST = "newsroom.example"
SECTIONS, AUTHORS, THEMES = 12, 40, 100
FEW = 40  # articles, however many there are: the same page in each column


def measure_lists(number: int) -> dict[str, Figure]:
    with throwaway_database():
        started = time.perf_counter()
        fill(number)
        site = _newsroom()
        click.echo(f"{connection.vendor}: {number:,} articles in {time.perf_counter() - started:.0f} s", err=True)
        return _measure(site)


def table_of_lists(numbers: list[int], columns: list[dict[str, Figure]]) -> str:
    heads = " | ".join(f"{number:,}" for number in numbers)
    lines = [
        f"| milliseconds of a page made anew, best of 15 | {heads} | ratio | queries |",
        "|---" * (len(numbers) + 3) + "|",
    ]
    for name in columns[0]:
        figures = [column[name] for column in columns]
        values = " | ".join(f"{figure.milliseconds:.1f}" for figure in figures)
        ratio = figures[-1].milliseconds / max(0.01, figures[0].milliseconds)
        lines.append(f"| {name} | {values} | {ratio:.2f} | {figures[-1].queries} |")
    return "\n".join(lines)


def _newsroom() -> Site:
    """Without migrations a database has no root of pages yet."""
    Locale.objects.get_or_create(language_code="en")
    Page.add_root(instance=Page(title="Root", slug="root", content_type=ContentType.objects.get_for_model(Page)))
    Collection.add_root(name="Root")
    site = add_site(host=HOST, name="Newsroom", kinds=["articles"], language="en")
    sections = [add_section(site, f"Section {number}") for number in range(SECTIONS)]
    authors = [add_author(site, f"Author {number}") for number in range(AUTHORS)]
    first = add_article(
        sections[0], title="The first", lead="Words.", body=[("text", "<p>Words.</p>")], authors=authors[:1]
    )
    _make_articles(site, first, sections, authors)
    _make_themes()
    _index_all()
    recount_all()
    tidy_up()
    return site


def _make_articles(site: Site, first: ArticlePage, sections: list[SectionPage], authors: list[AuthorPage]) -> None:
    """What each has of its own; the rest of the columns as the first one has them. Pages lie beside the first one."""
    rare = _rare()
    begin, channel = Page.objects.order_by("-pk").values_list("pk", flat=True)[0], channel_of_site(site)
    uuid = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    work = Article.objects.get(page=first)
    named = f"'{first.path[:-4]}' || substr('00000000' || w.id, -8)"
    if connection.vendor == "postgresql":
        named = f"'{first.path[:-4]}' || lpad(w.id::text, 8, '0')"
    own = {"id": f"{begin} + w.id", "path": named, "slug": "w.slug", "title": "w.title", "draft_title": "w.title"}
    own |= {
        "translation_key": uuid,
        "url_path": "'/' || w.slug || '/'",
        "latest_revision_id": "NULL",
        "live_revision_id": "NULL",
    }
    with connection.cursor() as cursor:
        change = "UPDATE works_work SET kind = 'articles', site_id = %s, channel_id = %s, poster_id = %s"
        cursor.execute(change, [site.pk, channel.pk, Asset.objects.create(poster="bench").pk])
        others = f"works_work AS w WHERE w.id <> {work.pk}"
        _copy(cursor, Page, own, f"wagtailcore_page AS s, {others} AND s.id = {first.pk}")
        own = {"page_ptr_id": f"{begin} + w.id", "uid": "w.uid", "lead": "w.summary"}
        _copy(cursor, ArticlePage, own, f"articles_articlepage AS s, {others} AND s.page_ptr_id = {first.pk}")
        places = " ".join(f"WHEN {n} THEN {each.pk}" for n, each in enumerate(sections[1:]))
        section = f"CASE WHEN w.id % {rare} = 0 THEN {sections[0].pk} ELSE CASE w.id % {SECTIONS - 1} {places} END END"
        own = {"work_ptr_id": "w.id", "page_id": f"{begin} + w.id", "section_id": section}
        _copy(cursor, Article, own, f"articles_article AS s, {others} AND s.work_ptr_id = {work.pk}")
        places = " ".join(f"WHEN {n} THEN {each.pk}" for n, each in enumerate(authors[1:]))
        author = f"CASE WHEN w.id % {rare} = 1 THEN {authors[0].pk} ELSE CASE w.id % {AUTHORS - 1} {places} END END"
        names = "INSERT INTO articles_article_authors (article_id, authorpage_id)"
        cursor.execute(f"{names} SELECT w.id, {author} FROM {others}")  # noqa: S608


def _rare() -> int:
    """Every so many-th work makes a few of all."""
    return max(2, Work.objects.count() // FEW)


def _copy(cursor: Any, model: Any, own: dict[str, str], source: str) -> None:
    columns = [field.column for field in model._meta.local_concrete_fields]
    values = ", ".join(own.get(column, f's."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {source}")  # noqa: S608


def _make_themes() -> None:
    tags = Tag.objects.bulk_create([Tag(slug=f"theme-{n}", name=f"{WORDS[n % len(WORDS)]} {n}") for n in range(THEMES)])
    first, table, rare = tags[0].pk, Work.tags.through._meta.db_table, _rare()
    with connection.cursor() as cursor:
        for place in ("w.id % 7", f"7 + (w.id * 31) % {THEMES - 20}"):
            cursor.execute(f"INSERT INTO {table} (work_id, tag_id) SELECT w.id, {first} + {place} FROM works_work AS w")  # noqa: S608
        hung = f"SELECT w.id, {first + THEMES - 1} FROM works_work AS w WHERE w.id % {rare} = 1"  # noqa: S608
        cursor.execute(f"INSERT INTO {table} (work_id, tag_id) {hung}")


def _measure(site: Site) -> dict[str, Figure]:
    client = Client(headers={"host": HOST})
    works = Work.objects.filter(on_shelves=True, visibility="public", rating=0, restricted=False)
    last = works.order_by("-pk").select_related("site")[0]
    month = timezone.localtime(last.published_at)
    paths = {
        "reference: an article": last.path,
        "front page": "/",
        "newest": "/articles/",
        "a section of every eleventh": "/articles/sections/section-1/",
        "a section of few": "/articles/sections/section-0/",
        "an author of every fortieth": "/articles/authors/author-1/",
        "an author of few": "/articles/authors/author-0/",
        "a theme of every seventh": "/articles/themes/theme-3/",
        "a theme of few": f"/articles/themes/theme-{THEMES - 1}/",
        "archive: the months": "/articles/archive/",
        "archive: a month": f"/articles/archive/{month.year}/{month.month}/",
        "search, a word of every fourth": "/search/?q=harbour",
        "search, two words": "/search/?q=harbour+dawn",
        "search, three words": "/search/?q=harbour+dawn+winter",
        "search, three beginnings": "/search/?q=harb+mark+wint",
        "search, without a result": "/search/?q=xyzzyq",
        "search, one by its number": "/search/?q=1777",
        "feed of the site": "/feed/rss.xml?kind=articles",
        "feed of a section": "/articles/sections/section-1/rss.xml",
        "news sitemap": "/articles/news-sitemap.xml",
    }

    def asking(path: str) -> Callable[[], Any]:
        def ask() -> None:
            answer = client.get(path)
            if answer.status_code != 200:
                raise click.ClickException(f"{path}: {answer.status_code}")

        return ask

    calls = {name: asking(path) for name, path in paths.items()}
    for call in calls.values():
        call()
    return {name: _time(call) for name, call in calls.items()}
