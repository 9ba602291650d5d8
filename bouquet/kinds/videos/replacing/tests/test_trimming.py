"""Cutting a film: what stays, what moves along, how one goes back."""

from __future__ import annotations

from typing import Any

import pytest

from bouquet.kinds.videos.models import Replacement, Video
from bouquet.kinds.videos.replacing.forms import written
from bouquet.kinds.videos.replacing.tests.test_replacing import ask
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.assets.actions import keep_captions, keep_chapters
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tests.pipeline.made import prepared
from bouquet.shared.assets.tests.pipeline.samples import sample
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(site: Any, chloe: Any) -> Video:
    """Six seconds with a keyframe every two, captions and chapters."""
    asset = prepared(sample("plain.mp4"), owner=chloe)
    keep_captions(asset, [[0, 1000, "Before"], [1500, 2500, "Across"], [4000, 4500, "In"]], language="en", by=chloe)
    keep_chapters(asset, [(0, "Door"), (1000, "Street"), (3000, "River"), (5000, "End")])
    return make_video(author=chloe, asset=asset, summary="Filmed in May.")


def test_a_film_is_cut_quickly_and_honestly_and_can_come_back(door: Any, chloe: Any, film: Video) -> None:
    client = door(chloe)
    page = client.get(f"/videos/{film.uid}/trimming").content.decode()
    assert 'value="0:06"' in page or 'value="0:06.0' in page
    answer = client.post(f"/videos/{film.uid}/trimming", {"starts_at": "0:02.3", "ends_at": "5", "way": "quick"})
    assert answer["location"] == f"/videos/{film.uid}/replacement"
    assert "being cut" in client.get(answer["location"]).content.decode()
    run_all_tasks(later=True)
    video = Video.objects.get(pk=film.pk)
    assert video.asset_id != film.asset_id
    assert video.duration == pytest.approx(3.0, abs=0.12)
    assert [cue[:3] for cue in video.asset.captions.get().cues] == [[0, 500, "Across"], [2000, 2500, "In"]]
    chapters = [(each.starts_at, each.title) for each in video.asset.chapters.all()]
    assert chapters == []  # two are left: too few to be chapters
    html = client.get(answer["location"]).content.decode()
    assert "it begins 0.3 s away from there" in html
    assert "Back to the former film" in html
    client.post(f"/videos/{film.uid}/former/return")
    video.refresh_from_db()
    assert (video.asset_id, video.duration) == (film.asset_id, pytest.approx(6.0, abs=0.1))
    assert video.asset.captions.get().length == 3


def test_chapters_move_along_also_those_of_the_description(door: Any, chloe: Any, site: Any) -> None:
    asset = prepared(sample("plain.mp4"), owner=chloe)
    lines = "0:00 Door\n0:01 Street\n0:03 River\n0:04 Bridge"
    video = make_video(author=chloe, asset=asset, summary=lines)
    body = {"starts_at": 2.0, "ends_at": 6.0, "exact": False}
    said = ask(door(chloe), "POST", f"/api/v1/videos/{video.uid}/trimming", body)
    assert said.status_code == 201, said.content
    assert (said.json()["state"], said.json()["asked_start"]) == ("coming", 2.0)
    run_all_tasks(later=True)
    video.refresh_from_db()
    found = [(each.starts_at, each.title) for each in video.asset.chapters.all()]
    assert found == [(0, "Street"), (1000, "River"), (2000, "Bridge")]


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "words"),
    [
        ("now", "5", "Write a moment"),
        ("4", "3", "The end comes after"),
        ("2", "2.5", "a second apart"),
        ("9", "12", "a second apart"),
        ("0", "0:06", "keeps the whole film"),
        ("-1", "5", "Write a moment"),
        ("1:99:00000", "5", "Write a moment"),
        ("", "", "required"),
    ],
)
def test_moments_that_make_no_film_are_refused_with_a_sentence(
    door: Any, chloe: Any, film: Video, starts_at: str, ends_at: str, words: str
) -> None:
    given = {"starts_at": starts_at, "ends_at": ends_at, "way": "quick"}
    answer = door(chloe).post(f"/videos/{film.uid}/trimming", given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Replacement.objects.exists()


def test_numbers_that_are_none_are_refused_by_the_api(door: Any, chloe: Any, film: Video) -> None:
    for body in ({"starts_at": -1, "ends_at": 3}, {"starts_at": 0, "ends_at": 1e300}, {"starts_at": "x", "ends_at": 3}):
        assert ask(door(chloe), "POST", f"/api/v1/videos/{film.uid}/trimming", body).status_code == 422
    assert not Replacement.objects.exists()


def test_a_film_without_its_original_cannot_be_cut_and_says_what_else_can_be_done(
    door: Any, chloe: Any, film: Video
) -> None:
    Asset.objects.filter(pk=film.asset_id).update(source="")
    html = door(chloe).get(f"/videos/{film.uid}/trimming").content.decode()
    assert "not kept any more" in html
    assert "Replace the file" in html
    answer = ask(door(chloe), "POST", f"/api/v1/videos/{film.uid}/trimming", {"starts_at": 0, "ends_at": 3})
    assert answer.status_code == 410


def test_a_moment_is_written_as_people_read_it() -> None:
    assert [written(each) for each in (0, 83.5, 3723.25, 5.04)] == ["0:00", "1:23.5", "1:02:03.25", "0:05.04"]
