"""A film goes to the object store, and comes back: whole, once, and through a kill at any point."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.actions import (
    StoreRefused,
    cut_asset,
    order_back,
    order_there,
    remove_asset,
    store_faults,
    store_now,
    whole_sound,
)
from bouquet.shared.assets.models import Asset, Rendition, Step
from bouquet.shared.assets.personal_data import originals as exported_originals
from bouquet.shared.assets.pipeline.job import FilesAway, Job
from bouquet.shared.assets.store import bucket as bucket_module
from bouquet.shared.assets.store import moving, sending
from bouquet.shared.assets.store.bucket import Bucket, StoreAway, Stored
from bouquet.shared.assets.store.moving import StoreForgets, store_film
from bouquet.shared.assets.store.opening import open_bucket
from bouquet.shared.assets.tasks import clear_what_is_stored, look_after_originals, sweep_store
from bouquet.shared.assets.tests.store.make import ORIGINAL, SEGMENT, film, fresh, here, keep, there
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


class Pulled(BaseException):
    """The plug."""


def test_a_film_that_is_ready_goes_there_with_all_that_it_has(bucket: Bucket, settings: Any) -> None:
    asset, making = film(), film(state="processing")
    before = here(asset)
    keep()
    moved = fresh(asset)
    assert there(bucket, asset) == sorted([*before, f"streams/{asset.uid}/audio/whole.m4a"])
    assert moved.stored_at and moved.original_stored_at and len(moved.sha256) == 64
    assert here(asset) == [] and not asset.stream_folder.exists()
    assert moved.has_original and moved.no_original == ""
    assert whole_sound(moved) == "audio/whole.m4a" and moved.facts["whole_sound"] == len(b"ftypsound")
    assert fresh(making).stored_at is None and there(bucket, making) == [], "what is being made stays here"
    segment = bucket.get(f"streams/{asset.uid}/v240/seg-00000.m4s")
    assert (segment["Body"].read(), segment["ContentType"]) == (SEGMENT, "video/iso.segment")
    assert "immutable" in segment["CacheControl"]
    assert bucket.get(f"streams/{asset.uid}/master.m3u8")["CacheControl"] == "public, max-age=1"
    assert list(store_faults()) == []


@pytest.mark.parametrize("hours", [24, -1])
def test_films_wait_for_their_hour_or_for_the_operators_word(bucket: Bucket, settings: Any, hours: int) -> None:
    settings.OBJECT_STORE_AFTER_HOURS = hours
    young, old = film(), film()
    Asset.objects.filter(pk=old.pk).update(ready_at=timezone.now() - timedelta(hours=25))
    assert store_now().due.films == (1 if hours > 0 else 0)
    keep()
    assert fresh(young).stored_at is None and bool(fresh(old).stored_at) is (hours > 0)
    order_there()
    run_all_tasks()
    assert fresh(young).stored_at and fresh(old).stored_at


@pytest.mark.parametrize("after", ["some", "all", "the row"])
def test_a_kill_at_any_point_loses_nothing_and_nothing_is_sent_twice(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    asset, sent, put = film(), [], Bucket.put
    monkeypatch.setattr(sending, "AT_ONCE", 1)
    kills = after == "some"

    def put_or_pull(self: Bucket, key: str, data: bytes, **facts: str) -> str:
        if kills and len(sent) == 3:
            raise Pulled
        sent.append(key)
        return put(self, key, data, **facts)

    def pull(*_: Any) -> None:
        raise Pulled

    monkeypatch.setattr(Bucket, "put", put_or_pull)
    open_bucket()
    if not kills:
        monkeypatch.setattr(moving, {"all": "_note", "the row": "_remove_here"}[after], pull)
    with pytest.raises(Pulled):
        store_film(asset, bucket)
    assert (asset.stream_folder / "v240/seg-00000.m4s").read_bytes() == SEGMENT
    assert bool(fresh(asset).stored_at) is (after == "the row")
    monkeypatch.undo()
    monkeypatch.setattr(Bucket, "put", put_or_pull)
    kills = False
    for path in asset.stream_folder.rglob("*"):
        os.utime(path, (0, 0))
    for path in (asset.upload_folder / "source", *moving.poster_folder(asset).iterdir()):
        os.utime(path, (0, 0))
    keep()
    clear_what_is_stored.enqueue()
    run_all_tasks()
    assert here(asset) == [] and fresh(asset).stored_at
    assert len(sent) == len(set(sent)), "nothing was sent twice"
    assert list(store_faults()) == []


def test_a_large_file_goes_in_parts_and_goes_on_where_a_kill_came(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "WHOLE", 5 * 1024 * 1024)  # the least that S3 takes as a part
    data = os.urandom(12 * 1024 * 1024)
    asset, sent, put = film(), [], Bucket.put_part
    (asset.upload_folder / "source").write_bytes(data)
    Asset.objects.filter(pk=asset.pk).update(size=len(data))

    def put_or_pull(self: Bucket, key: str, upload: str, number: int, part: bytes) -> str:
        if number == 3 and 3 not in sent:
            sent.append(3)
            raise Pulled
        sent.append(number)
        return put(self, key, upload, number, part)

    monkeypatch.setattr(Bucket, "put_part", put_or_pull)
    with pytest.raises(Pulled):
        store_film(fresh(asset), open_bucket())
    keep()
    assert sent == [1, 2, 3, 3] and fresh(asset).original_stored_at
    assert not (asset.upload_folder / "source").exists()
    assert list(store_faults()) == []
    assert Job(fresh(asset), Step(asset=asset, name="av1")).source.read_bytes() == data


def test_what_the_store_does_not_list_is_not_removed_here(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    asset, real = film(), Bucket.list

    def forgetful(self: Bucket, prefix: str) -> Any:
        return (
            each if ".m4s" not in each.key else Stored(each.key, each.size, "0" * 32) for each in real(self, prefix)
        )

    monkeypatch.setattr(Bucket, "list", forgetful)
    with pytest.raises(StoreForgets):
        store_film(asset, open_bucket())
    keep()
    assert fresh(asset).stored_at is None and (asset.stream_folder / "v240/seg-00000.m4s").exists()


def test_what_is_worked_on_or_ordered_meanwhile_stays_here(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, chloe: Person
) -> None:
    encoded, cut, ordered = film(), film(), film()
    Step.objects.create(asset=encoded, name="av1", state="running")
    cut_asset(cut, by=chloe, starts_at=0, ends_at=2)
    real = moving._send

    def send_and_order(store: Bucket, asset: Asset, files: Any) -> Any:
        Step.objects.create(asset=asset, name="hearing")
        return real(store, asset, files)

    monkeypatch.setattr(moving, "_send", send_and_order)
    for asset in (encoded, cut, ordered):
        assert store_film(asset, open_bucket()) is False
        assert fresh(asset).stored_at is None and here(asset)


def test_what_needs_a_file_finds_it_again_and_the_sweep_sends_what_was_made(bucket: Bucket) -> None:
    asset = film()
    keep()
    step = Step.objects.create(asset=asset, name="av1", state="running")
    job = Job(fresh(asset), step)
    assert job.source.read_bytes() == ORIGINAL
    assert job.rung("audio").duration == 4.0 and (asset.stream_folder / "audio/seg_00001.m4s").exists()
    assert job.rung("av1-240").cuts == []
    (asset.stream_folder / "av1-240").mkdir()
    (asset.stream_folder / "av1-240/seg_00001.m4s").write_bytes(b"better")
    Rendition.objects.create(asset=asset, name="av1-240", kind="video", codecs="av01", segments=1, size=6)
    (asset.stream_folder / "av1-240/index.m3u8").write_text("#EXTM3U\n")
    (asset.stream_folder / "av1-240/init.mp4").write_bytes(b"ftyp")
    sweep(asset)
    assert here(asset), "it is worked on"
    assert list(store_faults()) == [], "what is on its way is not missing"
    Step.objects.filter(pk=step.pk).update(state="done")
    sweep(asset)
    assert here(asset) == [] and f"streams/{asset.uid}/av1-240/seg_00001.m4s" in there(bucket, asset)
    assert list(store_faults()) == []


def sweep(asset: Asset) -> None:
    """An hour later."""
    for folder in (asset.stream_folder, asset.upload_folder):
        for path in folder.rglob("*") if folder.is_dir() else ():
            os.utime(path, (0, 0))
    clear_what_is_stored.enqueue()
    run_all_tasks()


def test_a_database_from_before_the_move_finds_its_films_again(bucket: Bucket) -> None:
    asset, lost = film(), film()
    keep()
    for each in (asset, lost):
        Asset.objects.filter(pk=each.pk).update(stored_at=None, original_stored_at=None, facts={}, sha256="")
    for key in there(bucket, lost):
        bucket.delete(key)
    keep()
    found = fresh(asset)
    assert found.stored_at and found.has_original and found.facts["whole_sound"] == len(b"ftypsound")
    assert fresh(lost).stored_at is None, "what is nowhere is not said to be there"


def test_a_persons_copy_of_their_data_has_originals_that_are_there(bucket: Bucket, chloe: Person) -> None:
    asset = film(owner=chloe)
    keep()
    assert [path.read_bytes() for _name, path in exported_originals(chloe)] == [ORIGINAL]
    assert here(asset) == [], "it was borrowed"


def test_a_film_that_goes_leaves_nothing_there(bucket: Bucket) -> None:
    asset, other = film(), film()
    keep()
    remove_asset(fresh(asset))
    run_all_tasks()
    assert there(bucket, asset) == [] and there(bucket, other)


def test_the_sweep_removes_objects_of_films_that_are_gone_and_no_others(bucket: Bucket) -> None:
    gone, dropped, kept = film(), film(), film()
    keep()
    Asset.objects.filter(pk=gone.pk).delete()  # a kill came before the order to forget it
    Asset.objects.filter(pk=dropped.pk).update(source="", poster="")
    bucket.put("holiday/picture.jpg", b"somebody's")
    sweep_store.enqueue()
    run_all_tasks()
    assert there(bucket, gone) == [] and bucket.get("holiday/picture.jpg")
    assert {key.partition("/")[0] for key in there(bucket, dropped)} == {"streams"}
    assert {key.partition("/")[0] for key in there(bucket, kept)} == {"streams", "posters", "originals"}


def test_an_original_that_the_policy_drops_goes_there_too(bucket: Bucket, settings: Any) -> None:
    asset = film()
    keep()
    settings.ORIGINALS_DROP_AFTER_DAYS = 10
    Asset.objects.filter(pk=asset.pk).update(ready_at=timezone.now() - timedelta(days=11))
    look_after_originals.enqueue()
    run_all_tasks()
    assert not fresh(asset).has_original and f"originals/{asset.uid}/source" not in there(bucket, asset)
    assert fresh(asset).stored_at, "what plays stays"


def test_with_an_archive_originals_are_its_own(bucket: Bucket, settings: Any, tmp_path: Path) -> None:
    settings.ORIGINALS_ARCHIVE, settings.ORIGINALS_MOVE_AFTER_DAYS = str(tmp_path), 10
    asset = film()
    keep()
    assert here(asset) == [] and fresh(asset).stored_at and fresh(asset).original_stored_at is None
    assert (asset.upload_folder / "source").read_bytes() == ORIGINAL


def test_every_film_comes_back_and_nothing_stays_there(
    bucket: Bucket, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    films = [film(), film()]
    before = [here(each) for each in films]
    keep()
    delete, calls = Bucket.delete, []

    def delete_or_pull(self: Bucket, key: str) -> None:
        calls.append(key)
        if len(calls) == 3:
            raise StoreAway("it went away")
        delete(self, key)

    monkeypatch.setattr(Bucket, "delete", delete_or_pull)
    with pytest.raises(StoreRefused, match="AFTER_HOURS"):
        order_back()
    settings.OBJECT_STORE_AFTER_HOURS = -1
    order_back()
    with pytest.raises(StoreAway):
        run_all_tasks()
    TaskRow.objects.update(run_after=timezone.now())
    run_all_tasks()
    for asset, files in zip(films, before, strict=True):
        assert set(files) <= set(here(asset)) and there(bucket, asset) == []
        assert fresh(asset).stored_at is None and fresh(asset).original_stored_at is None
        assert (asset.stream_folder / "v240/seg-00000.m4s").read_bytes() == SEGMENT
        assert (asset.upload_folder / "source").read_bytes() == ORIGINAL


def test_a_store_that_is_away_costs_nothing_and_no_try(bucket: Bucket, settings: Any) -> None:
    asset = film()
    keep()
    waiting = film()
    settings.OBJECT_STORE = settings.OBJECT_STORE | {"endpoint": "http://127.0.0.1:9"}
    keep()
    assert here(waiting) and fresh(waiting).stored_at is None
    with pytest.raises(FilesAway):
        _source = Job(fresh(asset), Step(asset=asset, name="av1")).source
    settings.OBJECT_STORE = {}
    assert not fresh(asset).has_original and "cannot be reached" in fresh(asset).no_original


def test_a_bucket_is_one_networks_alone(bucket: Bucket, settings: Any) -> None:
    bucket.put(".bouquet", b"somebody else's\n")
    asset = film()
    keep()
    assert here(asset) and there(bucket, asset) == []
    with pytest.raises(StoreAway, match="another network"):
        open_bucket()


def test_the_check_names_what_is_missing(bucket: Bucket) -> None:
    asset, whole = film(), film()
    keep()
    bucket.delete(f"streams/{asset.uid}/v240/seg-00000.m4s")
    bucket.delete(f"streams/{asset.uid}/audio/init.mp4")
    bucket.put(f"originals/{asset.uid}/source", b"short")
    found = {(fault.asset.pk, fault.what) for fault in store_faults()}
    assert found == {
        (asset.pk, "1 of 1 segments of v240"),
        (asset.pk, "audio/init.mp4"),
        (asset.pk, f"its original has 5 bytes, not {len(ORIGINAL)}"),
    }
    assert whole.pk not in {pk for pk, _what in found}


def test_the_report_counts_in_few_queries(bucket: Bucket, django_assert_num_queries: Any) -> None:
    film()
    keep()
    film(), film(state="processing")
    with django_assert_num_queries(9):
        report = store_now()
    assert (report.here.films, report.there.films, report.due.films) == (1, 1, 1)
    assert report.there.bytes == len(SEGMENT) + len(b"sound") + len(ORIGINAL)
    assert bucket_module.QUIET_SECONDS < 5
