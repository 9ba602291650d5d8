"""The dry run: what would come, how large it is, what is refused and why. In short steps that survive a kill."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bouquet.kinds.videos.imports.entries import Batch, Entry, SourceRefused
from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.kinds.videos.imports.sources import SOURCES
from bouquet.shared.assets.permissions import limits_of
from bouquet.toolkit.fetch import FetchError, measure
from bouquet.toolkit.fetch.addresses import machines_of, target_of
from bouquet.toolkit.tasks import heartbeat

State = ImportItem.State
ITEMS = 10_000  # of one import
SIZES = "sizes"  # `job.place` once all films are known and their sizes are asked for
ASKED_AT_MOST = 500  # films whose size is asked for, one by one
STEP = 20
TRIES = 3
COMES_ONCE = (State.FETCHING, State.DONE)
SETTLED = (State.FETCHING, State.DONE, State.LEFT_OUT)


def look(job: ImportJob) -> bool:
    """One step; True while there is more to do. Raises SourceRefused."""
    if job.place == SIZES:
        return _measure_some(job)
    if job.source in SOURCES:
        batch = _ask(job)
        add_items(job, batch.entries)
        job.title = batch.title or job.title
        job.place = batch.place or SIZES
    else:
        job.place = SIZES  # a table was read when it came
    job.save(update_fields=["title", "place", "updated_at"])
    return True


def add_items(job: ImportJob, entries: Iterable[Entry]) -> None:
    """New ones as rows; what could not be taken before is described anew; what came, or was left out, stays."""
    by_key = {entry.key: entry for entry in (each.tidied() for each in entries) if entry.key}
    keys = list(by_key)
    for start in range(0, len(keys), 500):
        _add_some(job, [by_key[key] for key in keys[start : start + 500]])
    if job.items.count() > ITEMS:
        raise SourceRefused(_("There are more than %(count)s films; import it in parts.") % {"count": ITEMS})


def _add_some(job: ImportJob, entries: list[Entry]) -> None:
    keys = [entry.key for entry in entries]
    here = ImportItem.objects.filter(channel=job.channel, key__in=keys, state__in=COMES_ONCE)
    known = {item.key: item for item in here.exclude(job=job).only("key", "video_id")}
    with transaction.atomic():
        before = {item.key: item for item in job.items.filter(key__in=keys)}
        ImportItem.objects.bulk_create(
            [_described(ImportItem(job=job, channel_id=job.channel_id, key=entry.key), entry, known)
             for entry in entries if entry.key not in before],
            ignore_conflicts=True,
        )  # fmt: skip
        again = [
            _described(before[entry.key], entry, known)
            for entry in entries
            if entry.key in before and before[entry.key].state not in SETTLED
        ]
        fields = ["title", "address", "facts", "published_at", "size", "state", "reason", "measured", "video"]
        ImportItem.objects.bulk_update(again, fields, batch_size=200)


def _described(item: ImportItem, entry: Entry, known: dict[str, ImportItem]) -> ImportItem:
    item.title, item.address, item.facts = entry.title or _("Untitled"), entry.address, entry.facts
    item.published_at, item.size, item.measured = entry.published_at, entry.size, False
    item.state, item.reason = State.WAITING, ""
    if entry.key in known:
        item.state, item.video_id = State.KNOWN, known[entry.key].video_id
        if item.video_id is None:
            item.reason = _("It came with an earlier import and was removed since.")
    elif entry.refusal:
        item.state, item.reason = State.REFUSED, entry.refusal
    return item


def conclude(job: ImportJob) -> None:
    """The verdict of the dry run: ready, or refused with the numbers."""
    limits = limits_of(job.person)
    too_large = job.items.filter(state=State.WAITING, size__gt=limits.max_bytes)
    for item in too_large.only("pk", "size"):
        words = {"size": filesizeformat(item.size or 0), "limit": filesizeformat(limits.max_bytes)}
        reason = _("This film has %(size)s; films of up to %(limit)s are accepted here.") % words
        ImportItem.objects.filter(pk=item.pk).update(state=State.REFUSED, reason=reason)
    job.reason = why_not(job)
    job.state = ImportJob.State.REFUSED if job.reason else ImportJob.State.LOOKED
    job.looked_at, job.place = timezone.now(), ""
    job.save(update_fields=["state", "reason", "looked_at", "place", "updated_at"])


def why_not(job: ImportJob) -> str:
    """Why what waits cannot come: a sentence with the numbers, or "". Asked before anything is fetched."""
    waiting = job.items.filter(state=State.WAITING).aggregate(films=Count("pk"), size=Sum("size"))
    needed, limits = waiting["size"] or 0, limits_of(job.person)
    words = {
        "films": ngettext("%(count)s film", "%(count)s films", waiting["films"]) % {"count": waiting["films"]},
        "size": filesizeformat(needed),
        "left": filesizeformat(limits.left_bytes),
        "quota": filesizeformat(limits.quota_bytes),
    }
    if needed > limits.left_bytes:
        return (
            _(
                "This import needs %(size)s for %(films)s, and your space has %(left)s left of %(quota)s. "
                "Leave films out, remove something first, or ask the editors for more space."
            )
            % words
        )
    if needed > max(0, limits.disk_bytes):
        return _("The server has not enough room for the %(size)s of this import. Please tell the editors.") % words
    return ""


def _ask(job: ImportJob) -> Batch:
    """The source, patiently: a moment's trouble does not end a dry run of an hour."""
    for attempt in range(1, TRIES + 1):
        try:
            return SOURCES[job.source](job)
        except SourceRefused as refusal:
            if not refusal.passing or attempt == TRIES:
                raise
            heartbeat()
            time.sleep(attempt)
    raise AssertionError("unreachable")


def _measure_some(job: ImportJob) -> bool:
    """Look at where some films lie: is the place one we fetch from, how large is the file, is it a film at all?"""
    if job.source == ImportJob.Source.FOLDER:
        return False
    asked = job.items.filter(measured=True).filter(~Q(state=State.KNOWN)).count()
    items = list(job.items.filter(state=State.WAITING, measured=False).order_by("pk")[:STEP])
    checked: set[str] = set()
    for item in items:
        try:
            if item.size is None and asked < ASKED_AT_MOST:
                _measure(item)
            else:
                _check_place(item, checked)
        except FetchError as refusal:
            if not refusal.passing:
                item.state, item.reason = State.REFUSED, refusal.reason
        item.measured = True
        item.save(update_fields=["size", "state", "reason", "measured", "updated_at"])
        heartbeat()
    return bool(items)


def _measure(item: ImportItem) -> None:
    found = measure(item.address)
    if found.content_type in ("text/html", "application/xhtml+xml"):
        item.state, item.reason = State.REFUSED, _("This address gives a web page, not a film.")
    item.size = found.size or None


def _check_place(item: ImportItem, checked: set[str]) -> None:
    target = target_of(item.address)
    if target.authority not in checked:
        machines_of(target)
        checked.add(target.authority)
