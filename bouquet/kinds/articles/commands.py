"""`bouquet article …`: what an operator does with articles."""

from __future__ import annotations

import click

from bouquet.kinds.articles.moving.commands import import_


@click.group()
def article() -> None:
    """Articles: bring them from elsewhere."""


article.add_command(import_)
COMMANDS = [article]
