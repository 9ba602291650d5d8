"""A person's files can be taken along and are forgotten with them."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from bouquet.shared.assets.models import Asset, Upload
from bouquet.shared.assets.personal_data import erase_assets, export_assets, originals
from bouquet.shared.assets.tests.make import make_upload, ready_asset


def test_the_export_lists_files_and_brings_the_originals(chloe: Any, driss: Any) -> None:
    asset = ready_asset(owner=chloe, filename="Été.mp4")
    ready_asset(owner=driss)
    make_upload(person=chloe)
    files = export_assets(chloe)["files"]
    assert [each["filename"] for each in files] == ["Été.mp4", "holiday.mp4"]
    assert list(originals(chloe)) == [(f"files/{asset.uid[:8]} Été.mp4", asset.source_path)]


def test_erasing_removes_files_but_not_what_anothers_work_shows(
    chloe: Any, driss: Any, site: Any, django_capture_on_commit_callbacks: Any
) -> None:
    own, shared = ready_asset(owner=chloe), ready_asset(owner=chloe)
    make_upload(person=chloe)
    others = make_upload(person=driss)
    apps.get_model("videos.Video").objects.create(
        asset=shared, site=site, kind="videos", title="Together", author=driss
    )
    with django_capture_on_commit_callbacks(execute=True):
        erase_assets(chloe)
    shared.refresh_from_db()
    assert set(Asset.objects.all()) == {shared, others.asset}
    assert (shared.owner, shared.filename) == (None, "")
    assert list(Upload.objects.all()) == [others]
    assert not own.upload_folder.exists()
    assert shared.stream_folder.exists()
