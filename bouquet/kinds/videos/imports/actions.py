"""What people do with imports: ask for one, start it, pause it, give it up, try what failed again, subscribe."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.kinds.videos.imports.entries import SourceRefused
from bouquet.kinds.videos.imports.looking import add_items, why_not
from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.kinds.videos.imports.sources.peertube import whereabouts
from bouquet.kinds.videos.imports.sources.table import read_table
from bouquet.kinds.videos.imports.tasks import begin, look_anew, look_at_source, next_time, take_next
from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.permissions import old_enough
from bouquet.shared.network.models import Site
from bouquet.shared.works.actions import channel_of
from bouquet.shared.works.models import Channel
from bouquet.toolkit.fetch import FetchError, forget
from bouquet.toolkit.fetch.addresses import target_of

State, Source = ImportJob.State, ImportJob.Source
AT_ONCE = 3  # imports of one person that may be looked at or under way
REPEATABLE = (Source.PEERTUBE, Source.FEED, Source.FOLDER)


class ImportRefused(Exception):
    """What was asked cannot be done. `reason` is a sentence, `status` the HTTP answer, `field` what it is about."""

    def __init__(self, reason: str, status: int = 422, field: str = "") -> None:
        super().__init__(reason)
        self.reason, self.status, self.field = reason, status, field


def add_import(
    *,
    person: Person,
    site: Site,
    source: str,
    address: str = "",
    table: bytes = b"",
    channel: Channel | None = None,
    visibility: str = "public",
    repeat: str = "",
    at_once: bool = False,
    operator: bool = False,
    language: str = "",
) -> ImportJob:
    """A dry run begins; with `at_once` the import follows it. Raises ImportRefused.

    `table` is the CSV file's content (`address` its name). A folder is for who operates the server: `operator`.
    `language` is the one of the page it is asked for on: reasons are written in it.
    """
    if not old_enough(person, site):
        words = {"name": site.name, "age": site.minimum_age}
        raise ImportRefused(_("%(name)s is for people of %(age)s and over.") % words, 403)
    channel = channel or channel_of(person, site)
    if channel.owner_id != person.pk and not operator:
        raise ImportRefused(_("This channel belongs to somebody else."), 403, "channel")
    entries = []
    try:
        address = _checked(source, address, operator=operator)
        if source == Source.CSV:
            entries = read_table(table)
    except (SourceRefused, FetchError) as refusal:
        raise ImportRefused(refusal.reason, 422, "table" if source == Source.CSV else "address") from refusal
    if repeat and source not in REPEATABLE:
        raise ImportRefused(
            _("A table does not change by itself: it cannot be looked at again and again."), 422, "repeat"
        )
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        alive = ImportJob.objects.filter(person=person, state__in=[State.LOOKING, State.RUNNING]).count()
        if alive >= AT_ONCE and not operator:
            raise ImportRefused(
                _("%(count)s of your imports are under way. Wait for one of them.") % {"count": alive}, 429
            )
        job = ImportJob.objects.create(
            person=person,
            channel=channel,
            site=site,
            source=source,
            address=address,
            visibility=visibility,
            language=language,
            repeat=repeat,
            at_once=at_once,
        )
        set_repeat(job, repeat)
        add_items(job, entries)
        look_at_source.enqueue(job.pk)
    return job


def start_import(job: ImportJob) -> None:
    """From the dry run to the work, or on after a pause. Raises ImportRefused with the numbers where it cannot."""
    if not job.may_start:
        raise ImportRefused(_("This import is not at a point where it could start."), 409)
    if reason := why_not(job):
        _become(job, State.REFUSED if job.state == State.LOOKED else State.PAUSED, reason)
        raise ImportRefused(reason, 413)
    with transaction.atomic():
        begin(job)


def pause_import(job: ImportJob) -> None:
    """What is coming stops within two seconds; its bytes stay and are not fetched twice."""
    if job.state != State.RUNNING:
        raise ImportRefused(_("Only an import that is under way can be paused."), 409)
    _become(job, State.PAUSED)


def cancel_import(job: ImportJob) -> None:
    """For good: what came stays, what did not is forgotten, a subscription ends."""
    if job.state == State.CANCELLED:
        return
    _become(job, State.CANCELLED)
    set_repeat(job, "")
    for item in job.items.filter(state=ImportItem.State.WAITING, got__gt=0):
        forget(item.spool)


def retry_failed(job: ImportJob) -> int:
    """What failed waits again; gives how many. The import goes on if it had ended."""
    if job.state not in (State.DONE, State.PAUSED, State.RUNNING):
        raise ImportRefused(_("This import is not at a point where it could start."), 409)
    with transaction.atomic():
        count = job.items.filter(state=ImportItem.State.FAILED).update(
            state=ImportItem.State.WAITING, reason="", attempts=0, not_before=None, updated_at=timezone.now()
        )
        if count and job.state == State.DONE:
            begin(job)
        elif job.state == State.RUNNING:
            take_next.enqueue(job.pk)
    return count


def look_again(job: ImportJob) -> None:
    """Another dry run: what is new there, and whether what could not come can come now."""
    if job.is_alive or job.state == State.CANCELLED:
        raise ImportRefused(_("This import cannot be looked at again now."), 409)
    with transaction.atomic():
        job.items.filter(state=ImportItem.State.REFUSED).update(measured=False)
        if job.source == Source.CSV:
            job.items.filter(state=ImportItem.State.REFUSED).update(state=ImportItem.State.WAITING, reason="")
        look_anew(job)


def speak(job: ImportJob, language: str) -> None:
    """Reasons of what comes next are written in the language in which they are read: that of the page."""
    if job.language != language:
        job.language = language
        job.save(update_fields=["language", "updated_at"])


def set_repeat(job: ImportJob, repeat: str) -> None:
    """Subscribe to a source, or end that."""
    job.repeat = repeat if job.source in REPEATABLE else ""
    job.again_at = next_time(job)
    job.save(update_fields=["repeat", "again_at", "updated_at"])


def leave_out(job: ImportJob, keys: list[int], *, out: bool = True) -> int:
    """Films of the dry run that are not wanted (or wanted after all); gives how many. The verdict is made anew."""
    if job.state not in (State.LOOKED, State.REFUSED, State.PAUSED):
        raise ImportRefused(_("Films can be left out before an import starts, or while it pauses."), 409)
    before, after = (ImportItem.State.WAITING, ImportItem.State.LEFT_OUT)
    if not out:
        before, after = after, before
    with transaction.atomic():
        count = job.items.filter(pk__in=keys, state=before).update(state=after, updated_at=timezone.now())
        if job.state in (State.LOOKED, State.REFUSED) and job.looked_at and not job.place and job.items.exists():
            reason = why_not(job)
            _become(job, State.REFUSED if reason else State.LOOKED, reason)
    return count


def forget_imports_of(person: Person) -> None:
    """With the account: rows, and the bytes that were on their way. The videos themselves are another's to remove."""
    for item in ImportItem.objects.filter(Q(job__person=person), got__gt=0):
        forget(item.spool)
    ImportJob.objects.filter(person=person).delete()


def _become(job: ImportJob, state: str, reason: str = "") -> None:
    job.state, job.reason = state, reason
    job.save(update_fields=["state", "reason", "updated_at"])


def _checked(source: str, address: str, *, operator: bool) -> str:
    address = address.replace("\x00", "").strip()[:2000]
    if source == Source.PEERTUBE:
        base, _shelf, _name = whereabouts(address)
        target_of(base)
    elif source == Source.FEED:
        address = target_of(address).address
    elif source == Source.FOLDER:
        if not operator:
            raise SourceRefused(_("A folder of the server can be imported by its operator, on the command line."))
        if not Path(address).is_dir():
            raise SourceRefused(_("There is no folder “%(path)s” on the server.") % {"path": address})
        address = str(Path(address).resolve())
    return address
