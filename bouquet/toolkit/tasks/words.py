"""What rows of work are called for people. The queue knows functions and numbers; an app says what they mean, in its
`task_words.py`, which is read when the first row is shown:

    name_tasks({"bouquet.shared.assets.tasks.encode_ladder": _("Make every quality of a film")})

    @about("bouquet.shared.assets.tasks.encode_ladder")
    def films(rows: list[TaskRow]) -> dict[UUID, Subject]: ...   # which film, whose; a query for all of them

Apps of a higher floor are asked first (they are installed first): a film is more than its file. Lower ones are asked
only about the rows that nobody knew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.module_loading import autodiscover_modules

from bouquet.toolkit.tasks.models import TaskRow


@dataclass(frozen=True)
class Subject:
    """What a piece of work is about: a film, with its page and whose it is; `details` tells an operator how it went."""

    title: str
    address: str = ""
    whose: str = ""
    details: str = ""


Describe = Callable[[list[TaskRow]], dict[UUID, Subject]]
_NAMES: dict[str, Any] = {}
_ABOUT: list[tuple[frozenset[str], Describe]] = []


def name_tasks(names: dict[str, Any]) -> None:
    """Path of a task → what it does, as a translated sentence."""
    _NAMES.update(names)


def about(*tasks: str) -> Callable[[Describe], Describe]:
    def register(describe: Describe) -> Describe:
        _ABOUT.append((frozenset(tasks), describe))
        return describe

    return register


def name_of(task: str) -> str:
    """“Make every quality of a film”; the path's end where nobody named it."""
    _gather()
    return str(_NAMES.get(task, task.removeprefix("bouquet.").replace(".tasks.", ".")))


def tell(rows: Iterable[TaskRow]) -> list[TaskRow]:
    """Give each row `called` and `subject` (None where nobody knows). A query or two for each kind of work."""
    _gather()
    given = list(rows)
    subjects: dict[UUID, Subject] = {}
    for tasks, describe in _ABOUT:
        if meant := [row for row in given if row.task in tasks and row.pk not in subjects]:
            subjects |= describe(meant)
    for row in given:
        row.called, row.subject = name_of(row.task), subjects.get(row.pk)  # type: ignore[attr-defined]
    return given


@cache
def _gather() -> None:
    autodiscover_modules("task_words")
