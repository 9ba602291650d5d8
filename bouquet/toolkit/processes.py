"""Processes: who is alive on this machine, and children that never outlive their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def dies_with_parent() -> None:
    """Called in a fresh child (`preexec_fn=dies_with_parent`): the kernel kills it when the thread that made it ends.

    So a program such as ffmpeg does not work on for nobody after its worker was killed. Only Linux can.
    """
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def place() -> str:
    """Where a process id means something: this host, this boot, this process namespace."""
    return " ".join(
        [socket.gethostname(), _read("/proc/sys/kernel/random/boot_id"), _link("/proc/self/ns/pid")]
    ).strip()


def born(pid: int) -> str:
    """When the process started, in the kernel's ticks; "" where nobody can tell. With the pid it names one process."""
    words = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return words[19] if len(words) > 19 else ""


def is_alive(pid: int, birth: str) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's process: alive
    return born(pid) == birth and _state(pid) != "Z"


def kill_group(pid: int) -> None:
    """Kill the process and all it started, at once. Gone already is fine."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def _state(pid: int) -> str:
    return (_read(f"/proc/{pid}/stat").rpartition(")")[2].split() or [""])[0]


def _read(path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""


def _link(path: str) -> str:
    try:
        return str(os.readlink(path))
    except OSError:
        return ""
