"""One post becomes an article: its pictures first, from outside; then all its rows in one transaction.

A kill in between leaves pictures that the next try finds again, and no half of an article.
"""

from __future__ import annotations

import logging
import shutil
import time
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.kinds.articles.actions import add_article, keep_old_addresses, keep_work_ready
from bouquet.kinds.articles.models import MOST_THEMES, Article, ArticlePage
from bouquet.kinds.articles.models.addresses import free_slug
from bouquet.kinds.articles.moving.media import bring_pictures
from bouquet.kinds.articles.moving.models import ArticleImport, ImportedPost
from bouquet.kinds.articles.moving.newsroom import Newsroom
from bouquet.kinds.articles.moving.posts import Post
from bouquet.shared.comments.actions import Brought, bring_comments
from bouquet.shared.network.models import Picture
from bouquet.shared.works.actions import one_line
from bouquet.toolkit.locks import only_one
from bouquet.toolkit.tasks import heartbeat

log = logging.getLogger("bouquet.imports")
State = ImportedPost.State


def alone(job: ArticleImport) -> AbstractContextManager[bool]:
    """One process works for an import at a time."""
    return only_one(Path(settings.UPLOADS_ROOT) / "incoming" / f"articles-{job.uid}.lock")


def take_some(job: ArticleImport, *, seconds: float) -> bool:
    """Posts one after the other for so long; True while there are more. Stops when the import was cancelled."""
    ends, newsroom = time.monotonic() + seconds, Newsroom(job.site)
    while post := job.posts.filter(state=State.WAITING).order_by("pk").first():
        if not ArticleImport.objects.filter(pk=job.pk, state=ArticleImport.State.RUNNING).exists():
            return False
        take(job, post, newsroom)
        heartbeat()
        if time.monotonic() > ends:
            return True
    finish(job)
    return False


def take(job: ArticleImport, row: ImportedPost, newsroom: Newsroom) -> None:
    """Its row says how it ended."""
    try:
        post = _line_of(job, row)
        wanted = [*([post.picture] if post.picture else []), *post.pictures]
        pictures, notes = bring_pictures(job.site, wanted)
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


def _line_of(job: ArticleImport, row: ImportedPost) -> Post:
    with job.posts_file.open("rb") as lines:
        lines.seek(row.place)
        return Post.read(lines.readline())


def _make(
    job: ArticleImport, post: Post, newsroom: Newsroom, pictures: dict[str, Picture], notes: list[str]
) -> ArticlePage:
    section = newsroom.section_called(post.section, fallback=job.section, old=post.section_old)
    first = pictures.get(post.picture["address"]) if post.picture else None
    slug = free_slug(section, post.slug or post.title, "article")
    if post.slug and slug != post.slug[:80].strip("-"):
        notes.append(_("Its short name was taken, or is none here: it is “%(slug)s” now.") % {"slug": slug})
    when = post.date
    fields: dict[str, Any] = {
        "lead": post.lead,
        "picture": first,
        "caption": (post.picture or {}).get("caption", "") if first else "",
        "themes": _themes(post),
        "comments_policy": "closed" if post.comments_closed else "house",
        "seo_title": post.seo_title,
        "search_description": post.search_description,
        "revised_at": datetime.fromisoformat(post.revised_at) if post.revised_at else None,
    }
    if post.scheduled and when:
        fields["go_live_at"] = when
    return add_article(
        section,
        title=post.title,
        slug=slug,
        form=post.form,
        body=_body(post, pictures, first),
        authors=[newsroom.author_called(each) for each in post.authors],
        by=job.person,
        published_at=when if post.live else None,
        publish=post.live or (post.scheduled and when is not None),
        **fields,
    )


def _body(post: Post, pictures: dict[str, Picture], first: Picture | None) -> list[tuple[str, Any]]:
    """What stood before and behind a picture that did not come is one text again; the first one is not shown twice."""
    body: list[tuple[str, Any]] = []
    for place, (name, value) in enumerate(post.body):
        if name == "text" and body and body[-1][0] == "text":
            body[-1] = (name, body[-1][1] + value)
            continue
        if name == "gallery":
            hung = [shown for each in value["pictures"] if (shown := _shown(each, pictures))]
            one = [("picture", each | {"width": "text"}) for each in hung]
            body += [("gallery", {"title": "", "pictures": hung})] if len(hung) > 1 else one
        elif name != "picture":
            body.append((name, value))
        elif shown := _shown(value, pictures):
            if place or first is None or shown["picture"].pk != first.pk:
                body.append((name, shown | {"width": "text"}))
    return body


def _shown(said: dict[str, str], pictures: dict[str, Picture]) -> dict[str, Any] | None:
    """None where it did not come."""
    picture = pictures.get(said["address"])
    return {"picture": picture, "caption": said["caption"], "alternative": said["alternative"]} if picture else None


def _themes(post: Post) -> str:
    names: list[str] = []
    for name in post.themes:
        name = one_line(name).replace(",", " ")[:40].strip()
        if name and name not in names and len(names) < MOST_THEMES and len(", ".join([*names, name])) <= 400:
            names.append(name)
    return ", ".join(names)


def _fail(row: ImportedPost, reason: str) -> None:
    _end(row, State.FAILED, reason)


def _end(row: ImportedPost, state: str, reason: str) -> None:
    row.state, row.reason, row.page = state, reason, None
    row.save(update_fields=["state", "reason", "page", "updated_at"])
