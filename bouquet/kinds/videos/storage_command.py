"""`bouquet video storage`: what lies here and what in the object store, and the moves in both directions."""

from __future__ import annotations

import click
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from bouquet.shared.assets.actions import (
    Holding,
    StoreRefused,
    nginx_policy,
    order_back,
    order_there,
    store_faults,
    store_now,
    store_trouble,
)


@click.command("storage")
@click.option("--there", is_flag=True, help="Move every film that is ready to the object store, now.")
@click.option("--back", is_flag=True, help="Bring every film back, and leave nothing there.")
@click.option("--check", is_flag=True, help="Compare every film that is there with what the store lists.")
@click.option("--policy", is_flag=True, help="Print the bucket's policy for `bouquet nginx --store direct`.")
@click.option("--dry-run", is_flag=True, help="With --there or --back: only say what would be moved.")
def storage(there: bool, back: bool, check: bool, policy: bool, dry_run: bool) -> None:
    """Films in an S3-compatible object store (BOUQUET_OBJECT_STORE): what lies where, and moves in both directions.

    By themselves films move there when they have been ready for BOUQUET_OBJECT_STORE_AFTER_HOURS, in the lane for spare
    time. Moves go on where a kill came, and films play all the while.
    """
    if there + back + check + policy > 1:
        raise click.UsageError("--there, --back, --check and --policy are one at a time.")
    if not settings.OBJECT_STORE:
        raise click.ClickException("BOUQUET_OBJECT_STORE is not set: films are kept here.")
    if policy:
        click.echo(nginx_policy())
        return
    if trouble := store_trouble():
        raise click.ClickException(trouble)
    if check:
        _check()
    elif there or back:
        _move(back=back, dry_run=dry_run)
    else:
        _tell()


def _tell() -> None:
    report, hours = store_now(), settings.OBJECT_STORE_AFTER_HOURS
    _line("here", report.here, "in the data folder")
    _line("there", report.there, f"in {settings.OBJECT_STORE['endpoint']}/{settings.OBJECT_STORE['bucket']}")
    _line("to move", report.due, f"ready for {hours} hours and more" if hours >= 0 else "when --there says so")


def _move(*, back: bool, dry_run: bool) -> None:
    report = store_now(hours=0)
    _line("to move", report.there if back else report.here, "back here" if back else "there")
    if dry_run:
        return
    try:
        order_back() if back else order_there()
    except StoreRefused as why:
        raise click.ClickException(str(why)) from why
    click.echo("Ordered; `bouquet queue` shows how far it is.")


def _check() -> None:
    found = 0
    for fault in store_faults():
        found += 1
        click.echo(f"{fault.asset.uid}  {fault.asset.filename}: {fault.what}")
    if found:
        raise click.ClickException(f"{found} things are missing in the object store. Put the objects back from a copy.")
    click.echo("Everything that should be there is there.")


def _line(what: str, holding: Holding, why: str) -> None:
    # filesizeformat keeps its number and unit together with a space that terminals show, and searches miss.
    size = filesizeformat(holding.bytes).replace("\xa0", " ")
    click.echo(f"{what:10} {holding.films:6} films {size:>10}  {why}")
