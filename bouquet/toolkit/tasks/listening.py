"""The task that carries one event to one listener."""

from __future__ import annotations

from typing import Any

from django_tasks import task

from bouquet.toolkit.events import deliver


@task()
def hear(listener: str, event: str, values: dict[str, Any]) -> None:
    deliver(listener, event, values)
