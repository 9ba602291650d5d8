"""`bouquet video originals`: where originals lie, and what the operator's policy moves and drops."""

from __future__ import annotations

from typing import Any

import click
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from bouquet.shared.assets.actions import OriginalsPolicy, archive_trouble, order_originals, originals_now

DAYS = click.IntRange(0, 36_500)


@click.command("originals")
@click.option("--dry-run", is_flag=True, help="Only say what would be done, and what that would free.")
@click.option("--move-after", type=DAYS, help="With --dry-run: as if originals were moved after so many days.")
@click.option("--drop-after", type=DAYS, help="With --dry-run: as if originals were dropped after so many days.")
def originals(dry_run: bool, move_after: int | None, drop_after: int | None) -> None:
    """Keep, move or drop the originals of films that have been ready for a while.

    The policy is BOUQUET_ORIGINALS_MOVE_AFTER_DAYS, BOUQUET_ORIGINALS_DROP_AFTER_DAYS and BOUQUET_ORIGINALS_ARCHIVE;
    it is done every night, in the lane for spare time, and begun now by this command.
    """
    if not dry_run and (move_after is not None or drop_after is not None):
        raise click.UsageError("--move-after and --drop-after are for --dry-run: the settings say what is done.")
    present = OriginalsPolicy.present()
    policy = OriginalsPolicy(
        present.move_after if move_after is None else move_after,
        present.drop_after if drop_after is None else drop_after,
    )
    _tell(policy)
    if dry_run:
        return
    if not (policy.move_after or policy.drop_after):
        click.echo("Nothing to do: originals are kept where they are.")
        return
    order_originals()
    click.echo("Ordered; `bouquet queue` shows how far it is.")


def _tell(policy: OriginalsPolicy) -> None:
    report = originals_now(policy)
    _line("kept", report.here, "where they came")
    _line("archived", report.archived, f"in {settings.ORIGINALS_ARCHIVE or 'an archive that is not set any more'}")
    if report.stored.films:
        _line("stored", report.stored, "in the object store (`bouquet video storage`)")
    click.echo(f"{'gone':10} {report.gone:6} films")
    if policy.move_after:
        _line("to move", report.to_move, f"ready for more than {policy.move_after} days")
    if policy.drop_after:
        _line("to drop", report.to_drop, f"ready for more than {policy.drop_after} days: for good")
    if report.spared.films:
        _line("spared", report.spared, "a step of theirs was given up: the original is what it can be mended from")
    if (policy.move_after or report.archived.films) and (trouble := archive_trouble()):
        click.echo(f"The archive: {trouble}")


def _line(what: str, share: Any, why: str) -> None:
    # filesizeformat keeps its number and unit together with a space that terminals show, and searches miss.
    size = filesizeformat(share.bytes).replace("\xa0", " ")
    click.echo(f"{what:10} {share.films:6} films {size:>10}  {why}")
