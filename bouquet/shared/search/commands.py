"""`bouquet reindex`."""

from __future__ import annotations

import click

from bouquet.shared.search.actions import index_all


@click.command()
def reindex() -> None:
    """Write every work's words again into the search index."""
    done = 0
    for done in index_all():
        click.echo(f"\r{done} works", nl=False)
    click.echo(f"\r{done} works are findable.")


COMMANDS = [reindex]
