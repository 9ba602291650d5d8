"""What becomes of originals: kept, moved to another disk, dropped; and everything that asks for one afterwards."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.actions import archive_trouble, cut_asset, originals_now, remove_asset
from bouquet.shared.assets.checkups import originals as checkup_of_originals
from bouquet.shared.assets.delivery import file_address
from bouquet.shared.assets.delivery.application import application
from bouquet.shared.assets.models import Asset, Step
from bouquet.shared.assets.originals import archive as archive_module
from bouquet.shared.assets.originals import moving
from bouquet.shared.assets.originals.archive import ArchiveAway, CopyDiffers, NoRoom, copy_compared, open_archive
from bouquet.shared.assets.permissions import limits_of
from bouquet.shared.assets.personal_data import originals as exported_originals
from bouquet.shared.assets.tasks import look_after_originals
from bouquet.shared.assets.tests.caller import Caller
from bouquet.shared.assets.tests.make import make_asset, ready_asset
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db
FILM = os.urandom(1000)
get = Caller(application)


@pytest.fixture
def archive(settings: Any, tmp_path: Path) -> Path:
    """An operator who moves after ten days."""
    folder = tmp_path / "slow disk"
    folder.mkdir()
    settings.ORIGINALS_ARCHIVE, settings.ORIGINALS_MOVE_AFTER_DAYS = str(folder), 10
    settings.DISK_RESERVE_BYTES = 0
    return folder


def film(days: float = 30, **changes: Any) -> Asset:
    """Ready for so many days, with an original."""
    asset = ready_asset(size=len(FILM), **changes)
    assert asset.source_path
    asset.source_path.write_bytes(FILM)
    Asset.objects.filter(pk=asset.pk).update(ready_at=timezone.now() - timedelta(days=days))
    return Asset.objects.get(pk=asset.pk)


def sweep() -> None:
    look_after_originals.enqueue()
    run_all_tasks()


def fresh(asset: Asset) -> Asset:
    return Asset.objects.get(pk=asset.pk)


def here(asset: Asset) -> Path:
    """Where its original came."""
    return asset.upload_folder / "source"


def test_without_a_policy_originals_stay_where_they_came() -> None:
    asset = film(4000)
    sweep()
    assert fresh(asset).source_path == here(asset) and here(asset).read_bytes() == FILM


def test_an_original_is_moved_when_its_days_are_over_and_found_where_it_went(archive: Path, chloe: Person) -> None:
    old, young = film(11, owner=chloe), film(9, owner=chloe)
    sweep()
    old, young = fresh(old), fresh(young)
    assert old.source_path == archive / old.uid / "source"
    assert old.has_original and old.no_original == "" and old.source_path.read_bytes() == FILM
    assert not here(old).exists() and old.archived_at is not None and len(old.sha256) == 64
    assert young.source_path == here(young) and young.archived_at is None
    assert limits_of(chloe).used_bytes == 2 * len(FILM), "it is kept: it counts"
    assert get("GET", file_address(old, "film.mp4")).body == FILM
    assert {path for _name, path in exported_originals(chloe)} == {old.source_path, young.source_path}
    sweep()
    assert fresh(old).archived_at == old.archived_at


def test_behind_nginx_a_moved_original_has_an_address_of_its_own(archive: Path, settings: Any) -> None:
    settings.X_ACCEL = True
    asset = film()
    sweep()
    assert get("GET", file_address(asset, "a.mp4")).headers["x-accel-redirect"] == f"/archived/{asset.uid}/source"


def test_an_original_is_dropped_for_good_and_its_space_is_free(archive: Path, settings: Any, chloe: Person) -> None:
    settings.ORIGINALS_DROP_AFTER_DAYS = 100
    asset, moved_before = film(101, owner=chloe), film(50, owner=chloe)
    sweep()
    asset, moved_before = fresh(asset), fresh(moved_before)
    assert (asset.source, asset.archived_at, asset.has_original) == ("", None, False)
    assert not here(asset).exists() and not (archive / asset.uid).exists()
    assert "not kept any more" in asset.no_original
    assert moved_before.archived_at is not None
    assert limits_of(chloe).used_bytes == len(FILM)
    answer = get("GET", file_address(asset, "film.mp4"))
    assert answer.status == 404 and b"not kept any more" in answer.body
    Asset.objects.filter(pk=moved_before.pk).update(ready_at=timezone.now() - timedelta(days=101))
    sweep()
    assert fresh(moved_before).source == "" and not (archive / moved_before.uid).exists()
    assert limits_of(chloe).used_bytes == 0
    assert fresh(asset).stream_folder.joinpath("v240/init.mp4").exists(), "what plays stays"


@pytest.mark.parametrize(
    "changes", [{"state": "processing"}, {"state": "failed"}, {"kind": "image"}, {"ready_at": None}, {"source": ""}]
)
def test_only_ready_films_have_their_turn(archive: Path, settings: Any, changes: dict[str, Any]) -> None:
    settings.ORIGINALS_DROP_AFTER_DAYS = 20
    asset = film(30)
    Asset.objects.filter(pk=asset.pk).update(**changes)
    report = originals_now()
    assert (report.to_move.films, report.to_drop.films) == (0, 0)


def test_what_something_still_reads_stays_until_it_is_done(archive: Path, settings: Any, chloe: Person) -> None:
    settings.ORIGINALS_DROP_AFTER_DAYS = 20
    encoded, cut = film(15, owner=chloe), film(30, owner=chloe)
    step = Step.objects.create(asset=encoded, name="av1", state="running")
    cut_asset(cut, by=chloe, starts_at=0, ends_at=2)
    TaskRow.objects.filter(task__endswith="cut_original").update(run_after=timezone.now() + timedelta(days=1))
    sweep()
    assert here(encoded).exists() and here(cut).exists()
    Step.objects.filter(pk=step.pk).update(state="done")
    TaskRow.objects.filter(task__endswith="cut_original").delete()
    sweep()
    assert fresh(encoded).archived_at and not fresh(cut).source


def test_a_film_whose_step_was_given_up_keeps_what_it_can_be_mended_from(archive: Path, settings: Any) -> None:
    settings.ORIGINALS_DROP_AFTER_DAYS = 20
    asset, heard = film(30), film(30)
    Step.objects.create(asset=asset, name="ladder", state="failed")
    Step.objects.create(asset=heard, name="hearing", state="failed")  # listens to what plays
    report = originals_now()
    assert (report.spared.films, report.to_drop.films, report.to_move.films) == (1, 1, 1)
    sweep()
    assert fresh(asset).archived_at and not fresh(heard).source


def test_a_copy_that_a_kill_cut_short_is_gone_on_with(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "PIECE", 100)
    asset, written = film(), []
    part = archive / asset.uid / "part"
    part.parent.mkdir()
    part.write_bytes(FILM[:450])
    real = archive_module.heartbeat
    monkeypatch.setattr(archive_module, "heartbeat", lambda share: (written.append(part.stat().st_size), real(share)))
    sweep()
    assert written[0] == 400, "the piece that was being written is written again, those before it are not"
    assert (archive / asset.uid / "source").read_bytes() == FILM and not part.exists()


@pytest.mark.parametrize("rubbish", [b"x" * 450, b"x" * 5000])
def test_a_copy_that_differs_never_takes_the_place_of_the_original(
    archive: Path, rubbish: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_module, "PIECE", 100)
    asset = film()
    part = archive / asset.uid / "part"
    part.parent.mkdir()
    part.write_bytes(rubbish)
    sweep()
    if len(rubbish) < len(FILM):  # what stood there was taken for the copy's beginning, and found out
        assert here(asset).read_bytes() == FILM and fresh(asset).archived_at is None and not part.exists()
        sweep()
    assert (archive / asset.uid / "source").read_bytes() == FILM and fresh(asset).archived_at


def test_a_disk_that_forgets_what_was_written_is_found_out(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = film()
    monkeypatch.setattr(archive_module, "_digest_on_disk", lambda _path: "0" * 64)
    with pytest.raises(CopyDiffers):
        moving.move_original(asset, open_archive())
    sweep()
    assert here(asset).read_bytes() == FILM and not (archive / asset.uid).exists()


def full_before(_source: Path, making: Path) -> None:
    raise NoRoom("full")


def full_meanwhile(_source: Path, making: Path) -> str:
    making.write_bytes(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(("name", "trouble"), [("_check_room", full_before), ("_copy", full_meanwhile)])
def test_a_full_archive_harms_nothing_and_what_is_to_be_dropped_is_dropped(
    archive: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, name: str, trouble: Callable[..., Any]
) -> None:
    settings.ORIGINALS_DROP_AFTER_DAYS = 100
    first, dropped, second = film(), film(200), film()
    tried: list[Path] = []

    def counted(source: Path, making: Path) -> Any:
        tried.append(source)
        return trouble(source, making)

    monkeypatch.setattr(archive_module, name, counted)
    sweep()
    assert here(first).read_bytes() == FILM and here(second).read_bytes() == FILM
    assert [path.name for path in archive.iterdir() if not path.name.startswith(".")] == []
    assert not fresh(dropped).source
    assert tried == [here(first)], "one try a night is enough"
    monkeypatch.undo()
    sweep()
    assert fresh(first).archived_at and fresh(second).archived_at


def test_there_must_be_room_for_the_reserve(archive: Path, settings: Any) -> None:
    settings.DISK_RESERVE_BYTES = 1 << 62
    source = film().source_path
    assert source
    with pytest.raises(NoRoom):
        copy_compared(source, archive / "x" / "source")
    assert source.exists() and not (archive / "x").exists()


@pytest.mark.parametrize("how", ["gone", "empty", "another", "file"])
def test_a_disk_that_is_away_is_never_written_to_and_nothing_is_taken_for_lost(
    archive: Path, settings: Any, how: str, chloe: Person
) -> None:
    moved, waiting = film(owner=chloe), film(9, owner=chloe)
    sweep()
    aside = archive.with_name("aside")
    archive.rename(aside)
    if how in ("empty", "another"):
        archive.mkdir()
    if how == "another":
        (archive / ".bouquet").write_text("somebody else's\n")
    if how == "file":
        archive.write_text("")
    Asset.objects.filter(pk=waiting.pk).update(ready_at=timezone.now() - timedelta(days=30))
    settings.ORIGINALS_DROP_AFTER_DAYS = 25
    assert archive_trouble() and [each.level for each in checkup_of_originals()] == ["ok", "bad"]
    sweep()
    settings.ORIGINALS_DROP_AFTER_DAYS = 0
    moved, waiting = fresh(moved), fresh(waiting)
    assert moved.source and not moved.has_original and "cannot be reached" in moved.no_original
    assert not waiting.source, "what lies here is dropped in its time"
    assert get("GET", file_address(moved, "film.mp4")).status == 404
    assert not archive.is_dir() or not list(archive.glob("?" * 22))
    if archive.is_dir():
        [each.unlink() for each in archive.iterdir()]
        archive.rmdir()
    else:
        archive.unlink(missing_ok=True)
    aside.rename(archive)
    assert fresh(moved).has_original and archive_trouble() == ""


def test_a_cut_of_a_film_whose_original_is_away_or_gone_ends_with_a_sentence(
    archive: Path, settings: Any, chloe: Person
) -> None:
    away, gone = film(owner=chloe), film(owner=chloe)
    sweep()
    archive.rename(archive.with_name("aside"))
    moving.drop_original(fresh(gone))
    assert fresh(gone).source, "it cannot be removed now, so it is not said to be"
    Asset.objects.filter(pk=gone.pk).update(source="", archived_at=None)
    cuts = [cut_asset(fresh(former), by=chloe, starts_at=0, ends_at=2) for former in (away, gone)]
    run_all_tasks()
    assert [fresh(cut).state for cut in cuts] == ["failed", "failed"]
    assert "cannot be reached" in fresh(cuts[0]).reason
    assert "not there any more" in fresh(cuts[1]).reason


def test_what_a_kill_left_behind_goes_with_the_next_sweep(archive: Path, settings: Any) -> None:
    moved, dropped, removed = film(), film(), film()
    sweep()
    here(moved).write_bytes(FILM)  # killed between the row and the file
    Asset.objects.filter(pk=dropped.pk).update(source="", archived_at=None)
    remove_row = fresh(removed)
    folder = archive / removed.uid
    Asset.objects.filter(pk=remove_row.pk).delete()
    for each in (folder, archive / dropped.uid):
        os.utime(each, (0, 0))
    (archive / "holiday").mkdir()
    os.utime(archive / "holiday", (0, 0))
    sweep()
    assert not here(moved).exists() and fresh(moved).has_original
    assert not (archive / dropped.uid).exists() and not folder.exists()
    assert (archive / "holiday").exists(), "what has another name is none of our business"


def test_a_database_from_before_the_move_finds_its_originals_again(archive: Path) -> None:
    asset = film()
    sweep()
    Asset.objects.filter(pk=asset.pk).update(archived_at=None, sha256="")
    assert not fresh(asset).has_original
    os.utime(archive / asset.uid, (0, 0))
    sweep()
    assert fresh(asset).has_original and fresh(asset).archived_at


def test_the_only_copy_is_never_swept(archive: Path) -> None:
    asset = film()
    Asset.objects.filter(pk=asset.pk).update(archived_at=timezone.now())  # a row that is wrong
    open_archive_or_none = archive / ".bouquet"
    assert not open_archive_or_none.exists()
    assert moving.sweep_what_was_left() == 0
    assert here(asset).read_bytes() == FILM


def test_a_film_that_goes_takes_its_moved_original_along(
    archive: Path, django_capture_on_commit_callbacks: Any
) -> None:
    asset = film()
    sweep()
    with django_capture_on_commit_callbacks(execute=True):
        remove_asset(fresh(asset))
    assert not (archive / asset.uid).exists()


def test_a_film_that_goes_while_it_is_copied_leaves_nothing(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = film()
    real = archive_module._copy

    def copy_and_go(source: Path, making: Path) -> str:
        digest = real(source, making)
        Asset.objects.filter(pk=asset.pk).delete()
        return digest

    monkeypatch.setattr(archive_module, "_copy", copy_and_go)
    sweep()
    assert not (archive / asset.uid).exists()


def test_an_encoding_ordered_while_it_is_copied_keeps_the_original_here(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = film()
    real = archive_module._copy

    def copy_and_order(source: Path, making: Path) -> str:
        Step.objects.create(asset=asset, name="av1")
        return real(source, making)

    monkeypatch.setattr(archive_module, "_copy", copy_and_order)
    sweep()
    assert here(asset).exists() and fresh(asset).archived_at is None and not (archive / asset.uid).exists()


def test_two_sweeps_at_once_do_not_write_one_copy(archive: Path) -> None:
    asset = film()
    with archive_module.alone_in(open_archive()), pytest.raises(ArchiveAway):
        moving.move_original(asset, archive)
    assert here(asset).exists()


def test_each_film_is_a_task_of_its_own_and_others_work_goes_between(archive: Path) -> None:
    assets = [film() for _ in range(3)]
    look_after_originals.enqueue()
    run_all_tasks()
    done = TaskRow.objects.filter(task__endswith="tend_original", state="done").order_by("finished_at")
    assert [row.result for row in done] == [*[asset.pk for asset in assets], None]
    assert {(row.lane, row.priority) for row in done} == {("extras", -30)}


def test_the_report_counts_in_few_queries(
    archive: Path, settings: Any, django_assert_num_queries: Any, chloe: Person
) -> None:
    settings.ORIGINALS_DROP_AFTER_DAYS = 100
    film(20), film(200), film(1)
    make_asset(owner=chloe)
    with django_assert_num_queries(7):
        report = originals_now()
    assert (report.here.films, report.here.bytes) == (3, 3 * len(FILM))
    assert (report.to_move.films, report.to_drop.films, report.gone) == (1, 1, 0)


def test_doctor_says_when_moving_frees_nothing(archive: Path) -> None:
    assert [each.level for each in checkup_of_originals()] == ["warn"]
    open_archive()
    assert "same disk" in next(iter(checkup_of_originals())).text
