"""Posts that came out long ago, fifty at a time: pictures first, then the rows of all of them in one transaction.

The state of their rows is in the same transaction: whenever the process is killed, the fifty are here and said to be,
or none is. Where one of them cannot be taken nothing is, and each is tried by itself (taking.take), which says why.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bouquet.kinds.articles.bringing import Coming, bring_articles, lock_sections
from bouquet.kinds.articles.models import ArticlePage, SectionPage
from bouquet.kinds.articles.moving.composing import line_of, note_of_slug, said_of
from bouquet.kinds.articles.moving.media import bring_pictures
from bouquet.kinds.articles.moving.models import ArticleImport, ImportedPost
from bouquet.kinds.articles.moving.newsroom import Newsroom, SlugsOfSome
from bouquet.kinds.articles.moving.posts import Post
from bouquet.shared.comments.actions import Brought, bring_comments_of
from bouquet.shared.network.models import Picture
from bouquet.shared.works.actions import keep_addresses_of
from bouquet.toolkit.tasks import heartbeat

log = logging.getLogger("bouquet.imports")
State = ImportedPost.State
AT_ONCE = 50  # others who write wait for a transaction's end: half a second
LONG_AGO = timedelta(days=7)  # what is younger has followers who are told of it


@dataclass
class Read:
    """A post of which all that comes from outside is here."""

    row: ImportedPost
    post: Post
    pictures: dict[str, Picture]
    notes: list[str] = field(default_factory=list)


def take_together(
    job: ArticleImport, rows: list[ImportedPost], newsroom: Newsroom, *, until: float
) -> list[ImportedPost]:
    """Takes those that it can; gives back those that are to be taken one by one. What is not looked at `until` then
    (of the monotonic clock) waits on: pictures may be slow."""
    read, others = _read(job, rows, until)
    if not read:
        return others
    try:
        with newsroom.remembering():
            _take(job, read, newsroom)
    except Exception as problem:
        log.warning("import %s: one of %s posts cannot be taken: %s", job.uid, len(read), problem)
        return [*others, *job.posts.filter(pk__in=[each.row.pk for each in read], state=State.WAITING).order_by("pk")]
    return others


def _read(job: ArticleImport, rows: list[ImportedPost], until: float) -> tuple[list[Read], list[ImportedPost]]:
    read: list[Read] = []
    others: list[ImportedPost] = []
    long_ago = timezone.now() - LONG_AGO
    for row in rows:
        try:
            post = line_of(job, row)
            if not post.live or post.date is None or post.date > long_ago:
                others.append(row)
                continue
            pictures, notes = bring_pictures(job.site, post.shown)
            read.append(Read(row, post, pictures, notes))
        except Exception:
            others.append(row)  # by itself it says what is wrong
        heartbeat()
        if time.monotonic() > until:
            break
    return read, others


def _take(job: ArticleImport, read: list[Read], newsroom: Newsroom) -> None:
    named = [
        newsroom.section_called(each.post.section, fallback=job.section, old=each.post.section_old).pk for each in read
    ]
    with transaction.atomic():
        locked = lock_sections(named)
        wanted = [(locked[pk], each.post.slug or each.post.title) for pk, each in zip(named, read, strict=True)]
        slugs = SlugsOfSome(wanted)
        coming = [
            _coming(job, each, section, slugs.choose(section, words), newsroom)
            for (section, words), each in zip(wanted, read, strict=True)
        ]
        articles = bring_articles(job.site, coming)
        for each, came in zip(read, coming, strict=True):
            each.row.page, each.row.state, each.row.reason = came.page, State.DONE, ""
            each.row.notes = [*each.row.notes, *each.notes]
        _keep_states([each.row for each in read])
        here = list(zip(articles, read, strict=True))
        keep_addresses_of((article.pk, [(old, False) for old in each.row.old]) for article, each in here)
        bring_comments_of((article, [Brought.told(said) for said in each.post.comments]) for article, each in here)


def _coming(job: ArticleImport, each: Read, section: SectionPage, slug: str, newsroom: Newsroom) -> Coming:
    each.notes += note_of_slug(each.post, slug)
    page = ArticlePage(owner=job.person, slug=slug, live=True, **said_of(job, each.post, each.pictures))
    page.first_published_at = each.post.date
    return Coming(page, section, [newsroom.author_called(said) for said in each.post.authors])


def _keep_states(rows: list[ImportedPost]) -> None:
    """One statement. That a post comes once is a constraint of the table: it holds here, too."""
    now = timezone.now()
    for row in rows:
        row.updated_at = now
    written = ["page", "state", "reason", "notes", "updated_at"]
    ImportedPost.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=written)
