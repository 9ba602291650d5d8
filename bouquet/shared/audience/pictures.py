"""Pictures of numbers, as shapes that a template draws: SVG without script, style or words inside (words stand beside
it, in their own size on every screen).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bouquet.shared.audience.numbers import Day, Numbers

HIGH = 100  # of every picture; its width is a number of steps
WIDE = 10  # of one step
GAP = 2
MOST_BARS = 120  # more days than this are drawn by the week
WEEK = 7


@dataclass(frozen=True)
class Bar:
    x: int
    y: float
    width: int
    height: float
    since: date
    until: date  # the same day, or the last of its week
    views: int


@dataclass(frozen=True)
class Bars:
    bars: list[Bar]
    before: str  # the days before, as a line: the attribute `points`
    width: int
    top: int  # what the upper edge stands for
    by_week: bool
    height: int = HIGH


@dataclass(frozen=True)
class Curve:
    area: str  # the attribute `d`
    line: str
    steps: list[tuple[float, float]]  # seconds into the film and share, each tenth
    middle: float  # seconds
    end: float
    height: int = HIGH


def bars_of(numbers: Numbers) -> Bars:
    step = WEEK if len(numbers.by_day) > MOST_BARS else 1
    now, before = _grouped(numbers.by_day, step), _grouped(numbers.by_day_before, step)
    top = round_up(max([views for _since, _until, views in (*now, *before)], default=0))
    bars = [
        Bar(
            x=number * WIDE + GAP // 2,
            y=round(HIGH - HIGH * views / top, 2),
            width=WIDE - GAP,
            height=round(HIGH * views / top, 2),
            since=since,
            until=until,
            views=views,
        )
        for number, (since, until, views) in enumerate(now)
    ]
    middles = [
        f"{number * WIDE + WIDE // 2},{HIGH - HIGH * views / top:.2f}"
        for number, (_since, _until, views) in enumerate(before)
    ]
    return Bars(bars, " ".join(middles), len(now) * WIDE, top, by_week=step > 1)


def curve_of(shares: Sequence[float], duration: float) -> Curve | None:
    """None where nobody has played it, or nobody knows how long it is."""
    if not shares or duration <= 0:
        return None
    points = [(number + 0.5, HIGH - HIGH * share) for number, share in enumerate(shares)]
    points = [(0.0, points[0][1]), *points, (float(len(shares)), points[-1][1])]
    line = " ".join(f"{'L' if number else 'M'}{x:.1f},{y:.2f}" for number, (x, y) in enumerate(points))
    tenth = len(shares) // 10
    steps = [(duration * number / 10, shares[min(number * tenth, len(shares) - 1)]) for number in range(11)]
    return Curve(f"{line} V{HIGH} H0 Z", line, steps, duration / 2, duration)


def round_up(number: int) -> int:
    """To 1, 2 or 5 and zeros: a scale that reads well. At least 4."""
    if number <= 4:
        return 4
    size = 10 ** (len(str(number)) - 1)
    return next(size * first for first in (1, 2, 5, 10) if size * first >= number)


@dataclass(frozen=True)
class Change:
    """How a sum compares with the days before."""

    share: float  # never negative
    grew: bool


def change(now: float, before: float) -> Change | None:
    """None where there was nothing before."""
    return Change(abs(now - before) / before, now > before) if before else None


def _grouped(days: Sequence[Day], step: int) -> list[tuple[Any, Any, int]]:
    """From the last day backwards, so that the newest group is whole."""
    first = len(days) % step
    groups = [days[:first]] if first else []
    groups += [days[start : start + step] for start in range(first, len(days), step)]
    return [(group[0].day, group[-1].day, sum(day.views for day in group)) for group in groups]
