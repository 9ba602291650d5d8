"""`bouquet site export` and `bouquet site import`, beside what network brings to `bouquet site`."""

from __future__ import annotations

from pathlib import Path

import click
from django.core.exceptions import ValidationError

from bouquet.config.moving.site import export_site, import_site
from bouquet.shared.network.commands import site
from bouquet.shared.network.models import Site
from bouquet.toolkit.parcel import ParcelRefused


@site.command("export")
@click.argument("host")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--with-readers",
    is_flag=True,
    help="Readers' e-mail addresses, too: of newsletters' readers with the proof of their consent, of who commented,"
    " and of who made albums, also those that not everybody may see. Whoever has the file has all that: it is readable"
    " by you alone.",
)
def export(host: str, file: Path, with_readers: bool) -> None:
    """Write the whole site at HOST into FILE (a zip): settings, brand, articles as JSON and HTML, pictures, comments
    with the names of their writers, albums, newsletters and what they sent."""
    place = Site.objects.filter(host=host).first() or Site.objects.filter(slug=host).first()
    if place is None:
        raise click.ClickException(f"There is no site at {host}. See: bouquet site list")
    try:
        about = export_site(place, file, with_readers=with_readers)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from None
    numbers = ", ".join(f"{number} {name}" for name, number in sorted(about["numbers"].items()))
    click.echo(f"{file}: {numbers}")
    for title in about["missing_pictures"]:
        click.echo(f"  the file of the picture “{title}” is missing: it stays behind")
    for words in about["left_behind"]:
        click.echo(f"  {words}")


@site.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--host", default="", help="Its host name here. Default: the one it had.")
@click.option("--slug", default="", help="Its short name here. Default: the one it had, where that is free.")
@click.option(
    "--with-readers",
    is_flag=True,
    help="Take readers' addresses that the file brings: newsletters have their readers, comments and albums belong to"
    " who has an account here with the same address. Only for a file that you trust.",
)
def import_(file: Path, host: str, slug: str, with_readers: bool) -> None:
    """Make a new site of what `bouquet site export` wrote. All of it comes, or nothing."""
    try:
        made, notes = import_site(file, host=host, slug=slug, with_readers=with_readers)
    except ParcelRefused as refusal:
        raise click.ClickException(refusal.reason) from None
    except ValidationError as error:
        raise click.ClickException("\n".join(error.messages) + "\nAnother host name: --host NEW") from None
    except OSError as error:
        raise click.ClickException(f"{error.strerror or error}. Nothing of it has come.") from None
    click.echo(f"{made.name} is at {made.url}/")
    for note in notes:
        click.echo(f"  {note}")
