"""What the schedule puts in order."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from bouquet.shared.assets.events import AssetFailed
from bouquet.shared.assets.models import Asset, Upload
from bouquet.shared.assets.tasks import sweep_asset_folders, tidy_uploads
from bouquet.shared.assets.tests.make import make_upload, ready_asset
from bouquet.shared.assets.tus import endings
from bouquet.toolkit.tasks.models import TaskRow


def filled(upload: Upload, data: bytes) -> Upload:
    upload.part_path.parent.mkdir(parents=True)
    upload.part_path.write_bytes(data)
    return upload


def test_a_whole_file_of_which_nobody_took_note_goes_on(chloe: Any) -> None:
    upload = filled(make_upload(person=chloe, size=4), b"1234")
    waiting = filled(make_upload(person=chloe, size=4), b"12")
    tidy_uploads.func()
    tidy_uploads.func()
    upload.refresh_from_db()
    waiting.refresh_from_db()
    assert upload.asset.source_path == upload.whole_path
    assert waiting.finished_at is None
    assert TaskRow.objects.filter(task__endswith="prepare_asset").count() == 1


def test_a_whole_file_whose_row_was_lost_after_the_rename_goes_on_too(chloe: Any) -> None:
    upload = make_upload(person=chloe, size=4)
    upload.whole_path.parent.mkdir(parents=True)
    upload.whole_path.write_bytes(b"1234")
    tidy_uploads.func()
    upload.refresh_from_db()
    assert upload.finished_at


def test_an_upload_that_waited_too_long_is_given_up(
    chloe: Any, django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(endings, "announce", heard.append)
    upload = filled(make_upload(person=chloe, expires_at=timezone.now() - timedelta(seconds=1)), b"12")
    with django_capture_on_commit_callbacks(execute=True):
        tidy_uploads.func()
    asset = Asset.objects.get()
    assert asset.state == Asset.State.FAILED
    assert "never arrived" in asset.reason
    assert not upload.asset.upload_folder.exists()
    assert Upload.objects.exists()  # its address still says what became of it
    assert heard == [AssetFailed(asset_id=asset.pk)]


def test_after_a_month_nothing_is_left_but_what_a_work_shows(chloe: Any, site: Any) -> None:
    old = timezone.now() - timedelta(days=31)
    make_upload(person=chloe, expires_at=old)
    shown = make_upload(person=chloe, expires_at=old)
    apps.get_model("videos.Video").objects.create(
        asset=shown.asset, site=site, kind="videos", title="Lost", author=chloe
    )
    tidy_uploads.func()
    assert list(Asset.objects.all()) == [shown.asset]
    assert not Upload.objects.exists()


def test_folders_that_no_row_knows_go_after_a_day(db: None, settings: Any) -> None:
    asset = ready_asset()
    lost, fresh, other = (settings.STREAMS_ROOT / name for name in ("1" * 22, "2" * 22, "lost+found"))
    yesterday = time.time() - 25 * 3600
    for folder in (lost, fresh, other):
        folder.mkdir(parents=True)
    for folder in (lost, other, asset.stream_folder):
        os.utime(folder, (yesterday, yesterday))
    sweep_asset_folders.func()
    assert not lost.exists()
    assert fresh.exists() and other.exists() and asset.stream_folder.exists()


def test_pictures_that_a_kill_left_without_a_row_go_after_a_day(db: None, settings: Any) -> None:
    asset = ready_asset()
    posters = settings.MEDIA_ROOT / "posters"
    named, left, fresh = (posters / f"{asset.uid}-{end}" for end in ("shown", "kiLLed", "new"))
    gone, other = posters / f"{'3' * 22}-abc", posters / "readme-3"
    Asset.objects.filter(pk=asset.pk).update(poster=named.name)
    yesterday = time.time() - 25 * 3600
    for folder in (named, left, fresh, gone, other):
        folder.mkdir(parents=True)
        if folder != fresh:
            os.utime(folder, (yesterday, yesterday))
    sweep_asset_folders.func()
    assert [each.exists() for each in (named, left, fresh, gone, other)] == [True, False, True, False, True]
