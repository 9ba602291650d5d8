"""What people do with imports: ask for one, start it, give it up, try what failed again."""

from __future__ import annotations

import shutil
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from bouquet.kinds.articles.moving.models import ArticleImport, ImportedPost
from bouquet.kinds.articles.moving.taking import forget_files
from bouquet.kinds.articles.moving.tasks import begin, look_at_articles
from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site
from bouquet.toolkit.fetch import FetchError
from bouquet.toolkit.fetch.addresses import target_of

State, Source = ArticleImport.State, ArticleImport.Source
LARGEST = 2 * 1024**3


class ImportRefused(Exception):
    """What was asked cannot be done. `reason` is a sentence, `field` what it is about."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason, self.field = reason, field


def add_import(
    *,
    site: Site,
    source: str,
    person: Person | None = None,
    file: IO[bytes] | None = None,
    address: str = "",
    home: str = "",
    section: str = "",
    with_pages: bool = False,
    at_once: bool = False,
    language: str = "",
) -> ArticleImport:
    """A dry run begins; with `at_once` the import follows it. Raises ImportRefused.

    `file` is the source's (`address` its name); a feed may be an address instead. That `person` edits the site is
    asked before. `home` is where the posts were published, for their pictures and old addresses.
    """
    if not site.has_kind("articles") or site.wagtail_site is None:
        raise ImportRefused(_("There are no articles on this site."), "site")
    home = home.strip().rstrip("/")
    try:
        home = target_of(home).address.rstrip("/") if home else ""
        if file is None:
            if source != Source.RSS:
                raise ImportRefused(_("Choose the file."), "file")
            address = target_of(address.strip()[:2000]).address
    except FetchError as refusal:
        raise ImportRefused(refusal.reason, "home" if file is not None else "address") from refusal
    job = ArticleImport(
        person=person,
        site=site,
        source=source,
        address=address[:2000],
        home=home[:500],
        section=section.strip()[:120],
        with_pages=with_pages,
        at_once=at_once,
        language=language,
    )
    if file is not None:
        _keep_file(job, file)
    with transaction.atomic():
        job.save()
        look_at_articles.enqueue(job.pk)
    return job


def start_import(job: ArticleImport) -> None:
    if not job.may_start:
        raise ImportRefused(_("This import is not at a point where it could start."))
    with transaction.atomic():
        begin(job)


def cancel_import(job: ArticleImport) -> None:
    """For good: what came stays, what did not is forgotten."""
    if job.state in (State.CANCELLED, State.DONE):
        return
    job.state = State.CANCELLED
    job.save(update_fields=["state", "updated_at"])
    forget_files(job)


def retry_failed(job: ArticleImport) -> int:
    """What failed waits again; gives how many."""
    if job.state != State.DONE:
        raise ImportRefused(_("This import is not at a point where it could start."))
    with transaction.atomic():
        failed = job.posts.filter(state=ImportedPost.State.FAILED)
        count = failed.update(state=ImportedPost.State.WAITING, reason="")
        if count:
            begin(job)
    return count


def _keep_file(job: ArticleImport, file: IO[bytes]) -> None:
    job.folder.mkdir(parents=True, exist_ok=True)
    with job.file.open("wb") as copy:
        shutil.copyfileobj(file, copy, 1024 * 1024)
    if not 0 < job.file.stat().st_size <= LARGEST:
        forget_files(job)
        raise ImportRefused(_("This file is empty, or larger than 2 GB."), "file")
