"""The steps of a film on one line of time: when each began, how long it took, what it cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bouquet.shared.assets.models import Asset, Step

CALLED: dict[str, Any] = {
    "probe": _("Look at the file"),
    "picture": _("Look at a picture and make its cards"),
    "sizes": _("Make the sizes of a picture"),
    "first": _("First quality, from its beginning"),
    "poster": _("Picture"),
    "film": _("The rest of the first quality"),
    "ladder": _("The other qualities"),
    "storyboard": _("Preview pictures"),
    "loudness": _("Loudness"),
    "largest": _("The largest qualities"),
    "finish": _("Ready"),
    "h264": _("Missing qualities"),
    "av1": _("AV1"),
    "hearing": _("Listening for captions"),
}
LATER = ("h264", "av1", "hearing")  # asked for of a film that is ready, perhaps much later
WIDTH = 1000  # of the line of time


@dataclass(frozen=True)
class StepLine:
    """Seconds from the last byte. `x` and `width` are its place on a line of WIDTH; a width of 0 has none."""

    step: Step
    called: Any
    began: float | None
    took: float | None
    x: int = 0
    width: int = 0


def timeline_of(asset: Asset) -> list[StepLine]:
    """In the pipeline's order; what runs is counted to this moment. No query where the steps were prefetched."""
    now = timezone.now()
    order = list(CALLED)
    steps = sorted(asset.steps.all(), key=lambda step: order.index(step.name) if step.name in order else len(order))
    zero = asset.received_at or min((step.started_at for step in steps if step.started_at), default=now)
    whole = _whole(steps, zero, now)
    return [_line(step, zero, whole, now) for step in steps]


def _line(step: Step, zero: datetime, whole: float, now: datetime) -> StepLine:
    called = CALLED.get(step.name, step.name)
    if step.started_at is None:
        return StepLine(step, called, None, None)
    began, took = (
        max(0.0, (step.started_at - zero).total_seconds()),
        max(0.0, (_end(step, now) - step.started_at).total_seconds()),
    )
    if step.name in LATER or not whole:
        return StepLine(step, called, began, took)
    x = min(WIDTH - 2, round(began / whole * WIDTH))
    return StepLine(step, called, began, took, x, min(WIDTH - x, max(2, round(took / whole * WIDTH))))


def _whole(steps: Iterable[Step], zero: datetime, now: datetime) -> float:
    ends = [_end(step, now) for step in steps if step.started_at and step.name not in LATER]
    return max(((end - zero).total_seconds() for end in ends), default=0.0)


def _end(step: Step, now: datetime) -> datetime:
    return step.finished_at or (now if step.state == Step.State.RUNNING else step.started_at or now)
