"""`@task`: django-tasks' decorator with what a network of sites needs on top: lane, retries, key, timeout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from django_tasks import TaskContext
from django_tasks import task as library_task
from django_tasks.base import Task

P = ParamSpec("P")
T = TypeVar("T")


class GiveUp(Exception):
    """Raised by a task that knows that trying again is of no use: it fails at once, with this reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTask(Task[P, T]):
    retries: int = 5
    key: str | None = None
    alone: bool = False
    timeout: int | None = None

    def key_of(self, args: Any, kwargs: Any) -> str:
        """The unique key of one call: `key="feed {site_id}"` is filled from the call's arguments."""
        if self.key is None:
            return ""
        call = signature(self.func).bind(*([None] if self.takes_context else []), *args, **kwargs)
        call.apply_defaults()
        return f"{self.module_path} {self.key.format(**call.arguments)}"[:250]


def task(
    function: Callable[..., Any] | None = None,
    *,
    lane: str = "default",
    retries: int = 5,
    key: str | None = None,
    alone: bool = False,
    timeout: int | None = None,
    priority: int = 0,
    takes_context: bool = False,
) -> Any:
    """Declare a task; call it later with `.enqueue(…)`. Its arguments are ids and plain values that JSON can carry.

    lane      first, default, ladder or extras (see lanes.py)
    retries   how often it is tried again after an error or a killed worker, with growing delay; then it shows as failed
    key       at most one *waiting* row has this key, a second `.enqueue` returns the first; it may name arguments:
              "feed {site_id}"
    alone     while one of its key runs, the next one waits: two slots never do the same at the same time
    timeout   seconds before a run is stopped (and counted as an error); the lane has a default
    priority  -100 … 100 within its lane; higher goes first

    A task may run twice (the power may fail after the work and before the note of it): make that harmless.
    """
    options: dict[str, Any] = {"retries": retries, "key": key, "alone": alone, "timeout": timeout}
    declare: Any = library_task(queue_name=lane, priority=priority, takes_context=takes_context, **options)  # type: ignore[call-overload]
    return declare(function) if function else declare


__all__ = ["GiveUp", "RowTask", "TaskContext", "task"]
