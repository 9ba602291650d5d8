"""A new original cut out of another one, by the real programs: where it begins, how long it is, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from bouquet.shared.assets import trimming
from bouquet.shared.assets.actions import UploadRefused, cut_asset, remove_asset
from bouquet.shared.assets.ffmpeg import EncoderFailed
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.pipeline.facts import Facts
from bouquet.shared.assets.tests.pipeline.made import decoded, prepared
from bouquet.shared.assets.tests.pipeline.samples import sample
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


def made(former: Asset, by: Any, starts_at: float, ends_at: float, *, exact: bool = False) -> Asset:
    asset = cut_asset(former, by=by, starts_at=starts_at, ends_at=ends_at, exact=exact)
    assert asset.public_state == "waiting"
    run_all_tasks(later=True)
    return Asset.objects.get(pk=asset.pk)


def test_a_browser_ready_film_is_cut_at_its_keyframe_and_its_picture_is_never_encoded(chloe: Any) -> None:
    former = prepared(sample("plain.mp4"), owner=chloe)  # 6 s, a keyframe every 2 s
    asset = made(former, chloe, 2.3, 5.0)
    assert asset.state == "ready", asset.reason
    assert asset.facts["cut"] == {"starts_at": 2.0, "asked": 2.3}
    assert asset.renditions.filter(name="source").exists()  # copied, and served as it is
    played = decoded(asset, "source")
    assert played["frames"] == pytest.approx(75, abs=3)
    assert asset.duration == pytest.approx(3.0, abs=0.12)
    assert played["start"] == pytest.approx(0, abs=0.1)
    sound = decoded(asset, "audio")
    assert sound["duration"] == pytest.approx(3.0, abs=0.15)
    assert former.source_path.is_file()  # untouched


def test_exactly_there_takes_an_encode(chloe: Any) -> None:
    former = prepared(sample("plain.mp4"), owner=chloe)
    asset = made(former, chloe, 2.32, 5.0, exact=True)
    assert asset.state == "ready", asset.reason
    assert asset.facts["cut"]["starts_at"] == 2.32
    assert asset.duration == pytest.approx(2.68, abs=0.08)


@pytest.mark.parametrize(
    "name", ["several-sounds.mkv", "mpeg2.ts", "vp9.webm", "old.avi", "rotated.mp4", "ten-bit.mkv"]
)
def test_every_kind_of_original_can_be_cut(chloe: Any, name: str) -> None:
    former = prepared(sample(name), owner=chloe)
    length = former.duration
    asset = made(former, chloe, 0.0, length / 2)
    assert asset.state == "ready", asset.reason
    assert asset.duration == pytest.approx(length / 2, abs=0.3)
    assert (asset.width, asset.height) == (former.width, former.height)
    assert len(asset.facts["probe"]["sounds"]) == len(former.facts["probe"]["sounds"])
    assert asset.facts["probe"]["picture"]["codec"] == former.facts["probe"]["picture"]["codec"]


def test_the_nearest_keyframe_is_found_before_and_after_the_moment(chloe: Any) -> None:
    former = prepared(sample("plain.mp4"), owner=chloe)
    facts = Facts.from_json(former.facts["probe"])
    moments = (0.0, 0.9, 1.2, 3.1, 5.9)
    found = [trimming.keyframe_near(former.source_path, facts, moment, before=9) for moment in moments]
    assert found == [pytest.approx(at, abs=0.01) for at in (0.0, 0.0, 2.0, 4.0, 4.0)]
    early = trimming.keyframe_near(former.source_path, facts, 3.1, before=3.9)  # never behind the end
    assert early == pytest.approx(2.0, abs=0.01)


def test_what_the_container_refuses_is_encoded_instead(chloe: Any, monkeypatch: Any) -> None:
    former = prepared(sample("plain.mp4"), owner=chloe)
    monkeypatch.setattr(trimming, "_copied", lambda facts: ["-c", "copy", "-f", "webm"])  # takes no H.264
    asset = made(former, chloe, 2.3, 5.0)
    assert asset.state == "ready", asset.reason
    assert asset.facts["cut"]["starts_at"] == 2.3


def test_an_original_that_went_away_is_told_of(chloe: Any) -> None:
    former = prepared(sample("plain.mp4"), owner=chloe)
    asset = cut_asset(former, by=chloe, starts_at=1, ends_at=3)
    former.source_path.unlink()
    run_all_tasks(later=True)
    asset.refresh_from_db()
    assert asset.state == "failed"
    assert "original" in asset.reason
    assert not asset.upload_folder.exists()


def test_a_cut_that_was_given_up_leaves_nothing(
    chloe: Any, django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    former = prepared(sample("plain.mp4"), owner=chloe)
    asset = cut_asset(former, by=chloe, starts_at=0, ends_at=3)
    folder = asset.upload_folder
    with django_capture_on_commit_callbacks(execute=True):
        remove_asset(asset)
    run_all_tasks(later=True)
    assert not folder.exists()


def test_a_full_disk_is_tried_again_and_a_full_quota_is_refused_at_once(chloe: Any, settings: Any) -> None:
    former = prepared(sample("plain.mp4"), owner=chloe)
    settings.DISK_RESERVE_BYTES = 0
    asset = cut_asset(former, by=chloe, starts_at=0, ends_at=3)
    settings.DISK_RESERVE_BYTES = 10**18
    with pytest.raises(EncoderFailed, match="full"):
        run_all_tasks()
    assert TaskRow.objects.get(task__endswith="cut_original").state == "waiting"  # it comes back later
    asset.refresh_from_db()
    assert asset.state == "waiting"
    settings.DISK_RESERVE_BYTES = 0
    settings.UPLOAD_QUOTA_BYTES = former.size + 10
    with pytest.raises(UploadRefused):
        cut_asset(former, by=chloe, starts_at=0, ends_at=3)
