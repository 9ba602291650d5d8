"""Articles that were published elsewhere long ago, many at once: the rows that `add_article` would write for each,
a statement for all rows of a table.

What the two ways leave behind is the same (moving/tests/test_together.py compares every row). Saving fifty pages one
by one is six thousand statements, and it is their making that costs, not the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from bouquet.kinds.articles.actions import KIND, card_of
from bouquet.kinds.articles.models import Article, ArticlePage, AuthorPage, Byline, SectionPage
from bouquet.kinds.articles.models.addresses import pages_below
from bouquet.kinds.articles.months import recount_months_of
from bouquet.kinds.articles.pictures import pictures_of
from bouquet.kinds.articles.tasks import cover_article, index_pages, prepare_article
from bouquet.shared.network.models import Site
from bouquet.shared.works import actions as works
from bouquet.toolkit.rows import insert_rows


@dataclass
class Coming:
    """A page that hangs nowhere yet, with the hour it was first published; its section (locked), its authors."""

    page: ArticlePage
    section: SectionPage
    authors: list[AuthorPage]


def lock_sections(keys: Iterable[int]) -> dict[int, SectionPage]:
    """As they are now, until the transaction ends: nobody else hangs a page below them."""
    found = SectionPage.objects.select_for_update(of=("self", "page_ptr")).filter(pk__in=set(keys)).order_by("pk")
    return {section.pk: section for section in found}


def bring_articles(site: Site, coming: Sequence[Coming]) -> list[Article]:
    """All or none. Raises ValidationError and IntegrityError as saving one would; slugs are free in their sections."""
    if not coming:
        return []
    with transaction.atomic():
        _hang(coming)
        _write_revisions([each.page for each in coming])
        articles = _put_up(site, coming)
        recount_months_of(site, [article.published_at for article in articles if article.published_at])
        index_pages.enqueue([each.page.pk for each in coming])
    return articles


def _hang(coming: Sequence[Coming]) -> None:
    """Behind what hangs in their sections already."""
    now, many = timezone.now(), Counter(each.section.pk for each in coming)
    last: dict[int, str] = {}
    for each in coming:
        page, section = each.page, each.section
        page.depth, page.path = section.depth + 1, _next_path(section, last)
        page.set_url_path(section)
        page.locale_id, page.draft_title = section.locale_id, page.title
        page.live, page.last_published_at = True, now
        page.first_published_at = page.first_published_at or now
        page.bylines = [Byline(author=author, sort_order=place) for place, author in enumerate(each.authors)]
        page.corrections, page.wagtail_admin_comments = [], []  # none: not to be asked for
        page.clean_fields(exclude=_REFERENCES)
        page.check_particulars()
    insert_rows([each.page for each in coming])
    bylines = [byline for each in coming for byline in each.page.bylines.get_object_list()]
    for byline in bylines:
        byline.page_id = byline.page.pk
    Byline.objects.bulk_create(bylines)
    for number in set(many.values()):
        of_them = [section for section, has in many.items() if has == number]
        Page.objects.filter(pk__in=of_them).update(numchild=F("numchild") + number)


_REFERENCES = {field.name for field in ArticlePage._meta.fields if field.is_relation}  # each would be asked for


def _next_path(section: SectionPage, last: dict[int, str]) -> str:
    before = last.get(section.pk) or (pages_below(section).order_by("-path").values_list("path", flat=True).first())
    path = ArticlePage(path=before)._inc_path() if before else ArticlePage._get_path(section.path, section.depth + 1, 1)
    last[section.pk] = path
    return path


def _write_revisions(pages: list[ArticlePage]) -> None:
    """The one that is live, and what the desk reads in each page's history."""
    now = timezone.now()
    kind, base = ContentType.objects.get_for_model(ArticlePage), ContentType.objects.get_for_model(Page)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=kind,
            base_content_type=base,
            object_id=str(page.pk),
            user=page.owner,
            created_at=now,
            object_str=str(page),
            content=page.serializable_data(),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = page.live_revision = revision
        page.latest_revision_created_at = now
    Page.objects.bulk_update(pages, ["latest_revision", "live_revision"])
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(latest_revision_created_at=now)
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            content_type=kind,
            label=page.get_admin_display_title(),
            action=action,
            timestamp=now,
            user=page.owner,
            page=page,
            revision=revision,
            content_changed=True,
        )
        for page in pages
        for action, revision in (("wagtail.create", None), ("wagtail.publish", page.live_revision))
    )


def _put_up(site: Site, coming: Sequence[Coming]) -> list[Article]:
    channel = works.channel_of_site(site)
    articles = []
    for each in coming:
        card = card_of(each.page, site, each.authors, section=each.section, channel=channel)
        state, at = Article.State.LIVE, each.page.first_published_at
        articles.append(Article(page=each.page, uid=each.page.uid, kind=KIND, state=state, published_at=at, **card))
    works.bring_works([(article, each.page.theme_names) for article, each in zip(articles, coming, strict=True)])
    signed = Article.authors.through
    signed.objects.bulk_create(
        signed(article=article, authorpage=author)
        for article, each in zip(articles, coming, strict=True)
        for author in dict.fromkeys(each.authors)
    )
    for article, each in zip(articles, coming, strict=True):
        if each.page.picture_id:
            cover_article.enqueue(article.pk)
        if each.page.picture_id or pictures_of(each.page.body):
            prepare_article.enqueue(article.pk)
    return articles
