"""What a machine heard in a file is no word of the file that takes its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bouquet.kinds.videos.models import Replacement, Video
from bouquet.kinds.videos.replacing.actions import return_to_former
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.assets.actions import begin_hearing, keep_captions
from bouquet.shared.assets.captions.hearing import hear_on
from bouquet.shared.assets.events import AssetPlayable, AssetReady
from bouquet.shared.assets.models import Asset, Step
from bouquet.shared.assets.tests.ear import FakeModel, lend_ear
from bouquet.shared.assets.tests.make import ready_asset
from bouquet.toolkit.events import announce
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> FakeModel:
    return lend_ear(monkeypatch, settings, tmp_path)


def film(chloe: Any) -> Video:
    return make_video(author=chloe, asset=ready_asset(owner=chloe, duration=250.0))


def coming(video: Video, *, ready: bool = True, **changes: Any) -> Asset:
    """Another file for it, of another length, whose change is due."""
    asset = ready_asset(owner=video.author, duration=150.0)
    if not ready:
        Asset.objects.filter(pk=asset.pk).update(state="processing")
    Replacement.objects.create(video=video, asset=asset, by=video.author, was_seconds=250.0, **changes)
    return asset


def become_ready(asset: Asset) -> None:
    Asset.objects.filter(pk=asset.pk).update(state="ready")
    announce(AssetReady(asset_id=asset.pk))
    run_all_tasks()


def words(video: Video) -> list[str]:
    asset = Video.objects.select_related("asset").get(pk=video.pk).asset
    return [cue[2] for caption in asset.captions.order_by("language") for cue in caption.cues]


def test_a_film_heard_just_before_its_file_is_replaced_is_heard_anew(chloe: Any, model: FakeModel) -> None:
    video = film(chloe)
    begin_hearing(video.asset, language="fr")
    run_all_tasks()
    assert words(video) == ["sentence 0", "sentence 100", "sentence 200"]
    become_ready(coming(video))
    assert words(video) == ["sentence 0", "sentence 100"], "the new file is over before the former one's third sentence"
    assert [round(seconds) for seconds in model.given] == [250, 150]


def test_a_hearing_that_the_change_overtakes_begins_anew_in_its_language(chloe: Any, model: FakeModel) -> None:
    video = film(chloe)
    begin_hearing(video.asset, language="en")
    TaskRow.objects.filter(task__endswith="hear_film").update(run_after="2100-01-01T00:00Z")
    become_ready(coming(video))
    assert words(video) == ["sentence 0", "sentence 100"]
    assert Video.objects.get(pk=video.pk).asset.captions.get().language == "en"
    hear_on(video.asset_id, "en")  # the former one ends late: it keeps its words to itself
    assert words(video) == ["sentence 0", "sentence 100"]


def test_a_change_as_soon_as_it_plays_is_heard_when_it_is_ready(chloe: Any, model: FakeModel) -> None:
    video = film(chloe)
    begin_hearing(video.asset, language="fr")
    run_all_tasks()
    asset = coming(video, ready=False, at_once=True)
    announce(AssetPlayable(asset_id=asset.pk))
    run_all_tasks()
    assert Video.objects.get(pk=video.pk).asset_id == asset.pk and words(video) == []
    become_ready(asset)
    assert words(video) == ["sentence 0", "sentence 100"]


def test_what_people_wrote_comes_along_and_is_not_heard_over(chloe: Any, model: FakeModel) -> None:
    video = film(chloe)
    begin_hearing(video.asset, language="fr")
    run_all_tasks()
    keep_captions(video.asset, [(0, 900, "Moi")], language="fr", by=chloe)
    keep_captions(video.asset, [(0, 900, "Me")], language="en", by=chloe)
    become_ready(coming(video))
    assert words(video) == ["Me", "Moi"] and len(model.given) == 1


def test_a_cut_moves_the_words_and_hears_nothing_anew(chloe: Any, model: FakeModel) -> None:
    video = film(chloe)
    begin_hearing(video.asset, language="fr")
    run_all_tasks()
    asset = coming(video, starts_at=90.0, ends_at=240.0)
    Asset.objects.filter(pk=asset.pk).update(facts={"cut": {"starts_at": 90.0, "asked": 90.0}})
    become_ready(asset)
    assert words(video) == ["sentence 100", "sentence 200"] and len(model.given) == 1


def test_a_cut_of_a_film_that_is_being_listened_to_is_listened_to(chloe: Any, model: FakeModel) -> None:
    video = film(chloe)
    begin_hearing(video.asset, language="fr")
    TaskRow.objects.filter(task__endswith="hear_film").update(run_after="2100-01-01T00:00Z")
    become_ready(coming(video, starts_at=90.0, ends_at=240.0))
    assert words(video) == ["sentence 0", "sentence 100"]


def test_where_nobody_listened_nobody_listens(chloe: Any, model: FakeModel) -> None:
    video = film(chloe)
    become_ready(coming(video))
    assert model.given == [] and not Step.objects.filter(name="hearing").exists()


def test_where_every_film_is_heard_the_new_file_is_heard_once(chloe: Any, model: FakeModel, settings: Any) -> None:
    settings.SPEECH_EVERY_FILM = True
    video = film(chloe)
    announce(AssetReady(asset_id=video.asset_id))
    run_all_tasks()
    become_ready(coming(video))
    assert words(video) == ["sentence 0", "sentence 100"] and len(model.given) == 2


def test_a_network_that_lost_its_ear_keeps_the_words_it_has(chloe: Any, model: FakeModel, settings: Any) -> None:
    video = film(chloe)
    begin_hearing(video.asset, language="fr")
    run_all_tasks()
    settings.SPEECH_MODEL = ""
    become_ready(coming(video))
    assert words(video) == ["sentence 0", "sentence 100"], "marked automatic, as they were"


def test_going_back_brings_the_words_of_then(chloe: Any, model: FakeModel) -> None:
    video = film(chloe)
    begin_hearing(video.asset, language="fr")
    run_all_tasks()
    become_ready(coming(video))
    return_to_former(Replacement.objects.get())
    run_all_tasks()
    assert words(video) == ["sentence 0", "sentence 100", "sentence 200"]


def test_a_maker_who_leaves_the_texts_behind_has_nothing_heard(chloe: Any, model: FakeModel) -> None:
    video = film(chloe)
    begin_hearing(video.asset, language="fr")
    run_all_tasks()
    become_ready(coming(video, keeps_texts=False))
    assert words(video) == [] and len(model.given) == 1
