"""What one run of ffmpeg may use. Applied in the child between fork and exec, so nothing runs before its limits."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass

# Bound before any fork: between fork and exec no import and no allocation of ours may happen.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes. `silence` is how long it may show no progress; `output` how much it may hand over; `file` how
    long the one file may become that it was given open (most runs are given none)."""

    cpu: int = 60
    wall: int = 120
    silence: int = 90
    memory: int = 4096 * MIB
    output: int = 64 * MIB
    nice: int = 5
    file: int = 0

    def apply_in_child(self, parent: int) -> Callable[[], None]:
        """The function for `preexec_fn`."""
        limits = [
            (resource.RLIMIT_CPU, (self.cpu, self.cpu + 5)),
            (resource.RLIMIT_AS, (self.memory, self.memory)),
            (resource.RLIMIT_NOFILE, (64, 64)),
            (resource.RLIMIT_CORE, (0, 0)),
            (resource.RLIMIT_FSIZE, (self.file, self.file)),  # 0: it writes to pipes only
        ]
        kill, niceness, libc = signal.SIGKILL, self.nice, _LIBC

        def apply() -> None:
            if libc is not None:
                libc.prctl(_PR_SET_PDEATHSIG, kill, 0, 0, 0)
                libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
                if os.getppid() != parent:  # the worker died before we asked to die with it
                    os._exit(125)
            for name, pair in limits:
                _lower(name, pair)
            os.nice(niceness)

        return apply


def _lower(name: int, pair: tuple[int, int]) -> None:
    """Never above what the machine already allows us."""
    hard = resource.getrlimit(name)[1]
    if hard != resource.RLIM_INFINITY:
        pair = (min(pair[0], hard), min(pair[1], hard))
    resource.setrlimit(name, pair)
