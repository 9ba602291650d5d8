"""Several workers at one film: every piece by one of them, in its place once, whoever dies in between."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from bouquet.shared.assets.ffmpeg import EncoderFailed
from bouquet.shared.assets.models import Asset, Piece, Step
from bouquet.shared.assets.pipeline import Owner, advance, splice
from bouquet.shared.assets.pipeline.claims import Lost, claim_piece, folder_of, give_back, note_made
from bouquet.shared.assets.pipeline.sharing import _move_on
from bouquet.shared.assets.tasks import encode_ladder, prepare_asset
from bouquet.shared.assets.tests.pipeline.made import brightness, decoded, prepared, received
from bouquet.shared.assets.tests.pipeline.samples import run
from bouquet.toolkit.tasks.models import TaskRow, WorkerRow
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db
SECONDS, RATE = 17, 10
LADDER = ["film", "ladder"]


@pytest.fixture(autouse=True)
def _short_pieces(settings) -> None:  # type: ignore[no-untyped-def]
    settings.VIDEO_CHUNK_SECONDS = 4


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Seventeen seconds of HEVC with a tone that changes: it must be encoded, in five pieces."""
    path = tmp_path_factory.mktemp("film") / "film.mov"
    picture = f"testsrc2=size=320x320:rate={RATE}:duration={SECONDS}"
    sound = f"aevalsrc='0.3*sin(2*PI*(200+20*t)*t)|0.2*sin(2*PI*300*t)':s=48000:d={SECONDS}"
    hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=24", "-tag:v", "hvc1"]
    run("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, *hevc, "-pix_fmt", "yuv420p", "-c:a", "aac", path)
    yield path


def living_task(name: str = "one") -> Owner:
    """A task that a living worker runs."""
    WorkerRow.objects.get_or_create(name=name, defaults={"place": "here", "pid": 1, "born": ""})
    row = TaskRow.objects.create(
        task="elsewhere", lane="ladder", urgency=2, timeout=60, state="running", worker=name, attempts=1
    )
    return Owner(str(row.pk), 1)


def begun(film: Path) -> Asset:
    asset = received(film)
    assert advance(asset.pk, "first") == "ladder"
    asset.refresh_from_db()
    assert _move_on(asset, "ladder") == "ladder"
    return asset


def test_the_frames_times_and_sound_are_those_of_a_single_pass(film: Path, settings) -> None:  # type: ignore[no-untyped-def]
    pieces = prepared(film)
    settings.VIDEO_CHUNK_SECONDS = 1000
    whole = prepared(film)
    for name in ("v320", "v240"):
        one, other = decoded(pieces, name), decoded(whole, name)
        assert (one["frames"], one["times"]) == (other["frames"], other["times"])
        assert one["frames"] == SECONDS * RATE
        beside = zip(brightness(pieces, name), brightness(whole, name), strict=True)
        assert max(abs(a - b) for a, b in beside) < 2
    one, other = (
        [path.read_bytes() for path in sorted((each.stream_folder / "audio").glob("seg*"))] for each in (pieces, whole)
    )
    assert one == other and len(one) > 3, "sound is encoded once, from its start to its end"


def test_what_a_living_worker_encodes_is_not_taken_and_what_a_dead_one_had_is(film: Path) -> None:
    asset = begun(film)
    first = claim_piece(asset, LADDER, living_task("one"))
    second = claim_piece(asset, LADDER, living_task("two"))
    assert first and second and (first.step, first.is_sound) == ("film", True)
    assert (second.step, second.number) == ("film", 1)
    WorkerRow.objects.get(name="one").delete()  # what the other workers do with a dead one
    again = claim_piece(asset, LADDER, living_task("three"))
    assert again and again.pk == first.pk and again.attempts == 2 and again.token != first.token


def test_a_task_that_was_stopped_and_starts_again_takes_up_its_own(film: Path) -> None:
    asset, owner = begun(film), living_task()
    first = claim_piece(asset, LADDER, owner)
    again = claim_piece(asset, LADDER, owner)
    assert first and again and first.pk == again.pk


def test_no_more_pieces_at_once_than_is_set(film: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.VIDEO_PIECES_AT_ONCE = 2
    asset = begun(film)
    assert [bool(claim_piece(asset, LADDER, living_task())) for _ in range(3)] == [True, True, False]


def test_pieces_that_end_in_any_order_are_published_in_the_films(film: Path) -> None:
    asset = begun(film)
    held = [claim_piece(asset, LADDER, living_task(name)) for name in ("sound", "next")]
    assert advance(asset.pk, "ladder", living_task("third")) == "ladder"  # film 2 is made while film 1 is not
    assert asset.pieces.get(step="film", number=2).state == Piece.State.MADE
    assert asset.renditions.get(name="v320").segments == 2
    for piece in held:
        assert piece is not None
        give_back(piece, counted=False)
    prepare_asset.enqueue(asset.pk)
    run_all_tasks(later=True)
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY, asset.reason
    assert decoded(asset, "v320")["frames"] == decoded(asset, "v240")["frames"] == SECONDS * RATE
    assert not asset.pieces.exists() and not (asset.stream_folder / ".pieces").exists()


def test_what_a_worker_made_that_was_thought_dead_counts_for_nothing(film: Path) -> None:
    asset = begun(film)
    slow = claim_piece(asset, LADDER, Owner())
    folder = folder_of(asset, slow)
    folder.mkdir(parents=True)
    other = claim_piece(asset, LADDER, Owner())
    assert slow and other and slow.pk == other.pk
    assert not folder.exists()
    with pytest.raises(Lost):
        note_made(slow, {})
    other.refresh_from_db()
    assert other.state == Piece.State.RUNNING


class Killed(BaseException):
    """What a kill -9 looks like to the rows."""


@pytest.mark.parametrize("moves", [1, 4])
def test_killed_while_pieces_are_put_in_their_place(film: Path, moves: int) -> None:
    asset = begun(film)
    assert advance(asset.pk, "ladder") == "ladder"  # the sound
    replace, count = os.replace, [0]

    def moved(*paths: object) -> None:
        replace(*paths)  # type: ignore[arg-type]
        count[0] += 1
        if count[0] == moves:
            raise Killed

    with patch.object(splice.os, "replace", moved), pytest.raises(Killed):
        while True:
            advance(asset.pk, "ladder")
    prepare_asset.enqueue(asset.pk)
    run_all_tasks(later=True)
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY, asset.reason
    assert decoded(asset, "v320")["frames"] == decoded(asset, "v240")["frames"] == SECONDS * RATE


def test_a_film_shorter_than_it_says_ends_where_it_ends(film: Path) -> None:
    asset = received(film)
    from bouquet.shared.assets.pipeline import steps

    note_facts = steps.STEPS[0].make

    def exaggerated(job) -> None:  # type: ignore[no-untyped-def]
        assert note_facts is not None
        note_facts(job)
        job.asset.facts["probe"]["duration"] = 40.0
        job.asset.save(update_fields=["facts"])

    kinds = (steps.StepKind("probe", "first", exaggerated), *steps.STEPS[1:])
    with patch.object(steps, "STEPS", kinds):
        prepare_asset.enqueue(asset.pk)
        run_all_tasks(later=True)
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY, asset.reason
    for name in ("v320", "v240"):
        assert decoded(asset, name)["frames"] == SECONDS * RATE


def test_a_piece_that_cannot_be_made_leaves_what_plays(film: Path) -> None:
    from bouquet.shared.assets.pipeline import ladder

    asset = received(film)
    broken = EncoderFailed("no", code=1)
    with patch.object(ladder, "encode_chunk", side_effect=broken):
        prepare_asset.enqueue(asset.pk)
        run_all_tasks(later=True)
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY
    assert asset.steps.get(name="ladder").state == Step.State.FAILED
    assert [row.name for row in asset.renditions.filter(kind="video")] == ["v320"]
    assert not asset.pieces.exists()
    assert not (asset.stream_folder / ".pieces").exists()


def test_a_long_film_calls_other_tasks_to_help(film: Path) -> None:
    asset = received(film)
    advance(asset.pk, "first")
    called: list[int] = []
    advance(asset.pk, "ladder", living_task(), called.append)
    assert called == [asset.pieces.count() - 1]
    encode_ladder.enqueue(asset.pk)
    run_all_tasks(later=True)
    assert Asset.objects.get(pk=asset.pk).state == Asset.State.READY


def test_films_take_turns(film: Path) -> None:
    """No film's seat comes twice before every other waiting film's came once."""
    assets = [begun(film) for _ in range(2)]
    for asset in assets:
        encode_ladder.enqueue(asset.pk)
    order: list[int] = []
    from bouquet.shared.assets import tasks

    real = tasks.advance

    def noted(asset_id: int, lane: str, *more: object) -> str | None:
        if lane == "ladder":
            order.append(asset_id)
        return real(asset_id, lane, *more)  # type: ignore[arg-type]

    with patch.object(tasks, "advance", noted):
        run_all_tasks(later=False)
    first, second = (asset.pk for asset in assets)
    assert order.index(second) <= 1
    assert abs(order[:8].count(first) - order[:8].count(second)) <= 2
