"""Posts become articles: pictures first, from outside; then all rows in one transaction, its own state among them.

A kill in between leaves pictures that the next try finds again, and no half of an article. What came out long ago is
taken many at a time (together.py); here is one by itself, which is also how what cannot be taken is found out.
"""

from __future__ import annotations

import logging
import shutil
import time
from contextlib import AbstractContextManager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.kinds.articles.actions import add_article, keep_old_addresses, keep_work_ready
from bouquet.kinds.articles.models import Article, ArticlePage
from bouquet.kinds.articles.models.addresses import free_slug
from bouquet.kinds.articles.moving.composing import line_of, note_of_slug, said_of
from bouquet.kinds.articles.moving.media import bring_pictures
from bouquet.kinds.articles.moving.models import ArticleImport, ImportedPost
from bouquet.kinds.articles.moving.newsroom import Newsroom
from bouquet.kinds.articles.moving.posts import Post
from bouquet.kinds.articles.moving.together import AT_ONCE, take_together
from bouquet.shared.comments.actions import Brought, bring_comments
from bouquet.shared.network.models import Picture
from bouquet.toolkit.locks import only_one
from bouquet.toolkit.tasks import heartbeat

log = logging.getLogger("bouquet.imports")
State = ImportedPost.State


def alone(job: ArticleImport) -> AbstractContextManager[bool]:
    """One process works for an import at a time."""
    return only_one(Path(settings.UPLOADS_ROOT) / "incoming" / f"articles-{job.uid}.lock")


def take_some(job: ArticleImport, *, seconds: float) -> bool:
    """Posts for so long, some at a time; True while there are more. Stops when the import was cancelled."""
    ends, newsroom = time.monotonic() + seconds, Newsroom(job.site)
    while rows := list(job.posts.filter(state=State.WAITING).order_by("pk")[:AT_ONCE]):
        if not ArticleImport.objects.filter(pk=job.pk, state=ArticleImport.State.RUNNING).exists():
            return False
        for row in take_together(job, rows, newsroom, until=ends):
            take(job, row, newsroom)
            heartbeat()
            if time.monotonic() > ends:
                break
        heartbeat()
        if time.monotonic() > ends:
            return True
    finish(job)
    return False


def take(job: ArticleImport, row: ImportedPost, newsroom: Newsroom) -> None:
    """Its row says how it ended."""
    try:
        post = line_of(job, row)
        pictures, notes = bring_pictures(job.site, post.shown)
        with transaction.atomic():
            row.page = _make(job, post, newsroom, pictures, notes)
            row.state, row.notes, row.reason = State.DONE, [*row.notes, *notes], ""
            row.save()
            if article := Article.objects.filter(page=row.page).first():
                keep_old_addresses(article)
            elif post.comments:
                article = keep_work_ready(row.page)
            if article is not None:
                bring_comments(article, [Brought.told(each) for each in post.comments])
    except IntegrityError:
        if not ImportedPost.objects.filter(site=row.site_id, key=row.key, state=State.DONE).exists():
            log.exception("imported post %s", row.pk)
            return _fail(row, _("Something went wrong on our side; the operator can read what in the log."))
        _end(row, State.KNOWN, "")  # it came with another import meanwhile
    except ValidationError as refusal:
        _fail(row, " ".join(refusal.messages))
    except Exception:
        log.exception("imported post %s", row.pk)
        _fail(row, _("Something went wrong on our side; the operator can read what in the log."))


def finish(job: ArticleImport) -> None:
    """What came is forgotten where nothing of it is left to try again."""
    now = timezone.now()
    running = ArticleImport.objects.filter(pk=job.pk, state=ArticleImport.State.RUNNING)
    if running.update(state=ArticleImport.State.DONE, finished_at=now, updated_at=now):
        job.state, job.finished_at = ArticleImport.State.DONE, now
        if not job.posts.filter(state=State.FAILED).exists():
            forget_files(job)


def forget_files(job: ArticleImport) -> None:
    shutil.rmtree(job.folder, ignore_errors=True)


def _make(
    job: ArticleImport, post: Post, newsroom: Newsroom, pictures: dict[str, Picture], notes: list[str]
) -> ArticlePage:
    section = newsroom.section_called(post.section, fallback=job.section, old=post.section_old)
    slug = free_slug(section, post.slug or post.title, "article")
    fields = said_of(job, post, pictures) | {"slug": slug}
    notes += note_of_slug(post, slug)
    if post.scheduled and post.date:
        fields["go_live_at"] = post.date
    return add_article(
        section,
        authors=[newsroom.author_called(each) for each in post.authors],
        by=job.person,
        published_at=post.date if post.live else None,
        publish=post.live or (post.scheduled and post.date is not None),
        **fields,
    )


def _fail(row: ImportedPost, reason: str) -> None:
    _end(row, State.FAILED, reason)


def _end(row: ImportedPost, state: str, reason: str) -> None:
    row.state, row.reason, row.page = state, reason, None
    row.save(update_fields=["state", "reason", "page", "updated_at"])
