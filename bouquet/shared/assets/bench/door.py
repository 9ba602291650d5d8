"""A film through the door, as tus leaves it: real rows, real tasks, and waiting for what becomes of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.actions import receive_asset, upload_finished
from bouquet.shared.assets.models import Asset


@dataclass(frozen=True)
class Line:
    what: str
    value: str
    limit: str = ""
    good: bool | None = None


def send(path: Path) -> Asset:
    """An upload whose last byte has come: what tus leaves on the disk, then its own verb."""
    person, _made = Person.objects.get_or_create(email="bench@bouquet.example", defaults={"name": "Bench"})
    asset = receive_asset("video", owner=person, filename=path.name, size=path.stat().st_size, site=None)
    upload = asset.upload
    upload.part_path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, upload.part_path)
    upload_finished(upload)
    return asset


def until(
    asset: Asset,
    done: Callable[[Asset], Any],
    *,
    patience: float = 3600,
    look: Callable[[Asset], None] | None = None,
) -> None:
    """Waits; `look` is shown the film about once a second."""
    deadline, looked = time.monotonic() + patience, time.monotonic()
    while time.monotonic() < deadline:
        asset.refresh_from_db()
        if asset.state == Asset.State.FAILED:
            raise click.ClickException(f"{asset.filename}: {asset.reason}")
        if done(asset):
            return
        if look and time.monotonic() - looked > 1:
            looked = time.monotonic()
            look(asset)
        time.sleep(0.05)
    raise click.ClickException(f"{asset.filename} took more than {patience / 60:.0f} minutes.")


def until_idle() -> None:
    """The encoder of a removed asset notices within a second or two."""
    from bouquet.toolkit.tasks.models import TaskRow

    while TaskRow.objects.filter(state__in=["waiting", "running"]).exists():
        time.sleep(0.1)


def length(seconds: int) -> str:
    return f"{seconds // 60} min" if seconds >= 120 else f"{seconds} s"
