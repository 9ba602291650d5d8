"""`bouquet bench tasks`: how fast rows of work go in and out, beside the bare database writes this needs at least."""

from __future__ import annotations

import os
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from django.apps import apps
from django.db import connection, connections, transaction
from django.utils import timezone

from bouquet.toolkit.tasks.lanes import LANES
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.seat import Seat
from bouquet.toolkit.tasks.tasks import nothing


@click.command("tasks")
@click.option("--rows", default=2000, show_default=True, help="How many tasks.")
@click.option("--slots", default="1,2", show_default=True, help="Slot processes that drain: one or more numbers.")
def tasks(rows: int, slots: str) -> None:
    """Enqueue and drain no-op tasks in a throwaway database of the configured engine.

    The references do the same writes (one INSERT; one UPDATE to claim, one to finish) in a bare loop, in this same run.
    """
    with throwaway_queue():
        bare_in = _rate(rows, _insert_bare)
        bare_out = _rate(rows, _drain_bare)
        TaskRow.objects.all().delete()
        enqueue = _rate(rows, nothing.enqueue)
        with transaction.atomic():
            together = _rate(rows, nothing.enqueue)
        TaskRow.objects.all().delete()
        print_line(f"{connection.vendor}, {rows} tasks", "per second", "of bare")
        print_line("bare INSERT, each in its transaction", bare_in, 1.0)
        print_line(".enqueue(), each in its transaction", enqueue, enqueue / bare_in)
        print_line(".enqueue(), all in one transaction", together, together / bare_in)
        print_line("bare UPDATE + UPDATE, one process", bare_out, 1.0)
        for count in map(int, slots.split(",")):
            rate = _drain(rows, count)
            print_line(f"drained by {count} slot{'s' if count > 1 else ''}", rate, rate / bare_out)


BENCHES = [tasks]


def print_line(name: str, rate: Any, ratio: Any) -> None:
    rate = f"{rate:,.0f}" if isinstance(rate, float) else rate
    ratio = f"{ratio:.2f}" if isinstance(ratio, float) else ratio
    click.echo(f"{name:44}{rate:>12}{ratio:>10}")


@contextmanager
def throwaway_queue() -> Iterator[None]:
    """Tables of the queue alone, in a database that nobody else uses and that is gone afterwards."""
    kept, alias = connection.settings_dict, "default"
    name = f"bouquet_bench_{os.getpid()}"
    with tempfile.TemporaryDirectory() as folder:
        postgres = connection.vendor == "postgresql"
        if postgres:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {name}")
        _use(alias, kept | {"NAME": name if postgres else f"{folder}/queue.sqlite3", "CONN_MAX_AGE": None})
        try:
            with connection.schema_editor() as tables:
                for model in apps.get_app_config("tasks").get_models():
                    tables.create_model(model)
            yield
        finally:
            _use(alias, kept)
            if postgres:
                with connection._nodb_cursor() as cursor:
                    cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _use(alias: str, options: dict[str, Any]) -> None:
    connections[alias].close()
    connections.settings[alias] = options
    del connections[alias]


def _rate(times: int, do: Callable[[], Any]) -> float:
    started = time.perf_counter()
    for _ in range(times):
        do()
    return times / (time.perf_counter() - started)


def _insert_bare() -> None:
    now = timezone.now()
    TaskRow.objects.bulk_create(
        [TaskRow(id=uuid.uuid4(), task="x", lane="default", urgency=1, timeout=1, run_after=now, enqueued_at=now)]
    )


def _drain_bare() -> None:
    """What a queue cannot do without: read the next row, mark it taken, mark it done."""
    with transaction.atomic():
        number = TaskRow.objects.waiting().order_by("urgency", "-priority", "run_after").values_list("pk", flat=True)[0]
        TaskRow.objects.filter(pk=number).update(state="running")
    TaskRow.objects.filter(pk=number).update(state="done", finished_at=timezone.now())


def _drain(rows: int, slots: int) -> float:
    """Real slot processes, told to look; the clock stops when nothing is left."""
    TaskRow.objects.all().delete()
    with transaction.atomic():
        for _ in range(rows):
            nothing.enqueue()
    connections.close_all()
    urgencies = [lane.urgency for lane in LANES.values()]
    seats = [Seat(number, urgencies) for number in range(slots)]
    for seat in seats:
        seat.fork("bench", close=[other.line for other in seats if other.line])
    started = time.perf_counter()
    for seat in seats:
        seat.look(LANES["default"].urgency)
    while any(seat.looking for seat in seats):
        for seat in seats:
            if seat.looking:
                seat.hear()
    rate = rows / (time.perf_counter() - started)
    for seat in seats:
        seat.kill("stop")
        seat.bury()
    if left := TaskRow.objects.exclude(state="done").count():
        raise click.ClickException(f"{left} tasks were not done.")
    return rate
