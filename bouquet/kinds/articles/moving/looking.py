"""The dry run: every post of a source is read once, made blocks of, and written down as a row and a line.

Nothing is fetched but a feed itself. Killed in the middle it begins anew: rows have a unique key, lines are the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.kinds.articles.moving.models import ArticleImport, ImportedPost
from bouquet.kinds.articles.moving.posts import BrokenOff, Post
from bouquet.kinds.articles.moving.sources import SOURCES
from bouquet.toolkit.tasks import heartbeat

State = ImportedPost.State
BATCH = 200
MOST = 200_000


def look(job: ArticleImport) -> None:
    """The whole dry run. Raises SourceRefused where nothing can be read."""
    job.folder.mkdir(parents=True, exist_ok=True)
    job.passed_over, job.warning = {}, ""
    job.posts.exclude(state=State.DONE).delete()
    rows: list[ImportedPost] = []
    with job.posts_file.open("wb") as lines:
        try:
            for post in _numbered(job):
                rows.append(_row(job, post, lines.tell()))
                lines.write(post.line())
                if len(rows) >= BATCH:
                    _keep(job, rows)
                    rows = []
                    heartbeat()
        except BrokenOff as end:
            job.warning = end.reason
    _keep(job, rows)
    job.state = ArticleImport.State.LOOKED
    if not job.posts.exists():
        job.state, job.reason = ArticleImport.State.REFUSED, job.warning or _("There is no post in it.")
    job.looked_at = timezone.now()
    job.save()


def _numbered(job: ArticleImport) -> Iterator[Post]:
    for number, post in enumerate(SOURCES[job.source](job)):
        if number >= MOST:
            job.warning = _("There are more than %(number)s posts: those behind are left out.") % {"number": MOST}
            return
        yield post


def _row(job: ArticleImport, post: Post, place: int) -> ImportedPost:
    row = ImportedPost(job=job, site_id=job.site_id, key=post.key, title=post.title, place=place, old=post.old)
    row.published_at, row.notes, row.comments = post.date, post.notes, len(post.comments)
    if post.refusal:
        row.state, row.reason = State.REFUSED, post.refusal
    return row


def _keep(job: ArticleImport, rows: list[ImportedPost]) -> None:
    """A key that comes twice in one file is one post: the first."""
    keys = [row.key for row in rows]
    here = ImportedPost.objects.filter(site=job.site_id, key__in=keys, state=State.DONE).exclude(job=job)
    known = dict(here.values_list("key", "page"))
    for row in rows:
        if row.key in known and row.state == State.WAITING:
            row.state, row.page_id = State.KNOWN, known[row.key]
            if row.page_id is None:
                row.reason = _("It came with an earlier import and was removed since.")
    with transaction.atomic():
        mine = set(job.posts.filter(key__in=keys).values_list("key", flat=True))
        ImportedPost.objects.bulk_create([row for row in rows if row.key not in mine], ignore_conflicts=True)
