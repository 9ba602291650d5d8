from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from bouquet.kinds.videos.imports import tasks
from bouquet.kinds.videos.imports.actions import add_import, start_import
from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.kinds.videos.tests.conftest import door  # noqa: F401
from bouquet.toolkit.fetch.tests.conftest import world  # noqa: F401
from bouquet.toolkit.tasks.models import TaskRow


@pytest.fixture(autouse=True)
def _own_disk(settings: Any, tmp_path: Any) -> None:
    """The pipeline has tests of its own; here its first task is left waiting."""
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    settings.DISK_RESERVE_BYTES = 0


@pytest.fixture
def work() -> Callable[[], int]:
    """Do what imports have waiting, and nothing else; what was put off as well."""

    def run() -> int:
        ran = 0
        while row := TaskRow.objects.filter(state="waiting", task__contains=".imports.").order_by("run_after").first():
            if row.run_after > timezone.now():  # its moment comes
                ImportItem.objects.filter(not_before__gt=timezone.now()).update(not_before=timezone.now())
            row.delete()
            getattr(tasks, row.task.rpartition(".")[2]).func(*row.args)
            ran += 1
            assert ran < 300, "tasks that enqueue each other for ever"
        return ran

    return run


@pytest.fixture
def ask(chloe: Any, site: Any, work: Any) -> Callable[..., ImportJob]:
    """An import by Chloé, looked at; begun and done with `start=True`."""

    def make(source: str, address: str = "", *, start: bool = False, **changes: Any) -> ImportJob:
        job = add_import(**{"person": chloe, "site": site, "source": source, "address": address} | changes)
        work()
        job.refresh_from_db()
        if start:
            start_import(job)
            work()
            job.refresh_from_db()
        return job

    return make
