"""`bouquet article import …`: for the operator. It works in its own process: no worker has to run."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click
from django.utils import translation

from bouquet.kinds.articles.moving import actions
from bouquet.kinds.articles.moving.models import ArticleImport
from bouquet.kinds.articles.moving.report import comments_in, numbers_of, report_lines
from bouquet.kinds.articles.moving.taking import alone, take_some
from bouquet.kinds.articles.moving.tasks import language_of, look_now
from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site

State = ArticleImport.State


@click.group("import")
def import_() -> None:
    """Bring articles from elsewhere: WordPress, Ghost, a feed."""


def _asks(command: Any) -> Any:
    """What every source is asked with."""
    for option in (
        click.option("--site", required=True, help="Into which site: its host or short name."),
        click.option("--home", default="", help="Where they were published: https://old.example (Ghost needs it)."),
        click.option("--section", default="", help="Where articles without a section go."),
        click.option("--person", default="", help="Who brings them: an e-mail address."),
        click.option("--dry-run", is_flag=True, help="Only say what would come."),
    ):
        command = option(command)
    return command


PAGES = click.option("--pages", "with_pages", is_flag=True, help="Take pages, too, as articles.")
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@import_.command("wxr")
@FILE
@PAGES
@_asks
def from_wxr(file: Path, **asked: Any) -> None:
    """WordPress: the file of Tools → Export."""
    _begin("wxr", str(file), **asked)


@import_.command("ghost")
@FILE
@PAGES
@_asks
def from_ghost(file: Path, **asked: Any) -> None:
    """Ghost: the JSON file of Settings → Labs."""
    _begin("ghost", str(file), **asked)


@import_.command("rss")
@click.argument("source")
@_asks
def from_rss(source: str, **asked: Any) -> None:
    """A feed: its address, or a file."""
    _begin("rss", source, **asked)


@import_.command("list")
def list_imports() -> None:
    """The last imports, the latest first."""
    for job in ArticleImport.objects.select_related("site").order_by("-pk")[:100]:
        click.echo("\t".join([job.uid, job.state, job.site.slug, job.source, job.address]))


@import_.command("show")
@click.argument("uid")
@click.option("--csv", "as_table", is_flag=True, help="The whole report as CSV.")
def show(uid: str, as_table: bool) -> None:
    """One import: its numbers, or its whole report."""
    job = ArticleImport.objects.filter(uid=uid).first()
    if job is None:
        raise click.ClickException(f"There is no import “{uid}”. See: bouquet article import list")
    if as_table:
        for line in report_lines(job):
            click.echo(line, nl=False)
    else:
        _say(job)


@import_.command("resume")
@click.argument("uid")
def resume(uid: str) -> None:
    """Go on with an import that was broken off: what is here stays, the rest comes."""
    job = ArticleImport.objects.filter(uid=uid).first()
    if job is None:
        raise click.ClickException(f"There is no import “{uid}”. See: bouquet article import list")
    if job.state == State.LOOKED:
        actions.start_import(job)
    elif not job.is_alive:
        raise click.ClickException(f"This import is {job.get_state_display()}: there is nothing to go on with.")
    _work(job)


def _begin(source: str, what: str, *, site: str, person: str, dry_run: bool, **asked: Any) -> None:
    place = Site.objects.filter(host=site).first() or Site.objects.filter(slug=site).first()
    if place is None or not place.has_kind("articles"):
        raise click.ClickException(f"There is no site “{site}” with articles. See: bouquet site list")
    owner = Person.objects.filter(email__iexact=person).first() if person else None
    if person and owner is None:
        raise click.ClickException(f"Nobody here has the address {person}.")
    at_once = not dry_run
    is_address = source == "rss" and what.startswith(("http://", "https://"))
    try:
        if is_address:
            job = actions.add_import(site=place, source=source, person=owner, address=what, at_once=at_once, **asked)
        else:
            if not Path(what).is_file():
                raise click.ClickException(f"There is no file “{what}”.")
            with Path(what).open("rb") as file:
                name = Path(what).name
                job = actions.add_import(
                    site=place, source=source, person=owner, file=file, address=name, at_once=at_once, **asked
                )
    except actions.ImportRefused as refusal:
        raise click.ClickException(refusal.reason) from None
    _work(job)


def _work(job: ArticleImport) -> None:
    """Here and now. Where a worker is quicker, that one does it and this one watches."""
    with alone(job) as mine, translation.override(language_of(job)):
        job.refresh_from_db()
        if mine and job.state == State.LOOKING:
            look_now(job)
        while mine and job.state == State.RUNNING and take_some(job, seconds=5):
            numbers = numbers_of(job)
            click.echo(f"{numbers.get('done', 0)} here, {numbers.get('waiting', 0)} to come", err=True)
    while not mine and job.is_alive:
        time.sleep(1)
        job.refresh_from_db()
    job.refresh_from_db()
    _say(job)
    if job.state == State.REFUSED:
        raise SystemExit(1)


def _say(job: ArticleImport) -> None:
    click.echo(f"{job.uid}\t{job.address}: {job.get_state_display()}" + (f". {job.reason}" if job.reason else ""))
    if job.warning:
        click.echo(f"  {job.warning}")
    for state, number in numbers_of(job).items():
        click.echo(f"  {state:9} {number:6}")
    if number := comments_in(job):
        click.echo(f"  {'comments':9} {number:6}")
    for kind, number in sorted(job.passed_over.items()):
        click.echo(f"  passed over: {kind} {number}")
    for row in job.posts.filter(state__in=["refused", "failed"]).order_by("pk")[:20]:
        click.echo(f"  {row.title}: {row.reason}")
    noted = [row for row in job.posts.order_by("pk")[:500] if row.notes]
    for row in noted[:20]:
        click.echo(f"  {row.title}: {' '.join(row.notes)}")
    if numbers_of(job):
        click.echo(f"Line by line: bouquet article import show {job.uid} --csv")
