"""The task that carries one event to one listener."""

from __future__ import annotations

from typing import Any

from bouquet.toolkit.events import deliver
from bouquet.toolkit.tasks.declare import task


@task()
def hear(listener: str, event: str, values: dict[str, Any]) -> None:
    deliver(listener, event, values)
