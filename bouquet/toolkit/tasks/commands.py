"""`bouquet worker` and `bouquet queue`."""

from __future__ import annotations

import os
from typing import Any

import click

from bouquet.toolkit.tasks.actions import cancel_task, move_to_front, retry_all, retry_task
from bouquet.toolkit.tasks.lanes import LANES
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.overview import lanes_now
from bouquet.toolkit.tasks.times import lane_times
from bouquet.toolkit.tasks.words import Subject, tell
from bouquet.toolkit.tasks.worker import run_worker
from bouquet.toolkit.templatetags.ui import lasting


def _read_lanes(_context: Any, _option: Any, text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()] or list(LANES)
    if unknown := [name for name in names if name not in LANES]:
        raise click.BadParameter(f"{', '.join(unknown)}: the lanes are {', '.join(LANES)}.")
    return names


@click.command()
@click.option("--lanes", default="", callback=_read_lanes, help="Only these lanes, with commas between. Default: all.")
@click.option("--slots", type=click.IntRange(1, 64), help="Tasks at a time. Default: half the processors and one.")
def worker(lanes: list[str], slots: int | None) -> None:
    """Run what waits in the queue, until Ctrl-C. Start as many as you like, on as many machines as you like."""
    slots = slots or max(2, (os.cpu_count() or 2) // 2 + 1)
    click.echo(f"Worker: {slots} slots for {', '.join(lanes)}.")
    run_worker(lanes, slots)


@click.group(invoke_without_command=True)
@click.pass_context
def queue(context: click.Context) -> None:
    """What waits, runs and failed."""
    if context.invoked_subcommand is None:
        context.invoke(list_rows)


@queue.command()
def lanes() -> None:
    """Each lane: what runs, waits, failed, how long the oldest has been waiting; and how it went in the last day."""
    for lane, times in zip(lanes_now(), lane_times(), strict=True):
        wait = f", the oldest for {lane.wait.total_seconds():.0f} s" if lane.wait else ""
        click.echo(f"{lane.name:8} {lane.running} running, {lane.waiting} waiting{wait}, {lane.failed} failed")
        if times.done:
            waited = f"waited {_seconds(times.waited_half)} (95 of 100: {_seconds(times.waited_most)})"
            took = f"took {_seconds(times.took_half)} ({_seconds(times.took_most)})"
            click.echo(f"{'':8} last day: {times.done} done, {times.last_hour} in the last hour; half {waited}, {took}")


def _seconds(value: float | None) -> str:
    return lasting(value).replace("\u202f", " ")


@queue.command("list")
@click.option("--state", type=click.Choice(TaskRow.State.values), help="Only rows of this state.")
@click.option("--limit", default=40, show_default=True)
def list_rows(state: str | None = None, limit: int = 40) -> None:
    """Show the queue: what runs, waits and failed."""
    rows = TaskRow.objects.exclude(state="done") if state is None else TaskRow.objects.filter(state=state)
    for row in tell(rows.order_by("state", "urgency", "-priority", "run_after")[:limit]):
        progress = "" if row.progress is None else f" {row.progress:.0%}"
        known: Subject | None = row.subject  # type: ignore[attr-defined]
        what = f"“{known.title}” {known.whose}".strip() if known else repr(tuple(row.args))
        click.echo(f"{row.id}  {row.state:9}{progress:5} {row.lane:8} {row.name} {what}  {row.reason[:100]}")
    counts = {name: TaskRow.objects.filter(state=name).count() for name in TaskRow.State.values}
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))


@queue.command()
@click.argument("number", metavar="ID", default="")
@click.option("--all-of", default="", metavar="TASK", help="Every failed task whose name ends so: encode_ladder.")
def retry(number: str, all_of: str) -> None:
    """Start a failed or cancelled task again, or all that failed of one kind."""
    if all_of:
        named = [task for task in _failed_tasks() if task == all_of or task.endswith(f".{all_of}")]
        click.echo(f"{sum(retry_all(task) for task in named)} wait for a worker.")
        return
    if not retry_task(_row(number)):
        raise click.ClickException("Only a failed or cancelled task can be started again, and only once for its key.")
    click.echo("It waits for a worker.")


@queue.command()
@click.argument("number", metavar="ID")
def cancel(number: str) -> None:
    """Stop a task that waits or runs."""
    row = _row(number)
    if row.state not in {"waiting", "running"}:
        raise click.ClickException(f"It is {row.get_state_display()} already.")
    cancel_task(row)
    click.echo("Cancelled." if row.state == "waiting" else "Its worker will stop it within two seconds.")


@queue.command()
@click.argument("number", metavar="ID")
def first(number: str) -> None:
    """Move a waiting task to the front of its lane."""
    if not move_to_front(_row(number)):
        raise click.ClickException("It does not wait any more.")
    click.echo("It is the next one of its lane.")


def _failed_tasks() -> list[str]:
    return list(TaskRow.objects.failed().order_by("task").values_list("task", flat=True).distinct())


def _row(number: str) -> TaskRow:
    try:
        return TaskRow.objects.get(pk=number)
    except (TaskRow.DoesNotExist, ValueError, TypeError):
        raise click.ClickException(f"There is no task {number}.") from None
    except Exception as error:  # a malformed UUID is a ValidationError
        raise click.ClickException(str(error)) from None


COMMANDS = [worker, queue]
