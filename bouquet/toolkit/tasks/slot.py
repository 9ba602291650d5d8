"""One slot of a worker: a child process that carries out one row after another.

It finishes a row and claims the next by itself. The worker says when to look, and ends the process when a row takes too
long, is cancelled or has to make room: what is then left in the row tells the worker what to do with it.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import threading
import time
from queue import SimpleQueue
from types import FrameType
from typing import Any

from django.db import DatabaseError, close_old_connections, connections, transaction

from bouquet.toolkit.processes import dies_with_parent, kill_group
from bouquet.toolkit.tasks.carry import call_row, note_error, note_success
from bouquet.toolkit.tasks.hot import claim_task
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.running import Stopped

log = logging.getLogger("bouquet.tasks")
TASKS_PER_PROCESS = 2000  # then a fresh process: whatever a library leaks stays small
PATIENCE = 120.0  # seconds to go on trying to note a result while the database is away


class Slot:
    def __init__(self, worker: str, number: int, urgencies: list[int], line: socket.socket) -> None:
        self.worker, self.number, self.urgencies, self.line = worker, number, urgencies, line
        self.orders: SimpleQueue[str] = SimpleQueue()
        self.ending = False  # no row after this one
        self.stopped = False  # not even this one
        self.in_task = False

    def live(self) -> None:
        """Never returns."""
        os.setpgid(0, 0)  # a group of its own: Ctrl-C reaches the worker only, and the whole group can be ended at once
        dies_with_parent()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._end)
        threading.Thread(target=self._listen, daemon=True).start()
        done = 0
        while not self.ending and done < TASKS_PER_PROCESS:
            order, _space, urgency = self.orders.get().partition(" ")
            if order == "look":
                done += self._work([int(urgency)])
                self._say(idle=True)
        connections.close_all()
        os._exit(0)

    def _work(self, first: list[int]) -> int:
        """Carry out rows until none is due for this slot; the first of the urgency that the worker chose for it."""
        done, row = 0, None if self.ending else self._claim(first)
        while row is not None:
            self._say(row=str(row.pk), lane=row.lane, timeout=row.timeout)
            row = self._carry_out(row)
            done += 1
        return done

    def _claim(self, urgencies: list[int]) -> TaskRow | None:
        close_old_connections()
        try:
            return claim_task(self.worker, self.number, urgencies)
        except DatabaseError as error:
            log.warning("cannot look for work just now: %s", error)
            connections.close_all()
            return None

    def _carry_out(self, row: TaskRow) -> TaskRow | None:
        """Run the row; gives the next one."""
        try:
            self.in_task = True
            if self.stopped:
                raise Stopped
            result = call_row(row)
            self.in_task = False
        except Stopped:
            kill_group(os.getpid())
        except BaseException as error:
            self.in_task = False
            return self._note(note_error, row, error)
        return self._note(note_success, row, result)

    def _note(self, note: Any, row: TaskRow, outcome: Any) -> TaskRow | None:
        """Note how it went and take the next row, in one transaction.

        The work is done: do not lose the note of it because the database is locked or away for a moment.
        """
        until = time.monotonic() + PATIENCE
        while True:
            try:
                close_old_connections()
                with transaction.atomic():
                    note(row, outcome)
                    return None if self.ending else claim_task(self.worker, self.number, self.urgencies)
            except DatabaseError as error:
                if time.monotonic() > until:
                    log.error("cannot note the end of %s: %s", row, error)
                    kill_group(os.getpid())
                connections.close_all()
                time.sleep(0.5)

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        """SIGTERM: leave the task at once; between tasks, note its result first."""
        self.ending = self.stopped = True
        if self.in_task:
            self.in_task = False
            raise Stopped
        self.orders.put("end")

    def _listen(self) -> None:
        with self.line.makefile("r") as orders:
            for order in orders:
                if order.strip() == "end":
                    self.ending = True
                self.orders.put(order.strip())
        kill_group(os.getpid())  # the line is dead: so is the worker

    def _say(self, **news: Any) -> None:
        self.line.sendall(json.dumps(news).encode() + b"\n")
