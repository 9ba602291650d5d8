"""News between apps: frozen dataclasses in the past tense, kept exactly when the change is kept.

    @dataclass(frozen=True)
    class VideoPublished(Published): ...

    with transaction.atomic():
        video.state = LIVE; video.save()
        announce(VideoPublished(work_id=video.pk))

`announce` leaves one task row for each listener in the same transaction; a rolled-back change leaves no news.
A listener lives in its app's `listeners.py`, is marked `@on(EventClass)`, also hears subclasses, and is safe to run twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from django.db import transaction


@dataclass(frozen=True)
class Event:
    """Base of all news. Fields are ids and plain values that JSON can carry."""


Listener = Callable[[Any], None]
LISTENERS: dict[type[Event], list[Listener]] = {}
_BY_NAME: dict[str, Listener] = {}
_EVENTS: dict[str, type[Event]] = {}


def on(event_class: type[Event]) -> Callable[[Listener], Listener]:
    def register(listener: Listener) -> Listener:
        LISTENERS.setdefault(event_class, []).append(listener)
        _BY_NAME[_name(listener)] = listener
        return listener

    return register


def announce(event: Event) -> None:
    """Leave one task row per listener. Must run inside the transaction that made the event true."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"announce({type(event).__name__}) must run inside transaction.atomic()")
    from bouquet.toolkit.tasks.listening import hear

    _EVENTS[_name(type(event))] = type(event)
    for listener in listeners_of(type(event)):
        hear.enqueue(_name(listener), _name(type(event)), asdict(event))


def listeners_of(event_class: type[Event]) -> list[Listener]:
    return [each for cls in event_class.__mro__ for each in LISTENERS.get(cls, [])]


def deliver(listener_name: str, event_name: str, values: dict[str, Any]) -> None:
    """Called by the task: rebuild the event and give it to the listener."""
    _BY_NAME[listener_name](_event_named(event_name)(**values))


def _event_named(name: str) -> type[Event]:
    from django.utils.module_loading import import_string

    return _EVENTS.get(name) or import_string(name)


def _name(thing: Any) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"
