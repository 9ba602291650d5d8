"""News between apps: frozen dataclasses in the past tense, kept exactly when the change is kept.

    @dataclass(frozen=True)
    class VideoPublished(Published): ...

    with transaction.atomic():
        video.state = LIVE; video.save()
        announce(VideoPublished(work_id=video.pk))

`announce` leaves one task row for each listener in the same transaction: a rolled-back change leaves no news, and a
listener that fails is tried again by itself. A listener lives in its app's `listeners.py`, is marked `@on(EventClass)`,
also hears subclasses, and is safe to run twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string

from bouquet.toolkit.tasks import GiveUp, task


@dataclass(frozen=True)
class Event:
    """Base of all news. Fields are ids and plain values that JSON can carry."""


Listener = Callable[[Any], None]
LISTENERS: dict[type[Event], list[Listener]] = {}
AT_ONCE: dict[type[Event], list[Listener]] = {}
_ANNOUNCED: dict[str, type[Event]] = {}
_LANES: dict[Listener, str] = {}


def on(event_class: type[Event], *, lane: str = "default") -> Callable[[Listener], Listener]:
    """`lane="first"` where somebody is looking and waits for what the listener does."""

    def register(listener: Listener) -> Listener:
        LISTENERS.setdefault(event_class, []).append(listener)
        _LANES[listener] = lane
        return listener

    return register


def at_once(*event_classes: type[Event]) -> Callable[[Listener], Listener]:
    """For the little that must be true with the change itself: the listener runs in the announcer's transaction.

    One or two short statements at most: whoever acts waits for it, and what it raises undoes the act.
    """

    def register(listener: Listener) -> Listener:
        for event_class in event_classes:
            AT_ONCE.setdefault(event_class, []).append(listener)
        return listener

    return register


def announce(event: Event) -> None:
    """Leave one task row per listener. Must run inside the transaction that made the event true."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"announce({type(event).__name__}) must run inside transaction.atomic()")
    for listener in _among(AT_ONCE, type(event)):
        listener(event)
    _ANNOUNCED[_name(type(event))] = type(event)
    for listener in listeners_of(type(event)):
        # News is quickly told: in its lane it goes before work.
        hear.using(queue_name=_LANES.get(listener, "default"), priority=50).enqueue(
            _name(listener), _name(type(event)), asdict(event)
        )


def listeners_of(event_class: type[Event]) -> list[Listener]:
    """Those of the class and of what it descends from, each once."""
    return _among(LISTENERS, event_class)


def _among(registered: dict[type[Event], list[Listener]], event_class: type[Event]) -> list[Listener]:
    return list(dict.fromkeys(each for kin in event_class.__mro__ for each in registered.get(kin, [])))


@task(retries=8)
def hear(listener: str, event: str, values: dict[str, Any]) -> None:
    """Rebuild the event and give it to the listener. The process that announced it may be long gone."""
    event_class = _ANNOUNCED.get(event) or import_string(event)
    for each in listeners_of(event_class):
        if _name(each) == listener:
            return each(event_class(**values))
    raise GiveUp(f"{listener} does not listen to {event} any more")


def _name(thing: Any) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"
