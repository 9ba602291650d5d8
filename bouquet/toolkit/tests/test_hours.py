"""An hour that somebody writes down is one moment, also in the nights when clocks change."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from bouquet.toolkit.hours import HourField


@pytest.mark.parametrize(
    ("written", "moment", "shown"),
    [
        ("2026-10-25T01:30", "2026-10-24T23:30", "01:30"),
        ("2026-10-25T02:30", "2026-10-25T00:30", "02:30"),  # it comes twice: the first
        ("2026-10-25T02:30+01:00", "2026-10-25T01:30", "02:30"),  # who means the second can say so
        ("2026-10-25 03:30", "2026-10-25T02:30", "03:30"),
        ("2027-03-28T01:30", "2027-03-28T00:30", "01:30"),
        ("2027-03-28T02:30", "2027-03-28T01:30", "03:30"),  # it never comes: just after it
        ("2027-03-28T03:30", "2027-03-28T01:30", "03:30"),
    ],
)
def test_an_hour_on_the_clock_of_paris(written: str, moment: str, shown: str) -> None:
    with timezone.override("Europe/Paris"):
        read = HourField().clean(written)
        assert read is not None and read == datetime.fromisoformat(f"{moment}+00:00")
        assert timezone.localtime(read).strftime("%H:%M") == shown


@pytest.mark.parametrize(
    "nonsense", ["2026-02-30T01:00", "soon", "2026-10-25T25:00", "0000-00-00 00:00", "0001-01-01T00:00"]
)
def test_what_is_no_hour_is_refused(nonsense: str) -> None:
    with pytest.raises(ValidationError):
        HourField().clean(nonsense)
    assert HourField(required=False).clean("") is None
