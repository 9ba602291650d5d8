"""`bouquet newsletter …`: what an operator does. Verifying is not among it: that is a person's, by name."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click
from django.db.models import Count, Q

from bouquet.kinds.newsletters import actions
from bouquet.kinds.newsletters.models import Issue, Newsletter, Suppression


@click.group()
def newsletter() -> None:
    """Newsletters: lists, drafts, what is sent, readers in and out, bounces."""


@newsletter.command("list")
def list_() -> None:
    """Every list: id, site, short name, readers, rhythm."""
    counted = Newsletter.objects.annotate(n=Count("subscriptions", filter=Q(subscriptions__state="active")))
    for each in counted.select_related("site").order_by("site__slug", "slug"):
        click.echo("\t".join([each.uid, each.site.slug, each.slug, str(each.n), each.rhythm or "by hand"]))


@newsletter.command()
@click.argument("which")
def draft(which: str) -> None:
    """Draft an issue now. WHICH: id or short name of a list."""
    try:
        issue = actions.draft_issue(_list(which))
    except actions.NotNow as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{issue.uid}\t{issue.subject}")
    for item in issue.items.all():
        click.echo(f"  {item.position}. {item.title}  ({item.why})")


@newsletter.command()
@click.argument("which")
def send(which: str) -> None:
    """Send a verified issue now. WHICH: id of the issue, or a list's: its last issue."""
    issue = Issue.objects.filter(uid=which).first() or _list(which).issues.order_by("-number").first()
    if issue is None:
        raise click.ClickException("This list has no issue yet.")
    try:
        actions.send_now(issue)
    except actions.NotNow as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{issue.uid} is on its way; the workers carry it.")


@newsletter.command("import")
@click.argument("which")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--proof", required=True, help="Where and when these people said yes; kept with each of them.")
def import_(which: str, file: Path, proof: str) -> None:
    """Readers from a CSV, or one address a line."""
    report = actions.import_addresses(_list(which), file.read_text("utf-8-sig", "replace"), proof=proof)
    for what, number in report.counts.most_common():
        click.echo(f"{number}\t{what}")
    for line, address, what in report.lines:
        click.echo(f"line {line}: {address}: {what}", err=True)


@newsletter.command()
@click.argument("which")
def export(which: str) -> None:
    """The readers of a list with their proofs, as CSV."""
    for line in actions.readers_as_csv(_list(which)):
        click.echo(line, nl=False)


@newsletter.command()
@click.argument("file", type=click.File("r", errors="replace"), default="-")
@click.option("--reason", type=click.Choice(list(Suppression.Reason.values)), default="bounce", show_default=True)
def bounces(file: TextIO, reason: str) -> None:
    """Addresses that no list writes to any more, one a line (after a comma: why). FILE, or the standard input."""
    for what, number in actions.note_bounces(file, reason=reason).items():
        click.echo(f"{number}\t{what}")


def _list(which: str) -> Newsletter:
    found = list(Newsletter.objects.filter(Q(uid=which) | Q(slug=which)).select_related("site")[:2])
    if len(found) != 1:
        why = "Several lists have this short name: give the id." if found else "There is no such list."
        raise click.ClickException(f"{why} `bouquet newsletter list` shows all.")
    return found[0]


COMMANDS = [newsletter]
