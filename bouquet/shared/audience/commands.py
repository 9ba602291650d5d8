"""`bouquet audience`: load what waits now, and say what today brought."""

from __future__ import annotations

import click
from django.db.models import Count, Q, Sum
from django.utils import timezone

from bouquet.shared.audience.hits import NOT_COUNTED, Mark
from bouquet.shared.audience.loader import load_spool
from bouquet.shared.audience.models import Dropped, Play


@click.command()
def audience() -> None:
    """Load the hits that wait, then tell today's plays, what was set apart and what was not kept."""
    loaded = load_spool()
    click.echo(f"Loaded {loaded.hits} hits of {loaded.files} files: {loaded.views} new views.")
    today = timezone.localdate()
    plays = Play.objects.filter(day=today)
    by_marks = dict(plays.values_list("marks").annotate(number=Count("pk")))
    counted = sum(number for marks, number in by_marks.items() if not marks & NOT_COUNTED)
    sums = plays.filter(viewed=True).aggregate(views=Count("pk"), seconds=Sum("seconds", filter=Q(viewed=True)))
    click.echo(f"Today: {counted} plays, {sums['views']} views, {round(sums['seconds'] or 0)} s in views.")
    for mark in (Mark.ROBOT, Mark.STAFF, Mark.OWN):
        number = sum(each for marks, each in by_marks.items() if marks & mark)
        click.echo(f"  set apart, {mark.name.lower() if mark.name else mark}: {number}")
    for row in Dropped.objects.filter(day=today).order_by("-number"):
        click.echo(f"  not kept, {row.reason}: {row.number}")


COMMANDS = [audience]
