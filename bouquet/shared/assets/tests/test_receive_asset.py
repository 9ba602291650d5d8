"""Limits are clear before the first byte."""

from __future__ import annotations

from collections import namedtuple
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bouquet.shared.accounts.actions import issue_token
from bouquet.shared.assets import permissions
from bouquet.shared.assets.actions import UploadRefused, receive_asset, remove_asset
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tests.make import make_asset, make_upload, ready_asset

GB = 1024**3


def refusal(owner: Any, size: int, site: Any) -> UploadRefused:
    with pytest.raises(UploadRefused) as refused:
        receive_asset("video", owner=owner, filename="film.mp4", size=size, site=site)
    assert not Asset.objects.filter(size=size).exists()
    return refused.value


def test_an_upload_waits_at_an_address_that_nobody_guesses(chloe: Any, site: Any) -> None:
    asset = receive_asset("video", owner=chloe, filename="film.mp4", size=10, site=site)
    assert asset.public_state == "waiting"
    assert asset.progress == 0
    assert asset.upload.path == f"/tus/{asset.upload.uid}"
    assert len(asset.upload.uid) == 22
    assert asset.upload.uid != asset.uid


def test_an_empty_file_is_refused(chloe: Any, site: Any) -> None:
    refused = refusal(chloe, 0, site)
    assert (refused.status, refused.reason) == (422, "This file is empty: it has no bytes to send.")


def test_who_works_for_the_group_may_send_larger_files(chloe: Any, ada: Any, site: Any, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES, settings.UPLOAD_STAFF_MAX_BYTES = 5000, 9000
    refused = refusal(chloe, 6000, site)
    assert refused.status == 413
    assert "4.9\xa0KB" in refused.reason
    receive_asset("video", owner=ada, filename="film.mp4", size=6000, site=site)


def test_the_quota_counts_kept_originals_and_what_is_promised(chloe: Any, site: Any, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = 1000
    ready_asset(owner=chloe, size=300)
    make_upload(person=chloe, size=300)
    assert refusal(chloe, 401, site).status == 413
    receive_asset("video", owner=chloe, filename="film.mp4", size=400, site=site)


def test_the_quota_forgets_what_is_gone_failed_or_expired(chloe: Any, site: Any, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = 1000
    make_asset(owner=chloe, size=900, state=Asset.State.FAILED)
    make_upload(person=chloe, size=900, expires_at=timezone.now() - timedelta(seconds=1))
    remove_asset(ready_asset(owner=chloe, size=900))
    receive_asset("video", owner=chloe, filename="film.mp4", size=1000, site=site)


def test_nobody_begins_uploads_without_end(chloe: Any, driss: Any, site: Any, settings: Any) -> None:
    settings.UPLOAD_OPEN_MAX = 2
    for _each in range(2):
        receive_asset("video", owner=chloe, filename="film.mp4", size=10, site=site)
    refused = refusal(chloe, 11, site)
    assert refused.status == 429
    assert "2 uploads" in refused.reason
    receive_asset("video", owner=driss, filename="film.mp4", size=10, site=site)


def test_a_disk_that_will_be_full_is_said_at_once(
    chloe: Any, driss: Any, site: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(permissions.shutil, "disk_usage", lambda _folder: usage(100 * GB, 90 * GB, 10 * GB))
    settings.DISK_RESERVE_BYTES = 2 * GB
    receive_asset("video", owner=driss, filename="film.mp4", size=5 * GB, site=site)
    refused = refusal(chloe, 4 * GB, site)  # 10 free, 2 kept back, 5 promised
    assert refused.status == 507
    assert "room" in refused.reason
    receive_asset("video", owner=chloe, filename="film.mp4", size=2 * GB, site=site)


def test_removing_takes_the_files_once_the_rows_are_gone(
    db: None, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    asset = ready_asset(poster="a-poster")
    poster = settings.MEDIA_ROOT / "posters" / "a-poster"
    poster.mkdir(parents=True)
    with django_capture_on_commit_callbacks() as callbacks:
        remove_asset(asset)
        assert asset.stream_folder.exists()
    for callback in callbacks:
        callback()
    assert not (asset.stream_folder.exists() or asset.upload_folder.exists() or poster.exists())


def test_the_api_tells_the_limits(client: Any, chloe: Any, site: Any, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = 1000
    ready_asset(owner=chloe, size=300)
    make_upload(person=chloe, size=200)
    token = issue_token(chloe, name="test")[1]
    headers = {"host": site.host, "authorization": f"Bearer {token}"}
    limits = client.get("/api/v1/uploads/limits", headers=headers).json()
    assert (limits["quota_bytes"], limits["used_bytes"], limits["left_bytes"]) == (1000, 500, 500)
    assert (limits["largest_now"], limits["open_uploads"]) == (500, 1)
    assert client.get("/api/v1/uploads/limits", headers={"host": site.host}).status_code == 401
