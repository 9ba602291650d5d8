"""Small pieces of work for the tests."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from bouquet.toolkit.processes import dies_with_parent
from bouquet.toolkit.tasks import GiveUp, heartbeat, task

DONE: list[Any] = []


@task
def note(word: str) -> str:
    DONE.append(word)
    return word.upper()


@task(lane="ladder")
def long_note(word: str) -> None:
    DONE.append(word)


@task(lane="first", priority=10)
def urgent_note(word: str) -> None:
    DONE.append(word)


@task(retries=2)
def stumble(word: str) -> None:
    DONE.append(word)
    raise ValueError(f"stumbled over {word}")


@task
def surrender() -> None:
    raise GiveUp("this file will never be a film")


@task(key="feed {site_id}")
def refresh_feed(site_id: int, why: str = "") -> None:
    DONE.append((site_id, why))


@task(key="page {page_id}", alone=True)
def index_page(page_id: int) -> None:
    DONE.append(page_id)


@task
def walk() -> None:
    heartbeat(0.5)


@task(takes_context=True)
def tell_attempt(context: Any) -> int:
    return context.attempt


# ── for real worker processes: what they do is seen in a folder ──────────────────────────────────────────────────────
@task(retries=20)
def leave_mark(folder: str, number: int, seconds: float = 0.0) -> None:
    """An effect that is safe to repeat, and a witness of anybody who does it at the same time."""
    place = Path(folder)
    with (place / "runs.log").open("a") as runs:
        runs.write(f"{number} {os.getpid()}\n")
    with (place / f"{number}.doing").open("a+") as doing:
        try:
            fcntl.flock(doing, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            (place / f"{number}.overlap").touch()
        time.sleep(seconds)
        (place / f"{number}.done").touch()


@task(lane="ladder", retries=20)
def encode(folder: str, number: int, seconds: float = 0.0) -> None:
    """Long work with a program of its own, as an encode has."""
    place = Path(folder)
    program = subprocess.Popen(["sleep", "300"], preexec_fn=dies_with_parent)
    (place / f"{number}.program").write_text(str(program.pid))
    for step in range(int(seconds * 10)):
        heartbeat(step / (seconds * 10))
        time.sleep(0.1)
    program.kill()
    program.wait()
    (place / f"{number}.done").touch()


@task(retries=0, timeout=1)
def hang() -> None:
    time.sleep(300)


@task(retries=0)
def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)
