"""An hour as people write it, without its zone: right also in the nights when clocks are put forward or back.

Django's own field refuses 2:30 in both nights, so that a story could not be planned for it. Here it means what a
newsletter's clock means by it: in the hour that is skipped just after it (2:30 is 3:30), in the one that comes twice
the first. Either way it is one moment, and what waits for it happens once.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone as clock

UNSAID = timezone(timedelta(0), "unsaid")  # stands for the zone that nobody wrote: an object like no other


class HourField(forms.DateTimeField):
    """On the clock that is current (`timezone.activate`, `override`); with an offset, that very moment."""

    def to_python(self, value: Any) -> datetime | None:
        with clock.override(UNSAID):
            given = super().to_python(value)
        if given is None or given.tzinfo is not UNSAID:
            return given
        try:
            return moment_of(given, clock.get_current_timezone())
        except OverflowError:  # the first day of the year 1 has no yesterday
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


def moment_of(wall: datetime, zone: tzinfo) -> datetime:
    """What clocks in this zone say as a moment, in UTC: an hour that comes twice equals nothing in another zone
    (PEP 495, which also says that `fold=0` is the first of two, and leads past a gap)."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
