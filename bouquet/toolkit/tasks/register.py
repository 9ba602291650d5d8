"""The register of living workers, and how the dead are told from the slow.

On the same machine the process id tells at once. Elsewhere a worker is dead when its `beats` stood still for LEASE
seconds *of the observer's own monotonic clock*: clocks that differ, jump or sleep kill nobody.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field

from django.db.models import F
from django.utils import timezone

from bouquet.toolkit.ids import short_id
from bouquet.toolkit.processes import born, is_alive, place
from bouquet.toolkit.tasks.models import WorkerRow

BEAT = 5.0
LEASE = 30.0


def sign_on(lanes: list[str], slots: int) -> str:
    here = place()
    name = f"{here.split(' ')[0][:40]}-{os.getpid()}-{short_id()[:6]}"
    pid = os.getpid()
    WorkerRow.objects.create(name=name, place=here, pid=pid, born=born(pid), lanes=lanes, slots=slots)
    return name


def beat(name: str) -> bool:
    """False where others took this worker for dead: its rows are theirs now."""
    return bool(WorkerRow.objects.filter(name=name).update(beats=F("beats") + 1, seen_at=timezone.now()))


def sign_off(name: str) -> None:
    WorkerRow.objects.filter(name=name).delete()


@dataclass
class Watch:
    """What one worker remembers of the others' beats."""

    seen: dict[str, tuple[int, float]] = field(default_factory=dict)

    def bury_the_dead(self, myself: str) -> list[str]:
        """Strike dead workers off; gives their names. `recover_tasks` then finds their rows to be nobody's."""
        here, now = place(), time.monotonic()
        others = list(WorkerRow.objects.exclude(name=myself))
        dead = [other for other in others if self._is_dead(other, here, now)]
        self.seen = {other.name: self._seen(other, now) for other in others if other not in dead}
        return [each.name for each in dead if WorkerRow.objects.filter(name=each.name, beats=each.beats).delete()[0]]

    def _is_dead(self, other: WorkerRow, here: str, now: float) -> bool:
        if other.place == here and other.born:
            return not is_alive(other.pid, other.born)
        return now - self._seen(other, now)[1] > LEASE

    def _seen(self, other: WorkerRow, now: float) -> tuple[int, float]:
        before = self.seen.get(other.name)
        return before if before and before[0] == other.beats else (other.beats, now)
