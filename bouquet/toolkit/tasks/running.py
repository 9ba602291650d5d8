"""What a running task may say of itself, and how it learns that it must stop."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Protocol


class Stopped(BaseException):
    """Raised in a task whose worker stops, that was cancelled or took too long. Let it pass; tidy up in `finally`."""


class Run(Protocol):
    def beat(self, progress: float | None) -> None: ...


CURRENT: ContextVar[Run | None] = ContextVar("current_task_run", default=None)


def heartbeat(progress: float | None = None) -> None:
    """Note how far the running task is (0 … 1), for whoever looks.

    Cheap: writes at most once a second. Outside a worker it does nothing.
    """
    if run := CURRENT.get():
        run.beat(progress)
