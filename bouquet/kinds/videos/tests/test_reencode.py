"""Which films get a better codec: by an operator's word, or by themselves every night."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from bouquet.kinds.videos.reencode_command import reencode
from bouquet.kinds.videos.tasks import reencode_most_watched
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.assets.models import Asset, Step
from bouquet.toolkit.tasks.models import TaskRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def film(views: int, title: str, **changes: object):  # type: ignore[no-untyped-def]
    """Ready, with its original and facts; nothing of it is encoded here."""
    video = make_video(title=title)
    type(video).objects.filter(pk=video.pk).update(views=views)
    picture = {"index": 0, "codec": "hevc", "width": 640, "height": 360}
    facts = {"probe": {"demuxer": "mov", "duration": 5.0, "bitrate": 1, "picture": picture, "sounds": []}}
    asset = video.asset
    asset.upload_folder.mkdir(parents=True, exist_ok=True)
    (asset.upload_folder / "source").write_bytes(b"film")
    Asset.objects.filter(pk=asset.pk).update(
        **{"state": "ready", "facts": facts, "source": f"{asset.uid}/source"} | changes
    )
    video.refresh_from_db()
    return video


def ordered() -> set[int]:
    return set(Step.objects.filter(name="av1").values_list("asset_id", flat=True))


def test_every_night_what_is_watched_most_is_ordered_once(settings) -> None:  # type: ignore[no-untyped-def]
    few, many = film(10, "Few"), film(5000, "Many")
    assert reencode_most_watched.call() == 0 and not ordered(), "off unless the operator wishes it"
    settings.VIDEO_AV1_AFTER_VIEWS = 1000
    assert reencode_most_watched.call() == 1
    assert ordered() == {many.asset_id} and few.asset_id not in ordered()
    assert reencode_most_watched.call() == 0
    row = TaskRow.objects.waiting().get(task__endswith="encode_better")
    assert (row.lane, row.priority) == ("extras", -20)


def test_an_operator_orders_films_by_name_and_by_views() -> None:
    few, many = film(10, "Few"), film(5000, "Many")
    said = CliRunner().invoke(reencode, ["--uid", few.uid, "--dry-run"])
    assert said.exit_code == 0 and "av1-360, av1-240" in said.output and "1 would be ordered" in said.output
    assert not ordered()
    said = CliRunner().invoke(reencode, ["--most-watched", "1"])
    assert said.exit_code == 0 and "Many" in said.output and ordered() == {many.asset_id}
    said = CliRunner().invoke(reencode, ["--uid", many.uid])
    assert "being encoded already" in said.output and "0 were ordered" in said.output


@pytest.mark.parametrize(
    "words",
    [[], ["--uid", "x", "--most-watched", "3"], ["--uid", "nobody"], ["--most-watched", "0"], ["--codec", "vp9"]],
)
def test_what_makes_no_sense_is_refused(words: list[str]) -> None:
    assert CliRunner().invoke(reencode, words).exit_code != 0
    assert not ordered()


def test_a_film_without_its_original_is_left_as_it_is() -> None:
    video = film(5000, "Gone")
    (video.asset.upload_folder / "source").unlink()
    said = CliRunner().invoke(reencode, ["--uid", video.uid])
    assert "is not kept any more" in said.output and not ordered()
