"""Long films are made in pieces: no frame is lost, doubled or moved at a seam, and a kill loses one piece at most."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from bouquet.shared.assets.actions import remove_asset
from bouquet.shared.assets.models import Asset, Step
from bouquet.shared.assets.pipeline import encode, job
from bouquet.shared.assets.pipeline.advance import advance
from bouquet.shared.assets.pipeline.cutting import Cutter
from bouquet.shared.assets.tasks import prepare_asset
from bouquet.shared.assets.tests.pipeline.made import brightness, cuts, decoded, prepared, received
from bouquet.shared.assets.tests.pipeline.samples import run
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db
SECONDS, RATE = 21, 10


@pytest.fixture(autouse=True)
def _short_pieces(settings) -> None:
    settings.VIDEO_CHUNK_SECONDS = 4


@pytest.fixture(scope="module")
def films(tmp_path_factory) -> Iterator[dict[str, Path]]:
    """Twenty-one seconds whose brightness says the time: a seam that is one frame off shows."""
    folder = tmp_path_factory.mktemp("films")
    raw = folder / "raw"
    with raw.open("wb") as file:
        for number in range(SECONDS * RATE):
            file.write(bytes([number % 25 * 9 + 16]) * (320 * 320) + bytes([128]) * (320 * 320 // 2))
    source = ["-f", "rawvideo", "-s", "320x320", "-pix_fmt", "yuv420p", "-r", str(RATE), "-i", raw]
    source += ["-f", "lavfi", "-i", f"sine=duration={SECONDS}"]
    hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=24"]
    films = {
        "film.mov": [*hevc, "-tag:v", "hvc1", "-c:a", "aac"],
        "film.ts": ["-c:v", "mpeg2video", "-g", "16", "-b:v", "2M", "-c:a", "mp2", "-f", "mpegts"],
        # Keyframes where it pleases the source: 2.2, 4.4 … and B-frames.
        "film.mp4": ["-c:v", "libx264", "-preset", "veryfast", "-g", "22", "-bf", "2", "-c:a", "aac"],
    }
    for name, options in films.items():
        run(*source, *options, folder / name)
    raw.unlink()
    yield {name: folder / name for name in films}


@pytest.mark.parametrize("name", ["film.mov", "film.ts", "film.mp4"])
def test_a_film_made_in_pieces_is_whole_on_both_sides_of_a_seam(films: dict[str, Path], name: str) -> None:
    """Frame n of the source has brightness 16 + 9 (n mod 25)."""
    asset = prepared(films[name])
    assert asset.state == Asset.State.READY, asset.reason
    rows = list(asset.renditions.filter(kind="video"))
    assert {row.name for row in rows} == ({"source", "v240"} if name == "film.mp4" else {"v320", "v240"})
    for row in rows:
        played = decoded(asset, row.name)
        assert played["frames"] == SECONDS * RATE
        steps = {
            round(later - earlier, 4) for earlier, later in zip(played["times"], played["times"][1:], strict=False)
        }
        assert steps == {1 / RATE}
        seen = brightness(asset, row.name)
        assert [n for n, value in enumerate(seen) if abs(value - (n % 25 * 9 + 16)) > 4] == []
    assert len({tuple(cuts(asset, row.name)) for row in rows}) == 1
    for row in asset.renditions.filter(kind="audio"):
        assert decoded(asset, row.name)["duration"] == pytest.approx(SECONDS, abs=0.1)


def test_pieces_are_made_by_tasks_that_take_turns(films: dict[str, Path]) -> None:
    asset = received(films["film.mov"])
    assert advance(asset.pk, "first") == "ladder"
    first = asset.renditions.get(name="v320")
    assert first.growing and first.segments == 2
    turns = 1
    while advance(asset.pk, "ladder") == "ladder":
        turns += 1
    assert turns == 1 + 4 + 3  # the sound, four more pieces of the film, three of the other rung
    first.refresh_from_db()
    assert not first.growing and first.segments == 7


class Killed(BaseException):
    """What a kill -9 looks like to the rows: nothing after it is written."""


@pytest.mark.parametrize(("name", "segments"), [("film.mov", 1), ("film.mov", 9), ("film.mp4", 7)])
def test_a_killed_worker_goes_on_where_it_stopped(films: dict[str, Path], name: str, segments: int) -> None:
    """Killed after any number of published segments; then the task runs again, as the tasks do for a dead worker."""
    asset = received(films[name])
    published = Cutter._publish
    count = [0]

    def publish(self: Cutter, length) -> None:
        published(self, length)
        count[0] += self.is_video
        if count[0] == segments:
            raise Killed

    prepare_asset.enqueue(asset.pk)
    with patch.object(Cutter, "_publish", publish), pytest.raises(Killed):
        run_all_tasks(later=True)
    done = {step.name: step.finished_at for step in asset.steps.filter(state=Step.State.DONE)}
    before = {row.name: cuts(asset, row.name) for row in asset.renditions.filter(kind="video")}

    prepare_asset.enqueue(asset.pk)  # what is running and of nobody is given to the next worker
    run_all_tasks(later=True)
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY
    for step in asset.steps.all():
        assert step.state == Step.State.DONE
        if step.name in done:
            assert step.finished_at == done[step.name], f"{step.name} was done twice"
    for row in asset.renditions.filter(kind="video"):
        assert decoded(asset, row.name)["frames"] == SECONDS * RATE
        assert cuts(asset, row.name)[: len(before.get(row.name, []))] == before.get(row.name, [])
    assert not list(asset.stream_folder.rglob(".*.part"))


def test_only_the_piece_that_was_lost_is_made_again(films: dict[str, Path]) -> None:
    asset = received(films["film.mov"])
    advance(asset.pk, "first")
    advance(asset.pk, "ladder")  # the sound
    advance(asset.pk, "ladder")
    folder = asset.stream_folder / "v320"
    made = {path.name: path.stat().st_mtime_ns for path in folder.glob("seg_*.m4s")}
    assert len(made) == 3
    with patch.object(encode, "run_ffmpeg", side_effect=Killed), pytest.raises(Killed):
        advance(asset.pk, "ladder")
    prepare_asset.enqueue(asset.pk)
    run_all_tasks(later=True)
    again = {path.name: path.stat().st_mtime_ns for path in folder.glob("seg_*.m4s")}
    assert {name: again[name] for name in made} == made


def test_two_workers_are_never_at_one_asset(films: dict[str, Path]) -> None:
    asset = received(films["film.mov"])
    with (asset.upload_folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert advance(asset.pk, "first") is None
        assert not asset.steps.exists()
    assert advance(asset.pk, "first") == "ladder"


def test_an_asset_removed_meanwhile_leaves_nothing_and_no_process(films: dict[str, Path]) -> None:
    asset = received(films["film.mov"])
    advance(asset.pk, "first")
    beat = job.Job.beat

    def remove_then_beat(self: job.Job, progress: float) -> None:
        if (found := Asset.objects.filter(pk=asset.pk).first()) is not None:
            remove_asset(found)
        beat(self, progress)

    with patch.object(job.Job, "beat", remove_then_beat):
        assert advance(asset.pk, "ladder") is None
    assert not asset.stream_folder.exists()
    assert not asset.upload_folder.exists()
