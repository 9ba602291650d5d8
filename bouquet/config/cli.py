"""The `bouquet` command. Each app may bring commands of its own in `commands.py` as `COMMANDS` (click commands)."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec

import click

from bouquet.config.serve import serve


class Doors(click.Group):
    """Loads Django, then the commands that apps bring, only when a command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._gather()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.commands:
            self._gather()
        return super().get_command(ctx, name)

    def _gather(self) -> None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bouquet.config.settings")
        import django

        django.setup()
        from django.apps import apps

        rooms = ["bouquet.config", *(each.name for each in apps.get_app_configs() if each.name.startswith("bouquet."))]
        for room in rooms:
            if find_spec(f"{room}.commands"):
                for command in import_module(f"{room}.commands").COMMANDS:
                    self.add_command(command)


@click.group(cls=Doors)
def main() -> None:
    """Bouquet: a media group's whole network of sites."""


@main.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own commands (migrate, shell, check…)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bouquet.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bouquet manage", *arguments])


main.add_command(serve)  # it sets the port before Django reads its settings


if __name__ == "__main__":
    main()
