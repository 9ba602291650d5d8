"""One run of ffmpeg: started under limits, listened to through pipes, stopped the moment it misbehaves."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from bouquet.shared.assets.ffmpeg.binaries import ffmpeg_path, ffprobe_path
from bouquet.shared.assets.ffmpeg.limits import MIB, Limits

# Demuxers that read one file and nothing else. Playlists (hls, dash, concat), picture sequences, subtitles, network
# descriptions (sdp, rtsp) and text are not here, and never may be.
DEMUXERS = (
    "mov,mp4,m4a,3gp,3g2,mj2",
    "matroska,webm",
    "avi",
    "mpegts",
    "mpeg",
    "mpegvideo",
    "flv",
    "asf",
    "ogg",
    "mxf",
    "dv",
    "wav",
    "mp3",
    "aac",
    "flac",
)
MOST_PIXELS = 36_000_000  # of one picture: 8K is 33 million
MOST_STREAMS = 64
_READ = 1 * MIB
_PIPE_SIZE = 1031  # fcntl F_SETPIPE_SZ; Linux
_TICK = 0.25

Sink = Callable[[bytes], None]


class EncoderFailed(RuntimeError):
    """ffmpeg ended badly. `why` is for the operator; `stopped` says whether we stopped it (limit, disk) and why."""

    def __init__(self, why: str, *, stopped: str = "", code: int = 0) -> None:
        super().__init__(why)
        self.why, self.stopped, self.code = why, stopped, code

    @property
    def killed(self) -> bool:
        """By somebody else, as the system does for want of memory: that says nothing about the file."""
        return self.code == -signal.SIGKILL and not self.stopped


@dataclass
class Outcome:
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    frames: int = 0
    out_seconds: float = 0.0  # the furthest time written
    messages: str = ""  # the last of what it said


def input_arguments(path: Path | None, demuxer: str, *, before: Sequence[str] = ()) -> list[str]:
    """The arguments that open a file; `path` None reads what we feed through standard input."""
    return [
        *("-threads", str(most_threads())),
        *("-protocol_whitelist", "file" if path else "pipe"),
        *("-format_whitelist", ",".join(DEMUXERS)),
        *("-max_streams", str(MOST_STREAMS), "-max_pixels", str(MOST_PIXELS)),
        *before,
        *("-f", demuxer, "-i", f"file:{path}" if path else "pipe:0"),
    ]


def output_into(file: IO[bytes]) -> list[str]:
    """The last arguments of a run whose output is the open file."""
    return ["-fd", str(file.fileno()), "fd:"]


def most_threads() -> int:
    """Of one decoder or encoder: a machine with many cores runs several at once."""
    return settings.VIDEO_THREADS or min(os.cpu_count() or 1, 16)


def run_ffprobe(path: Path, demuxer: str, arguments: Sequence[str], *, limits: Limits) -> tuple[Any, str]:
    """What ffprobe says about a file as JSON, and what it complained about. Raises EncoderFailed."""
    command = [
        *(ffprobe_path(), "-hide_banner", "-v", "error", "-of", "json", *arguments),
        *("-protocol_whitelist", "file", "-format_whitelist", ",".join(DEMUXERS)),
        *("-max_streams", str(MOST_STREAMS), "-max_pixels", str(MOST_PIXELS)),
        *("-threads", "1", "-analyzeduration", "10000000", "-probesize", str(16 * MIB)),
        *("-f", demuxer, "-i", f"file:{path}"),
    ]
    said: list[bytes] = []
    run = _Run(command, limits, {1: said.append}, progress_fd=None)
    outcome = run.listen(None)
    try:
        return json.loads(b"".join(said) or b"{}"), outcome.messages
    except ValueError as error:
        raise EncoderFailed(f"ffprobe gave no JSON: {outcome.messages}") from error


def run_ffmpeg(
    arguments: Callable[[list[str]], Sequence[str]],
    sinks: Sequence[Sink],
    *,
    limits: Limits,
    on_tick: Callable[[Outcome], None] | None = None,
    feed: Iterable[bytes] | None = None,
    into: IO[bytes] | None = None,
) -> Outcome:
    """Run ffmpeg and give each output's bytes to its sink, in this thread, as they come.

    `arguments` gets one address per sink ("pipe:7") and returns the command line without the program. `on_tick` is
    called a few times a second; when it or a sink raises, ffmpeg is killed and the error goes on. `feed` is given to
    standard input. `into` is a file open for writing, for a container that goes back to its beginning: ffmpeg gets it
    by number ("fd:" with "-fd"; see `output_into`), never by name, and as long as `limits.file` allows. Raises
    EncoderFailed when ffmpeg ends with an error or had to be stopped.
    """
    pipes = [os.pipe() for _ in sinks]
    try:
        command = [
            *(ffmpeg_path(), "-nostdin", "-hide_banner", "-v", "error"),
            *("-max_alloc", str(1024 * MIB), "-progress", "pipe:1", "-stats_period", "0.5"),
            *arguments([f"pipe:{write}" for _, write in pipes]),
        ]
        passed = [write for _, write in pipes] + ([into.fileno()] if into else [])
        readers = {read: sink for (read, _), sink in zip(pipes, sinks, strict=True)}
        run = _Run(command, limits, readers, progress_fd=1, pass_fds=passed, feed=feed)
    except BaseException:
        for read, write in pipes:
            os.close(read)
            os.close(write)
        raise
    for _, write in pipes:
        os.close(write)
    return run.listen(on_tick)


@dataclass
class _Run:
    command: list[str]
    limits: Limits
    sinks: dict[int, Sink]
    progress_fd: int | None = 1
    pass_fds: list[int] = field(default_factory=list)
    feed: Iterable[bytes] | None = None

    def __post_init__(self) -> None:
        self.outcome = Outcome()
        self._errors = bytearray()
        self._progress = bytearray()
        self._handed = 0
        self._started = self._moved = time.monotonic()
        self._feeding = memoryview(b"")
        self._food: Iterator[bytes] | None = iter(self.feed) if self.feed is not None else None
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL if self.feed is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=self.pass_fds,
            process_group=0,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
            cwd="/",
            preexec_fn=self.limits.apply_in_child(os.getpid()),
        )

    def listen(self, on_tick: Callable[[Outcome], None] | None) -> Outcome:
        """Read every pipe until all are closed; always leaves the process dead and its pipes closed."""
        try:
            with self._selector() as selector:
                while selector.get_map():
                    for key, _events in selector.select(timeout=_TICK):
                        self._serve(selector, key)
                    self._check()
                    if on_tick:
                        on_tick(self.outcome)
        except BaseException:
            self._kill()
            self._reap()
            raise
        code = self._reap()
        if code != 0:
            raise EncoderFailed(_why(code, self.outcome.messages), code=code)
        return self.outcome

    def _selector(self) -> selectors.BaseSelector:
        selector = selectors.DefaultSelector()
        own: dict[int, Sink] = {_number_of(self.process.stderr): self._hear_error}
        out = _number_of(self.process.stdout)
        own[out] = self._hear_progress if self.progress_fd == 1 else self._counted(self.sinks.pop(1))
        for fd, sink in self.sinks.items():
            own[fd] = self._counted(sink)
        for fd, sink in own.items():
            with contextlib.suppress(OSError):
                fcntl.fcntl(fd, _PIPE_SIZE, _READ)
            selector.register(fd, selectors.EVENT_READ, sink)
        if self._food is not None:
            entrance = _number_of(self.process.stdin)
            os.set_blocking(entrance, False)
            selector.register(entrance, selectors.EVENT_WRITE, None)
        return selector

    def _serve(self, selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
        if key.data is None:
            if not self._give() and self.process.stdin:
                selector.unregister(key.fd)
                self.process.stdin.close()
            return
        if data := os.read(key.fd, _READ):
            key.data(data)
        else:
            selector.unregister(key.fd)

    def _give(self) -> bool:
        """Feed standard input; False when there is no more or nobody listens."""
        try:
            if not self._feeding:
                self._feeding = memoryview(next(self._food or iter(())))
            self._feeding = self._feeding[os.write(_number_of(self.process.stdin), self._feeding) :]
        except (StopIteration, BrokenPipeError):
            return False
        except BlockingIOError:
            pass
        return True

    def _counted(self, sink: Sink) -> Sink:
        def take(data: bytes) -> None:
            self._moved = time.monotonic()
            self._handed += len(data)
            if self._handed > self.limits.output:
                raise EncoderFailed("more output than the budget allows", stopped="output")
            sink(data)

        return take

    def _hear_error(self, data: bytes) -> None:
        self._errors = (self._errors + data)[-4000:]

    def _hear_progress(self, data: bytes) -> None:
        self._progress += data
        *lines, rest = self._progress.split(b"\n")
        self._progress = bytearray(rest)
        for line in lines:
            name, _, value = line.decode("ascii", "replace").partition("=")
            if name == "out_time_us" and value.lstrip("-").isdigit():
                self._advance(int(value) / 1_000_000)
            elif name == "frame" and value.strip().isdigit():
                self.outcome.frames = int(value)

    def _advance(self, seconds: float) -> None:
        if seconds > self.outcome.out_seconds:
            self.outcome.out_seconds = seconds
            self._moved = time.monotonic()

    def _check(self) -> None:
        now = time.monotonic()
        if now - self._started > self.limits.wall:
            raise EncoderFailed(f"took more than {self.limits.wall} s", stopped="time")
        if now - self._moved > self.limits.silence:
            raise EncoderFailed(f"made no progress for {self.limits.silence} s", stopped="time")

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _reap(self) -> int:
        """Wait for the process, note what it used, close our ends. Returns its exit code (negative: a signal)."""
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = code = os.waitstatus_to_exitcode(status)
        self.outcome.cpu_seconds = usage.ru_utime + usage.ru_stime
        self.outcome.wall_seconds = time.monotonic() - self._started
        self.outcome.messages = self._errors.decode("utf-8", "replace").strip()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        for fd in self.sinks:
            with contextlib.suppress(OSError):
                os.close(fd)
        return code


def _number_of(pipe: IO[bytes] | None) -> int:
    if pipe is None:
        raise ValueError("this end was not opened")
    return pipe.fileno()


def _why(code: int, messages: str) -> str:
    if code == -signal.SIGXCPU:
        return "used up its CPU time"
    name = signal.Signals(-code).name if code < 0 else f"code {code}"
    return f"ended with {name}: {messages[-1500:]}"
