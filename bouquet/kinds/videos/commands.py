"""`bouquet video …`: what an operator does with videos."""

from __future__ import annotations

import click

from bouquet.kinds.videos.imports.commands import import_
from bouquet.kinds.videos.originals_command import originals
from bouquet.kinds.videos.reencode_command import reencode
from bouquet.kinds.videos.storage_command import storage


@click.group()
def video() -> None:
    """Videos: bring them from elsewhere, encode them once more, say where they and their originals are kept."""


video.add_command(import_)
video.add_command(reencode)
video.add_command(originals)
video.add_command(storage)
COMMANDS = [video]
