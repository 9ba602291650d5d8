"""Before serving: the database as the code wants it, the pages' own files in one folder. Quick when nothing changed."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from io import StringIO
from pathlib import Path

import click


def prepare() -> None:
    """Loads Django, migrates and collects what is due, and says so while it takes time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bouquet.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    for folder in (settings.DATA, settings.UPLOADS_ROOT, settings.STREAMS_ROOT, settings.MEDIA_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)
    migrate()
    collect_static()
    connections.close_all()  # what follows forks, and a connection must not be shared


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if steps:
        began = time.monotonic()
        call_command("migrate", interactive=False, verbosity=1, stdout=Counter("Preparing the database", steps))
        click.echo(
            f"Preparing the database: {steps} step{'s' if steps > 1 else ''} in {time.monotonic() - began:.0f} s"
        )


def collect_static() -> None:
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = _state_of_static()
    if stamp.exists() and stamp.read_text() == state:
        return
    if sys.stdout.isatty():
        click.echo("Collecting the pages’ own files…", nl=False)
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    stamp.write_text(state)
    if sys.stdout.isatty():
        click.echo("\r\033[K", nl=False)


def _state_of_static() -> str:
    """A fingerprint of every file that would be collected: path, size and time."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = os.stat(storage.path(path))
            digest.update(f"{path}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


class Counter(StringIO):
    """Takes what `migrate` prints and shows how far it is: one line on a terminal, a few in a log."""

    def __init__(self, words: str, steps: int) -> None:
        super().__init__()
        self._words, self._steps, self._done = words, steps, 0

    def write(self, text: str) -> int:
        if " OK" in text:
            self._done += 1
            if sys.stdout.isatty():
                click.echo(f"\r{self._words}: {self._done}/{self._steps}", nl=self._done == self._steps)
            elif self._done == 1 or self._done % 100 == 0:
                click.echo(f"{self._words}: {self._done}/{self._steps}")
            sys.stdout.flush()
        return len(text)
