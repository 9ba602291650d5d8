"""`bouquet video import …`: for the operator. What it begins is worked on by the workers; it can watch them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click
from django.template.defaultfilters import filesizeformat

from bouquet.kinds.videos.imports import actions
from bouquet.kinds.videos.imports.models import ImportJob
from bouquet.kinds.videos.imports.old_addresses import addresses_of
from bouquet.kinds.videos.imports.report import numbers_of, report_lines
from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site
from bouquet.shared.works.actions import as_csv, as_nginx
from bouquet.shared.works.models import Channel, Work

RESTING = (ImportJob.State.LOOKED, ImportJob.State.REFUSED, ImportJob.State.DONE, ImportJob.State.CANCELLED, "paused")


@click.group("import")
def import_() -> None:
    """Bring films from elsewhere: PeerTube, a feed, a folder, a table of addresses."""


def _asks(command: Any) -> Any:
    """What every source is asked with."""
    visibilities = click.Choice([str(value) for value in Work.Visibility.values])
    for option in (
        click.option("--person", default="", help="Whose films they become: an e-mail address or a handle."),
        click.option("--channel", default="", help="The channel, by the last part of its address; its owner's films."),
        click.option("--site", required=True, help="The site, by its short name or host."),
        click.option("--visibility", default="public", show_default=True, type=visibilities),
        click.option("--repeat", default="", type=click.Choice(["", "hourly", "daily"]), help="Look for new films."),
        click.option("--dry-run", is_flag=True, help="Only say what would come."),
        click.option("--wait/--no-wait", default=True, show_default=True, help="Follow it until it ends."),
    ):
        command = option(command)
    return command


@import_.command("peertube")
@click.argument("source")
@_asks
def from_peertube(source: str, **asked: Any) -> None:
    """A channel of PeerTube: https://films.example/c/lake or lake@films.example."""
    _begin("peertube", source, **asked)


@import_.command("feed")
@click.argument("source")
@_asks
def from_feed(source: str, **asked: Any) -> None:
    """A feed: RSS with enclosures, Media RSS, podcast, Atom."""
    _begin("feed", source, **asked)


@import_.command("folder")
@click.argument("source", type=click.Path(exists=True, file_okay=False))
@_asks
def from_folder(source: str, **asked: Any) -> None:
    """A folder of this machine, with pictures and words beside the films."""
    _begin("folder", source, **asked)


@import_.command("csv")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_asks
def from_csv(source: Path, **asked: Any) -> None:
    """A CSV whose column “url” has the films' addresses."""
    _begin("csv", source.name, table=source.read_bytes(), **asked)


@import_.command("list")
def list_imports() -> None:
    """All imports of the network, the latest first."""
    for job in ImportJob.objects.select_related("site", "channel").order_by("-created_at", "-pk")[:200]:
        click.echo("\t".join([job.uid, job.state, job.site.slug, job.channel.slug, job.repeat or "once", job.name]))


@import_.command("show")
@click.argument("uid")
@click.option("--csv", "as_table", is_flag=True, help="The whole report as CSV.")
def show(uid: str, as_table: bool) -> None:
    """One import: its numbers, or its whole report."""
    job = _job(uid)
    if as_table:
        for line in report_lines(job):
            click.echo(line, nl=False)
    else:
        _say(job)


@import_.command("start")
@click.argument("uid")
def start(uid: str) -> None:
    """Start after a dry run, or go on after a pause."""
    _do(actions.start_import, uid)


@import_.command("pause")
@click.argument("uid")
def pause(uid: str) -> None:
    """Stop for now; what came stays."""
    _do(actions.pause_import, uid)


@import_.command("cancel")
@click.argument("uid")
def cancel(uid: str) -> None:
    """Stop for good."""
    _do(actions.cancel_import, uid)


@import_.command("retry")
@click.argument("uid")
def retry(uid: str) -> None:
    """Try again what failed."""
    _do(actions.retry_failed, uid)


@import_.command("addresses")
@click.argument("uid", required=False)
@click.option("--nginx", is_flag=True, help="As a map for nginx; without it, CSV.")
def addresses(uid: str | None, nginx: bool) -> None:
    """Old and new addresses, of one import or of all, for the server at the old place."""
    rows = addresses_of(_job(uid) if uid else None).iterator(chunk_size=500)
    for line in as_nginx(rows) if nginx else as_csv(rows):
        click.echo(line, nl=False)


def _begin(
    source: str, address: str, *, person: str, channel: str, site: str, dry_run: bool, wait: bool, **asked: Any
) -> None:
    owner, into = _who(person, channel)
    place = Site.objects.filter(slug=site).first() or Site.objects.filter(host=site).first()
    if place is None or not place.has_kind("videos"):
        raise click.ClickException(f"There is no site “{site}” with videos. See: bouquet site list")
    try:
        job = actions.add_import(
            person=owner,
            site=place,
            source=source,
            address=address,
            channel=into,
            at_once=not dry_run,
            operator=True,
            **asked,
        )
    except actions.ImportRefused as refusal:
        raise click.ClickException(refusal.reason) from None
    click.echo(f"{job.uid}\t{place.url}{job.path}")
    if wait:
        _follow(job)


def _who(person: str, channel: str) -> tuple[Person, Channel | None]:
    if channel:
        into = Channel.objects.select_related("owner").filter(slug=channel).first()
        if into is None or into.owner is None:
            raise click.ClickException(f"There is no channel “{channel}” that belongs to somebody.")
        return into.owner, into
    owner = Person.objects.filter(email__iexact=person).first() or Person.objects.filter(handle=person).first()
    if not person or owner is None:
        raise click.ClickException("Say whose films they become: --person EMAIL or --channel NAME.")
    return owner, None


def _follow(job: ImportJob) -> None:
    """Until it rests. Ctrl-C ends the watching, not the import."""
    said = ""
    while True:
        job.refresh_from_db()
        numbers = numbers_of(job)
        line = f"{job.state}: {numbers.done} here, {numbers.to_come} to come, {numbers.failed} failed"
        if line != said:
            click.echo(line)
            said = line
        if job.state in RESTING and not (job.state == ImportJob.State.LOOKED and job.at_once and numbers.to_come):
            break
        time.sleep(0.5)
    _say(job)
    if job.state in (ImportJob.State.REFUSED, ImportJob.State.PAUSED):
        raise SystemExit(1)


def _say(job: ImportJob) -> None:
    numbers = numbers_of(job)
    click.echo(f"{job.name}: {job.get_state_display()}" + (f". {job.reason}" if job.reason else ""))
    for state, count in sorted(numbers.films.items()):
        click.echo(f"  {state:9} {count:6}  {filesizeformat(numbers.sizes.get(state, 0))}")
    if numbers.unknown:
        click.echo(f"  of {numbers.unknown} nobody says the size")
    for item in job.items.filter(state__in=["refused", "failed"]).order_by("pk")[:20]:
        click.echo(f"  {item.title}: {item.reason}")


def _do(verb: Any, uid: str) -> None:
    job = _job(uid)
    try:
        verb(job)
    except actions.ImportRefused as refusal:
        raise click.ClickException(refusal.reason) from None
    _say(job)


def _job(uid: str) -> ImportJob:
    job = ImportJob.objects.select_related("person", "site", "channel").filter(uid=uid).first()
    if job is None:
        raise click.ClickException(f"There is no import “{uid}”. See: bouquet video import list")
    return job
