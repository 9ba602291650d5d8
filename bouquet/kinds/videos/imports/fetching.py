"""The bytes of one film, from elsewhere onto our disk."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path, PurePath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.shared.assets.permissions import UploadRefused, check_upload, limits_of
from bouquet.toolkit.fetch import Answer, BadAnswer, TooLarge, Unreachable, download
from bouquet.toolkit.fetch.answer import too_large
from bouquet.toolkit.tasks import heartbeat

NEWS = 1.5  # seconds between two notes of how far it is
PIECE = 1024 * 1024
NO_FILM = (b"<!doctype", b"<html", b"<?xml", b"{", b"[", b"#EXTM3U".lower(), b"%pdf")


def fetch(item: ImportItem, ask: Callable[[], None]) -> str:
    """Bring it into `item.spool`; gives the file's name. `ask` raises when nobody wants it any more.

    Raises UploadRefused over a limit, FetchError with what is wrong at the other side.
    """
    limits = limits_of(item.job.person)
    if item.size and item.size > limits.max_bytes:
        raise too_large(item.size, limits.max_bytes)
    if item.size:
        check_upload(item.job.person, item.size)
    if limits.largest_now <= 0:
        raise UploadRefused(_("Your space is full. Remove something, then go on."), 413)
    item.spool.parent.mkdir(parents=True, exist_ok=True)
    news = _News(item, ask)
    ask()
    if item.job.source == ImportJob.Source.FOLDER:
        _copy(Path(item.address), item.spool, news)
        return item.fact("filename") or PurePath(item.address).name
    try:
        download(
            item.address,
            item.spool,
            at_most=limits.largest_now,
            seconds=settings.IMPORT_FILM_SECONDS,
            came=news,
            first=_refuse_what_is_no_film,
        )
    except TooLarge as refusal:
        if limits.largest_now < limits.max_bytes:  # the space is too small for it, not the film too large
            raise UploadRefused(refusal.reason, 413) from refusal
        raise
    return item.fact("filename") or PurePath(unquote(urlsplit(item.address).path)).name or "film"


class _News:
    """Notes how far it is, now and then, and asks whether to go on."""

    def __init__(self, item: ImportItem, ask: Callable[[], None]) -> None:
        self.item, self.ask, self.noted_at = item, ask, time.monotonic()

    def __call__(self, have: int, whole: int | None) -> None:
        if time.monotonic() - self.noted_at < NEWS:
            return
        self.noted_at = time.monotonic()
        self.item.got, self.item.size = have, whole or self.item.size
        self.item.save(update_fields=["got", "size", "updated_at"])
        heartbeat(self.item.share)
        self.ask()
        if limits_of(self.item.job.person).disk_bytes <= 0:
            raise UploadRefused(_("There is not enough room left on the server. Please tell the editors."), 507)


def _refuse_what_is_no_film(answer: Answer, piece: bytes) -> None:
    """The pipeline looks at it properly; this spares fetching gigabytes of something else."""
    if answer.content_type in ("text/html", "application/xhtml+xml"):
        raise BadAnswer(_("This address gives a web page, not a film."))
    if piece.lstrip()[:9].lower().startswith(NO_FILM):
        raise BadAnswer(_("What came from this address is a text, not a film."))


def _copy(source: Path, path: Path, news: _News) -> None:
    """A file of this machine, in pieces; goes on where it stopped."""
    try:
        size = source.stat().st_size
        with source.open("rb") as film, path.open("ab") as copy:
            have = copy.tell()
            if have > size:
                copy.truncate(have := 0)
            film.seek(have)
            while piece := film.read(PIECE):
                copy.write(piece)
                have += len(piece)
                news(have, size)
            copy.flush()
            os.fsync(copy.fileno())
    except OSError as error:
        raise Unreachable(
            _("The file could not be read: %(error)s.") % {"error": error.strerror}, passing=False
        ) from None
