"""`bouquet doctor`, and `bouquet bench` with what each app brings in its `bench.py` as `BENCHES` (click commands)."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec

import click
from django.apps import apps

from bouquet.toolkit.doctor import Finding, examine

SIGNS = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "bad": ("✗", "red")}


@click.command()
@click.argument("only", nargs=-1)
def doctor(only: tuple[str, ...]) -> None:
    """Say what is missing or misconfigured and how to mend it. Exit code 1 where something is bad.

    ONLY: words of the titles to look at.
    """
    levels = []
    for title, findings in examine(only):
        click.secho(title, bold=True)
        for finding in findings:
            levels.append(finding.level)
            _print(finding)
    if not levels:
        raise click.ClickException("No checkup has that in its title.")
    bad, warned = levels.count("bad"), levels.count("warn")
    click.echo(f"\n{len(levels)} looked at, {warned} to think about, {bad} bad.")
    sys.exit(1 if bad else 0)


def _print(finding: Finding) -> None:
    sign, colour = SIGNS[finding.level]
    click.secho(f"  {sign} ", fg=colour, nl=False)
    click.echo(finding.text)
    if finding.mend:
        click.secho(f"    → {finding.mend}", fg="cyan")


class Benches(click.Group):
    """Gathers the benches of all apps when one is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._gather()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        self._gather()
        return super().get_command(ctx, name)

    def _gather(self) -> None:
        for config in apps.get_app_configs():
            if config.name.startswith("bouquet.") and find_spec(f"{config.name}.bench"):
                for command in getattr(import_module(f"{config.name}.bench"), "BENCHES", []):
                    self.add_command(command)


@click.group(cls=Benches)
def bench() -> None:
    """Measure: the figure, and a named reference in the same run."""


COMMANDS = [doctor, bench]
