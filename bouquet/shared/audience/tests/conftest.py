from __future__ import annotations

from typing import Any

import pytest

from bouquet.shared.audience import salts
from bouquet.shared.audience.tests.make import Door


class Clock:
    """The server's clock, at the test's command."""

    def __init__(self, now: float) -> None:
        self.now = now

    def time(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: Any) -> Clock:
    """Noon of today, so that no test crosses midnight by chance."""
    from django.utils import timezone

    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    clock = Clock(noon.timestamp())
    for module in ("collector", "actions"):
        monkeypatch.setattr(f"bouquet.shared.audience.{module}.time.time", clock.time)
    return clock


@pytest.fixture
def collected(db: None, tmp_path: Any, clock: Clock) -> Door:
    """The collector with a spool of its own. The salt is fetched here: its thread would not see the test's rows."""
    salts.forget_salt()
    salts.fetch_salt()
    return Door(tmp_path / "spool", clock)


@pytest.fixture(autouse=True)
def _no_salt_of_another_test() -> Any:
    yield
    salts.forget_salt()
