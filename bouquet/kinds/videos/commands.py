"""`bouquet video …`: what an operator does with videos."""

from __future__ import annotations

import click

from bouquet.kinds.videos.imports.commands import import_


@click.group()
def video() -> None:
    """Videos: bring them from elsewhere."""


video.add_command(import_)
COMMANDS = [video]
