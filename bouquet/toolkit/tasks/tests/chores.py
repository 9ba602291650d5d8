"""Small pieces of work for the tests."""

from __future__ import annotations

from typing import Any

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


@task
def walk() -> None:
    heartbeat(0.5)


@task(takes_context=True)
def tell_attempt(context: Any) -> int:
    return context.attempt
