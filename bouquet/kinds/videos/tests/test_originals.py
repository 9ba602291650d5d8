"""Where a maker, a viewer and an operator look for an original that was moved or dropped."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.originals_command import originals
from bouquet.kinds.videos.replacing.actions import ReplacementRefused, trim_film
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tasks import look_after_originals
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def archive(settings: Any, tmp_path: Path) -> Path:
    settings.ORIGINALS_ARCHIVE, settings.DISK_RESERVE_BYTES = str(tmp_path / "archive"), 0
    (tmp_path / "archive").mkdir()
    return tmp_path / "archive"


def old_video(author: Any, **changes: Any) -> Video:
    video = make_video(author=author, may_download=True, **changes)
    Asset.objects.filter(pk=video.asset_id).update(ready_at=timezone.now() - timedelta(days=50), filename="lake.mp4")
    return Video.objects.get(pk=video.pk)


def sweep(settings: Any, *, move: int = 0, drop: int = 0) -> None:
    settings.ORIGINALS_MOVE_AFTER_DAYS, settings.ORIGINALS_DROP_AFTER_DAYS = move, drop
    look_after_originals.enqueue()
    run_all_tasks()


def test_a_dropped_original_is_missing_with_a_sentence_wherever_it_is_looked_for(
    door: Any, chloe: Any, driss: Any, settings: Any
) -> None:
    video = old_video(chloe)
    assert f'href="/videos/{video.uid}/download' in door(driss).get(video.path).content.decode()
    assert "<enclosure" in door().get(f"/videos/channels/{video.channel.slug}/video-podcast.xml").content.decode()
    sweep(settings, drop=40)
    video = Video.objects.select_related("asset", "channel").get(pk=video.pk)
    assert not video.asset.source
    assert "/download" not in door(driss).get(video.path).content.decode()
    answer = door(driss).get(f"/videos/{video.uid}/download")
    assert answer.status_code == 410 and "not kept any more" in answer.content.decode()
    assert "<enclosure" not in door().get(f"/videos/channels/{video.channel.slug}/video-podcast.xml").content.decode()
    page = door(chloe).get(f"/videos/{video.uid}/edit").content.decode()
    assert "cannot be cut here, saved or encoded anew" in page
    assert "not kept any more" in door(chloe).get(f"/videos/{video.uid}/trimming").content.decode()
    with pytest.raises(ReplacementRefused, match="not kept any more"):
        trim_film(video, by=chloe, starts_at=1, ends_at=3)
    mine = door(chloe).get("/api/v1/videos/mine").json()
    assert mine["items"][0]["original"] == "gone" and mine["space"]["used_bytes"] == 0


def test_a_moved_original_is_saved_cut_and_counted_as_before(
    door: Any, chloe: Any, driss: Any, settings: Any, archive: Path
) -> None:
    video = old_video(chloe)
    sweep(settings, move=40)
    assert (archive / video.asset.uid / "source").is_file()
    assert door(driss).get(f"/videos/{video.uid}/download").status_code == 302
    assert "on a slower disk since" in door(chloe).get(f"/videos/{video.uid}/edit").content.decode()
    assert 'name="starts_at"' in door(chloe).get(f"/videos/{video.uid}/trimming").content.decode()
    mine = door(chloe).get("/api/v1/videos/mine").json()
    assert mine["items"][0]["original"] == "archived" and mine["space"]["used_bytes"] == video.asset.size
    archive.rename(archive.with_name("away"))
    answer = door(driss).get(f"/videos/{video.uid}/download")
    assert answer.status_code == 503 and "cannot be reached at the moment" in answer.content.decode()
    assert "cannot be reached" in door(chloe).get(f"/videos/{video.uid}/trimming").content.decode()
    assert "cannot be reached" in door(chloe).get(f"/videos/{video.uid}/edit").content.decode()


def test_who_sends_a_film_is_told_how_long_its_original_is_kept(door: Any, chloe: Any, settings: Any) -> None:
    assert "after the film is ready" not in door(chloe).get("/videos/new/").content.decode()
    settings.ORIGINALS_DROP_AFTER_DAYS = 90
    assert "kept for 90 days after the film is ready" in door(chloe).get("/videos/new/").content.decode()
    video = make_video(author=chloe)
    assert "kept for 90 days" in door(chloe).get(f"/videos/{video.uid}/edit").content.decode()


def test_an_operator_reads_what_would_be_freed_and_orders_it(chloe: Any, settings: Any, archive: Path) -> None:
    old_video(chloe), old_video(chloe, slug="b")
    said = CliRunner().invoke(originals, ["--dry-run", "--drop-after", "40", "--move-after", "10"])
    assert said.exit_code == 0, said.output
    assert "to drop         2 films     2.0 KB" in said.output, said.output
    assert "to move         0 films" in said.output
    assert not TaskRow.objects.filter(task__endswith="look_after_originals").exists()
    said = CliRunner().invoke(originals)
    assert "Nothing to do" in said.output
    settings.ORIGINALS_DROP_AFTER_DAYS = 40
    said = CliRunner().invoke(originals)
    assert "Ordered" in said.output
    run_all_tasks()
    said = CliRunner().invoke(originals, ["--dry-run"])
    assert "gone            2 films" in said.output


@pytest.mark.parametrize("words", [["--drop-after", "3"], ["--dry-run", "--drop-after", "-1"], ["--move-after", "x"]])
def test_what_makes_no_sense_is_refused(words: list[str]) -> None:
    assert CliRunner().invoke(originals, words).exit_code == 2


def test_an_archive_that_is_not_there_is_said(settings: Any) -> None:
    settings.ORIGINALS_ARCHIVE, settings.ORIGINALS_MOVE_AFTER_DAYS = "/nowhere/at/all", 10
    said = CliRunner().invoke(originals, ["--dry-run"])
    assert "is not there" in said.output
