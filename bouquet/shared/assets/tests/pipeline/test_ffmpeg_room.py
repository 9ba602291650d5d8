"""The room that runs ffmpeg: found, limited, and never left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from bouquet.shared.assets.ffmpeg import (
    EncoderFailed,
    Limits,
    binaries,
    ffmpeg_path,
    ffprobe_path,
    input_arguments,
    run_ffmpeg,
    run_ffprobe,
    version_of,
)
from bouquet.shared.assets.ffmpeg.run import DEMUXERS
from bouquet.shared.assets.pipeline.trouble import most_attempts
from bouquet.shared.assets.tests.pipeline.samples import sample

FOR_EVER = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-f", "rawvideo"]


def test_both_programs_are_there_and_recent() -> None:
    for path in (ffmpeg_path(), ffprobe_path()):
        assert int(version_of(path).lstrip("n").split(".")[0]) >= 6


def test_no_demuxer_that_follows_an_address_is_allowed() -> None:
    following = {"hls", "dash", "concat", "image2", "image2pipe", "sdp", "rtsp", "rtp", "tty", "webvtt", "lavfi", "imf"}
    assert not following & {name for each in DEMUXERS for name in each.split(",")}
    words = input_arguments(Path("/x"), "mov")
    assert words[words.index("-protocol_whitelist") + 1] == "file"
    assert words[words.index("-format_whitelist") + 1] == ",".join(DEMUXERS)


@pytest.mark.parametrize("demuxer", ["hls", "concat", "image2", "dash", "webvtt"])
def test_a_demuxer_that_is_not_on_the_list_is_refused_even_if_it_is_asked_for(tmp_path: Path, demuxer: str) -> None:
    path = tmp_path / "list"
    path.write_text("#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n")
    with pytest.raises(EncoderFailed):
        run_ffprobe(path, demuxer, ["-show_format"], limits=Limits())


def test_it_cannot_write_a_file(tmp_path: Path) -> None:
    there = str(tmp_path / "x.ts")
    words = [*input_arguments(sample("plain.mp4"), "mov"), "-c", "copy", "-f", "mpegts", there]
    with pytest.raises(EncoderFailed):
        run_ffmpeg(lambda pipes: words, [], limits=Limits())
    assert not (tmp_path / "x.ts").exists() or (tmp_path / "x.ts").stat().st_size == 0


@pytest.mark.parametrize(
    ("limits", "stopped"),
    [
        (Limits(cpu=1, wall=60, output=10**12), ""),
        (Limits(wall=1, output=10**12), "time"),
        (Limits(output=1_000_000), "output"),
    ],
)
def test_it_is_stopped_at_its_limits(limits: Limits, stopped: str) -> None:
    before = _children()
    with pytest.raises(EncoderFailed) as failed:
        run_ffmpeg(lambda pipes: [*FOR_EVER, pipes[0]], [lambda data: None], limits=limits)
    assert failed.value.stopped == stopped
    assert _children() == before


def test_it_is_stopped_when_memory_runs_out() -> None:
    with pytest.raises(EncoderFailed):
        run_ffmpeg(lambda pipes: [*FOR_EVER, pipes[0]], [lambda data: None], limits=Limits(memory=64 * 1024 * 1024))


def test_an_error_of_ours_stops_it_at_once() -> None:
    def refuse(data: bytes) -> None:
        raise LookupError("enough")

    before = _children()
    with pytest.raises(LookupError):
        run_ffmpeg(lambda pipes: [*FOR_EVER, pipes[0]], [refuse], limits=Limits())
    assert _children() == before


def test_it_dies_with_its_worker() -> None:
    """kill -9 of the worker: no ffmpeg may go on encoding for nobody."""
    script = (
        "from django.conf import settings; settings.configure(FFMPEG='', FFPROBE='');"
        "from bouquet.shared.assets.ffmpeg import run_ffmpeg, Limits;"
        f"run_ffmpeg(lambda pipes: {FOR_EVER!r} + pipes, [lambda data: None], limits=Limits())"
    )
    worker = subprocess.Popen([sys.executable, "-c", script], cwd=settings.ROOT)
    deadline = time.monotonic() + 30
    while not (encoders := _children(worker.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert encoders
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    while any(_alive(pid) for pid in encoders) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_alive(pid) for pid in encoders)


def test_its_cpu_time_is_known() -> None:
    outcome = run_ffmpeg(
        lambda pipes: [*input_arguments(sample("plain.mp4"), "mov"), "-c:v", "libx264", "-f", "mpegts", pipes[0]],
        [lambda data: None],
        limits=Limits(),
    )
    assert 0.05 < outcome.cpu_seconds < 60
    assert outcome.out_seconds == pytest.approx(6, abs=0.2)


def _children(pid: int | None = None) -> set[int]:
    parent = pid or os.getpid()
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.add(int(folder.name))
    return found


def _alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_program_that_was_killed_while_it_was_asked_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a worker would believe for as long as it lives that there is no ffmpeg, and fail every film at once."""
    program, times = tmp_path / "ffmpeg", tmp_path / "times"
    program.write_text(f'#!/bin/sh\necho x >> {times}\n[ "$(wc -l < {times})" -gt 1 ] || kill -9 $$\n'
                       'echo "ffmpeg version 9.0"\necho " V libx264 H.264"\n')  # fmt: skip
    program.chmod(0o755)
    assert binaries.version_of(str(program)) == "9.0"
    times.unlink()
    monkeypatch.setattr(binaries, "ffmpeg_path", lambda: str(program))
    binaries.has_encoder.cache_clear()
    assert binaries.has_encoder("libx264") and not binaries.has_encoder("libx999")
    binaries.has_encoder.cache_clear()


def test_one_that_is_killed_each_time_is_not_remembered_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nkill -9 $$\n")
    program.chmod(0o755)
    monkeypatch.setattr(binaries, "ffmpeg_path", lambda: str(program))
    binaries.has_filter.cache_clear()
    with pytest.raises(binaries.NoEncoder):
        binaries.has_filter("zscale")
    program.write_text('#!/bin/sh\necho " .. zscale V->V"\n')
    assert binaries.has_filter("zscale")
    binaries.has_filter.cache_clear()


@pytest.mark.parametrize(("code", "tries"), [(-9, 8), (-11, 4), (0, 4)])
def test_an_encoder_that_somebody_killed_is_tried_as_often_as_a_worker(code: int, tries: int) -> None:
    assert most_attempts(EncoderFailed("ended", code=code)) == tries
