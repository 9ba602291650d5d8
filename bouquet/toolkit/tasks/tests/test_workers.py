"""Real worker processes on a real database, killed at bad moments."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connections

from bouquet.toolkit.processes import born, is_alive
from bouquet.toolkit.tasks.backend import _row_for
from bouquet.toolkit.tasks.models import TaskRow, WorkerRow
from bouquet.toolkit.tasks.tests import chores

pytestmark = pytest.mark.slow
ALIAS = "queue"


class Yard:
    """A queue of its own, and the workers that a test starts on it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url, self.processes = folder, url, []

    def enqueue(self, task: Any, *args: Any) -> TaskRow:
        row = _row_for(task, list(args), {})
        row.save(using=ALIAS, force_insert=True)
        return row

    @property
    def rows(self) -> Any:
        return TaskRow.objects.using(ALIAS)

    def start_worker(self, *options: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "BOUQUET_DATABASE_URL": self.url,
            "BOUQUET_DATA": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "bouquet.config.settings",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        command = [sys.executable, "-m", "bouquet.config.cli", "worker", *options]
        with (self.folder / "worker.log").open("ab") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def wait_for(self, condition: Callable[[], Any], seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until:
                pytest.fail(f"it did not come true in {seconds} s\n{(self.folder / 'worker.log').read_text()[-4000:]}")
            time.sleep(0.02)

    def all_ended(self) -> bool:
        return not self.rows.filter(state__in=["waiting", "running"]).exists()

    def is_done(self, row: TaskRow) -> bool:
        return self.rows.get(pk=row.pk).state == "done"

    def marks(self, ending: str) -> set[int]:
        return {int(path.stem) for path in self.folder.glob(f"*.{ending}")}


@pytest.fixture
def yard(tmp_path: Path, django_db_blocker: Any) -> Iterator[Yard]:
    with django_db_blocker.unblock():
        url = _make_database(tmp_path)
        with connections[ALIAS].schema_editor() as tables:
            for model in apps.get_app_config("tasks").get_models():
                tables.create_model(model)
        yard = Yard(tmp_path, url)
        yield yard
        for process in yard.processes:
            process.kill()
            process.wait()
        connections[ALIAS].close()
        _drop_database()


def _make_database(folder: Path) -> str:
    """A file for SQLite; on PostgreSQL a database beside the one of the other tests."""
    main = connections["default"]
    changes: dict[str, Any] = {"NAME": str(folder / "queue.sqlite3")}
    if main.vendor == "postgresql":
        name = f"bouquet_queue_{os.getpid()}"
        with main._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name}")
        changes["NAME"] = name
    connections.databases[ALIAS] = main.settings_dict | changes
    if main.vendor == "sqlite":
        return f"sqlite:///{changes['NAME']}"
    s = connections.databases[ALIAS]
    return f"postgres://{s['USER']}:{s['PASSWORD']}@{s['HOST']}:{s['PORT'] or 5432}/{s['NAME']}"


def _drop_database() -> None:
    main, name = connections["default"], connections.databases.pop(ALIAS)["NAME"]
    del connections[ALIAS]
    if main.vendor == "postgresql":
        with main._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_workers_that_are_killed_again_and_again_lose_nothing(yard: Yard) -> None:
    for number in range(40):
        yard.enqueue(chores.leave_mark, str(yard.folder), number, 0.15)
    # Two at a time, so that one may find what the other left behind.
    workers = [yard.start_worker(), yard.start_worker()]
    for goal in (6, 14, 22):
        yard.wait_for(lambda goal=goal: len(yard.marks("done")) >= goal)
        workers[0].kill()
        workers = [workers[1], yard.start_worker()]
    yard.wait_for(yard.all_ended)
    assert yard.marks("done") == set(range(40))
    assert yard.marks("overlap") == set()
    assert set(yard.rows.values_list("state", flat=True)) == {"done"}
    runs = (yard.folder / "runs.log").read_text().splitlines()
    assert 40 < len(runs) <= 40 + 3 * 2  # what was running when its worker was killed ran again, nothing else did


def test_a_killed_slot_and_its_program_leave_nothing_running(yard: Yard) -> None:
    row = yard.enqueue(chores.encode, str(yard.folder), 1, 3)
    worker = yard.start_worker()
    note = yard.folder / "1.program"
    yard.wait_for(lambda: note.exists() and note.read_text())
    program = int(note.read_text())
    birth = born(program)
    assert is_alive(program, birth)
    worker.kill()  # the worker only: its children are not told
    yard.wait_for(lambda: not is_alive(program, birth), seconds=5)
    yard.start_worker()
    yard.wait_for(lambda: yard.is_done(row))
    assert yard.rows.get(pk=row.pk).attempts == 2


def test_short_work_never_waits_for_long_work(yard: Yard) -> None:
    for number in range(4):
        yard.enqueue(chores.encode, str(yard.folder), number, 300)
    yard.start_worker("--slots", "3")
    yard.wait_for(lambda: yard.rows.running().count() == 2)
    started = time.monotonic()
    for number in range(5):
        short = yard.enqueue(chores.leave_mark, str(yard.folder), 100 + number)
    yard.wait_for(lambda: yard.is_done(short), seconds=5)
    assert time.monotonic() - started < 3
    assert yard.rows.running().count() == 2  # the slot that is kept free took no long work


def test_a_worker_that_is_told_to_stop_gives_long_work_back_at_once(yard: Yard) -> None:
    long, short = (
        yard.enqueue(chores.encode, str(yard.folder), 1, 300),
        yard.enqueue(chores.leave_mark, str(yard.folder), 2, 1),
    )
    worker = yard.start_worker()
    yard.wait_for(lambda: yard.rows.running().count() == 2)
    program = int((yard.folder / "1.program").read_text() or 0) if (yard.folder / "1.program").exists() else 0
    started = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    yard.wait_for(lambda: yard.rows.get(pk=long.pk).state == "waiting", seconds=3)
    assert worker.wait(timeout=10) == 0
    assert time.monotonic() - started < 5
    assert yard.rows.get(pk=long.pk).attempts == 0
    assert yard.is_done(short)  # short work was let end
    assert not (program and is_alive(program, born(program)))
    assert not WorkerRow.objects.using(ALIAS).exists()


def test_what_hangs_is_stopped_and_what_crashes_is_noticed(yard: Yard) -> None:
    hanging, crashing = yard.enqueue(chores.hang), yard.enqueue(chores.crash)
    after = yard.enqueue(chores.leave_mark, str(yard.folder), 1)
    yard.start_worker()
    yard.wait_for(yard.all_ended)
    assert yard.rows.get(pk=hanging.pk).reason == "It took longer than 1 s and was stopped."
    assert "process that ran it died" in yard.rows.get(pk=crashing.pk).reason
    assert yard.is_done(after)


def test_a_running_task_can_be_cancelled_and_shows_how_far_it_is(yard: Yard) -> None:
    row = yard.enqueue(chores.encode, str(yard.folder), 1, 300)
    yard.start_worker()
    yard.wait_for(lambda: yard.rows.get(pk=row.pk).progress)
    TaskRow.objects.using(ALIAS).filter(pk=row.pk).update(cancel_asked=True)
    yard.wait_for(lambda: yard.rows.get(pk=row.pk).state == "cancelled", seconds=10)


def test_the_note_of_a_finished_task_survives_a_locked_database(yard: Yard) -> None:
    if connections[ALIAS].vendor != "sqlite":
        _lock = "LOCK TABLE tasks_taskrow IN ACCESS EXCLUSIVE MODE"
    else:
        _lock = "SELECT 1"  # the transaction itself is IMMEDIATE: it holds SQLite's only write lock
    row = yard.enqueue(chores.leave_mark, str(yard.folder), 1, 0.5)
    yard.start_worker()
    yard.wait_for(lambda: (yard.folder / "runs.log").exists())
    from django.db import transaction

    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute(_lock)
        time.sleep(3)
    yard.wait_for(lambda: yard.is_done(row))
    assert (yard.folder / "runs.log").read_text().count("\n") == 1
