"""The salt of the day: the same for every process, known to none after it."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from bouquet.shared.audience.models import DaySalt

_today: tuple[date, float, bytes] | None = None  # day, when it ends (Unix seconds), its salt


def known_salt(now: float) -> bytes | None:
    """Without asking anybody; None where the day is new to this process: then `fetch_salt`."""
    return _today[2] if _today is not None and now < _today[1] else None


def fetch_salt() -> bytes:
    """One query, or two for the first process of the day."""
    global _today
    day = timezone.localdate()
    row, _made = DaySalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_bytes(32)})
    _today = (day, end_of(day), bytes(row.salt))
    return _today[2]


def forget_salt() -> None:
    """What this process knows of it."""
    global _today
    _today = None


def end_of(day: date) -> float:
    midnight = datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())
    return midnight.timestamp()


def destroy_old_salts(today: date) -> int:
    """Overwritten first: what a database calls deleted can stay in its file."""
    old = DaySalt.objects.filter(day__lt=today)
    old.update(salt=bytes(32))
    return old.delete()[0]
