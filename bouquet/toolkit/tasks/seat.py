"""A slot as its worker sees it: the process, the line to it, what it runs, and why it was ended."""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import socket
import time
from typing import Any

from bouquet.toolkit.processes import kill_group
from bouquet.toolkit.tasks.actions import fail_attempt, release_task, settle_cancelled
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.slot import Slot

log = logging.getLogger("bouquet.tasks")
MERCY = 2.0  # seconds between asking a process to end and killing it


class Seat:
    def __init__(self, number: int, urgencies: list[int]) -> None:
        self.number, self.urgencies = number, urgencies
        self.pid: int | None = None
        self.line: Any = None
        self._reset()

    def _reset(self) -> None:
        self.row, self.lane, self.deadline = "", "default", 0.0
        self.looking = self.told_to_finish = False
        self.verdict, self.sentenced, self.kill_at = "", "", 0.0
        self.heard = b""

    @property
    def is_free(self) -> bool:
        return bool(self.pid) and not (self.row or self.looking or self.verdict)

    @property
    def is_overdue(self) -> bool:
        return bool(self.row) and time.monotonic() > self.deadline

    def fork(self, worker: str, close: list[Any]) -> None:
        mine, its = socket.socketpair()
        gc.freeze()  # what is loaded now is never collected: its memory stays shared between the slots
        pid = os.fork()
        if pid == 0:
            for each in [mine, *close]:
                each.close()
            try:
                Slot(worker, self.number, self.urgencies, its).live()
            finally:
                os._exit(1)
        its.close()
        self._reset()
        self.pid, self.line = pid, mine

    def look(self, urgency: int) -> None:
        self.looking = True
        self._tell(f"look {urgency}")

    def finish(self) -> None:
        """End after the row that runs."""
        if not self.told_to_finish:
            self.told_to_finish = True
            self._tell("end")

    def end(self, verdict: str) -> None:
        """Ask the process to leave its row now; kill it when it does not."""
        if not self.verdict:
            self.verdict, self.sentenced, self.kill_at = verdict, self.row, time.monotonic() + MERCY
            if self.pid:
                os.kill(self.pid, signal.SIGTERM)
        elif time.monotonic() > self.kill_at:
            self.kill(self.verdict)

    def kill(self, verdict: str) -> None:
        if not self.verdict:
            self.verdict, self.sentenced = verdict, self.row
        if self.pid:
            kill_group(self.pid)

    def hear(self) -> bool:
        """Take in what the slot says; False when it is dead."""
        try:
            piece = self.line.recv(65536)
        except OSError:
            piece = b""
        *lines, self.heard = (self.heard + piece).split(b"\n")
        for line in lines:
            self._note(json.loads(line))
        return bool(piece)

    def _note(self, news: dict[str, Any]) -> None:
        if "row" in news:
            self.row, self.lane = news["row"], news["lane"]
            self.deadline = time.monotonic() + news["timeout"]
        else:
            self.row, self.looking = "", False

    def bury(self) -> None:
        """The process is gone; so is all it started."""
        assert self.pid is not None
        kill_group(self.pid)
        os.waitpid(self.pid, 0)
        self.line.close()
        self.pid, self.line = None, None

    def settle(self, worker: str) -> None:
        """What becomes of the row that the process left behind."""
        for row in TaskRow.objects.running().filter(worker=worker, slot=self.number):
            verdict = self.verdict if str(row.pk) == self.sentenced or self.verdict == "stop" else ""
            if verdict == "cancel":
                settle_cancelled(row)
            elif verdict == "timeout":
                fail_attempt(row, f"It took longer than {row.timeout} s and was stopped.")
            elif verdict == "stop" or self.verdict:
                release_task(row)  # its worker stops, or the sentence was for the row before it
            else:
                log.error("%s: the process that ran it died", row)
                fail_attempt(
                    row, "The process that ran it died (killed, out of memory or crashed).", at_once=row.attempts == 1
                )

    def _tell(self, order: str) -> None:
        try:
            self.line.sendall(order.encode() + b"\n")
        except OSError:
            pass  # it is dying: hear() will notice
