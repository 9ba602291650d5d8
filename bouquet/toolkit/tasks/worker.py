"""`bouquet worker`: watches over its slots and hands them what is due.

The worker runs no task itself, so nothing that a task does can stop it from watching: it looks for due rows, beats for
its life in the register, ends what takes too long or was cancelled, brings back what dead workers left behind, and
starts what the schedule says. It has one thread and forks each slot: a slot inherits no lock, no database connection.
"""

from __future__ import annotations

import logging
import os
import selectors
import signal
import time
from types import FrameType
from typing import Any

from django.db import DatabaseError, connections
from django.utils.module_loading import autodiscover_modules

from bouquet.toolkit.tasks.actions import recover_tasks
from bouquet.toolkit.tasks.clockwork import run_schedule, set_up_schedule
from bouquet.toolkit.tasks.lanes import LANES, lane_named
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.register import BEAT, Watch, beat, sign_off, sign_on
from bouquet.toolkit.tasks.seat import Seat

log = logging.getLogger("bouquet.tasks")
LOOK = 0.15  # seconds between two looks for due work: one indexed read
GRACE = 3.5  # seconds that short work has to end when the worker stops


class Worker:
    def __init__(self, lanes: list[str], slots: int) -> None:
        self.lanes, self.slots = lanes, slots
        self.stopping_since: float | None = None
        self.seats: list[Seat] = []
        self.selector = selectors.DefaultSelector()
        self.watch = Watch()
        self.name = ""
        self.turns = [
            _Turn(BEAT, self._beat),
            _Turn(1.0, self._attend),
            _Turn(LOOK, self._look),
            _Turn(BEAT, self._recover),
            _Turn(60.0, set_up_schedule),
        ]

    def run(self) -> None:
        """Until SIGTERM or SIGINT; a second one ends everything at once."""
        autodiscover_modules("tasks")
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        self.name = sign_on(self.lanes, self.slots)
        set_up_schedule()
        self.seats = [Seat(number, urgencies) for number, urgencies in enumerate(self._urgencies())]
        for seat in self.seats:
            self._fill(seat)
        self._watch_over()
        sign_off(self.name)

    def _watch_over(self) -> None:
        while any(seat.pid for seat in self.seats):
            for key, _mask in self.selector.select(timeout=LOOK):
                if not key.data.hear():
                    self._vacate(key.data)
            for turn in self.turns:
                self._take(turn)
            self._hurry()

    def _urgencies(self) -> list[list[int]]:
        """What each slot may take. Where long and short work are mixed, the first slot is kept for the short."""
        lanes = [lane_named(name) for name in self.lanes]
        all_of_them, short = [lane.urgency for lane in lanes], [lane.urgency for lane in lanes if not lane.long]
        reserved = bool(short) and self.slots > 1
        return [short if reserved and number == 0 else all_of_them for number in range(self.slots)]

    # ── taking turns ─────────────────────────────────────────────────────────────────────────────────────────────────
    def _take(self, turn: _Turn) -> None:
        if time.monotonic() < turn.next_at:
            return
        turn.next_at = time.monotonic() + turn.pause
        try:
            turn.do()
        except DatabaseError as error:
            log.warning("the database is away or busy, going on: %s", error)
            connections.close_all()
            turn.next_at += 1.0

    def _look(self) -> None:
        """Match what is due with slots that are free: short work prefers the slot that only it may use."""
        free = [seat for seat in self.seats if seat.is_free]
        if self.stopping_since is not None or not free:
            return
        wanted = {urgency for seat in free for urgency in seat.urgencies}
        for urgency in TaskRow.objects.due(wanted).values_list("urgency", flat=True)[: len(free)]:
            able = [seat for seat in free if urgency in seat.urgencies]
            if able:
                chosen = min(able, key=lambda seat: len(seat.urgencies))
                chosen.look(urgency)
                free.remove(chosen)

    def _beat(self) -> None:
        if not beat(self.name):
            log.error("other workers took %s for dead: dropping what it runs and starting afresh", self.name)
            self.name = sign_on(self.lanes, self.slots)
            for seat in self.seats:
                seat.kill("lost")

    def _attend(self) -> None:
        """Once a second: what takes too long, what was cancelled, what repeats."""
        for seat in self.seats:
            if seat.is_overdue:
                seat.end("timeout")
        if any(seat.row for seat in self.seats):
            asked = TaskRow.objects.running().filter(worker=self.name, cancel_asked=True).values_list("pk", flat=True)
            for seat in [seat for seat in self.seats if seat.row in {str(pk) for pk in asked}]:
                seat.end("cancel")
        if self.stopping_since is None:
            run_schedule()

    def _recover(self) -> None:
        for name in self.watch.bury_the_dead(self.name):
            log.warning("worker %s is dead; its tasks go back into the queue", name)
        recover_tasks()

    # ── slots come and go ────────────────────────────────────────────────────────────────────────────────────────────
    def _fill(self, seat: Seat) -> None:
        connections.close_all()  # a connection must not be shared across a fork
        seat.fork(self.name, close=[other.line for other in self.seats if other.line] + [self.selector])
        self.selector.register(seat.line, selectors.EVENT_READ, seat)

    def _vacate(self, seat: Seat) -> None:
        self.selector.unregister(seat.line)
        seat.bury()
        while not self._settled(seat):
            if self.stopping_since is not None and time.monotonic() - self.stopping_since > 2 * GRACE:
                break  # whoever looks next finds the row without a worker
            time.sleep(0.5)
        if self.stopping_since is None:
            self._fill(seat)

    def _settled(self, seat: Seat) -> bool:
        try:
            seat.settle(self.name)
        except DatabaseError as error:
            log.warning("the database is away or busy, trying again: %s", error)
            connections.close_all()
            return False
        return True

    # ── stopping ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        if self.stopping_since is not None:
            self.stopping_since = time.monotonic() - 2 * GRACE
        else:
            self.stopping_since = time.monotonic()

    def _hurry(self) -> None:
        """While stopping: free slots leave, long work is put back at once, short work has a moment to end."""
        if self.stopping_since is None:
            return
        waited = time.monotonic() - self.stopping_since
        for seat in [seat for seat in self.seats if seat.pid]:
            if waited > GRACE or (seat.row and LANES[seat.lane].long):
                seat.end("stop")
            else:
                seat.finish()


class _Turn:
    def __init__(self, pause: float, do: Any) -> None:
        self.pause, self.do, self.next_at = pause, do, 0.0


def run_worker(lanes: list[str], slots: int) -> None:
    for settings in connections.settings.values():
        settings["CONN_MAX_AGE"] = None  # a worker keeps its connection
    log.info("worker %d: lanes %s, %d slots", os.getpid(), ", ".join(lanes), slots)
    Worker(lanes, slots).run()
