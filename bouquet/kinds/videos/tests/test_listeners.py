"""What happens when a film gets somewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from bouquet.kinds.videos.actions import remove_video
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.personal_data import erase, export
from bouquet.kinds.videos.tests.make import make_video, make_video_in_the_works
from bouquet.shared.assets.events import AssetFailed, AssetPlayable, AssetReady, PosterMade
from bouquet.shared.assets.models import Asset
from bouquet.shared.assets.tests.make import make_asset
from bouquet.shared.notifications.models import Notice
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.events import Event, announce
from bouquet.toolkit.tasks.testing import run_all_tasks


def tell(event: Event) -> None:
    with transaction.atomic():
        announce(event)
    run_all_tasks()


def listed(site: Any) -> list[str]:
    return [work.uid for work in Work.objects.on(site).listed_for(Viewer())]


def notices(person: Any) -> list[str]:
    return list(Notice.objects.filter(person=person, kind__startswith="videos.").values_list("kind", flat=True))


def test_a_film_is_published_when_it_first_plays_and_its_author_is_told_once(site: Any, chloe: Any) -> None:
    video = make_video_in_the_works(author=chloe)
    assert listed(site) == []
    Asset.objects.filter(pk=video.asset_id).update(duration=12.5, playable_at=timezone.now())
    tell(AssetPlayable(video.asset_id))
    tell(AssetPlayable(video.asset_id))
    video.refresh_from_db()
    assert (video.state, video.listable, video.duration) == ("live", True, 12.5)
    assert listed(site) == [video.uid]
    assert notices(chloe) == ["videos.playable"]


def test_a_private_film_stays_private(site: Any, chloe: Any) -> None:
    video = make_video_in_the_works(author=chloe, visibility="private")
    tell(AssetPlayable(video.asset_id))
    assert listed(site) == []


def test_a_film_with_an_hour_to_come_waits_for_it(site: Any, chloe: Any) -> None:
    hour = timezone.now() + timedelta(days=1)
    video = make_video_in_the_works(author=chloe, publish_at=hour)
    tell(AssetPlayable(video.asset_id))
    video.refresh_from_db()
    assert (video.state, video.published_at) == ("scheduled", hour)
    assert listed(site) == []


def test_being_ready_is_told_where_it_took_its_time(site: Any, chloe: Any) -> None:
    now = timezone.now()
    for minutes, told in ((1, []), (10, ["videos.ready"])):
        video = make_video(author=chloe)
        Asset.objects.filter(pk=video.asset_id).update(playable_at=now, ready_at=now + timedelta(minutes=minutes))
        Notice.objects.all().delete()
        tell(AssetReady(video.asset_id))
        assert notices(chloe) == told


def test_a_failure_is_told_with_its_reason(site: Any, chloe: Any) -> None:
    video = make_video_in_the_works(author=chloe)
    Asset.objects.filter(pk=video.asset_id).update(state="failed", reason="This is a zip file.")
    tell(AssetFailed(video.asset_id))
    assert Notice.objects.get(person=chloe, kind="videos.failed").values["reason"] == "This is a zip file."
    assert listed(site) == []


def test_the_films_own_picture_gives_way_to_the_authors(site: Any, chloe: Any) -> None:
    video = make_video_in_the_works(author=chloe)
    tell(PosterMade(video.asset_id))
    video.refresh_from_db()
    assert video.poster_id == video.asset_id
    picture = make_asset(kind="image")
    Video.objects.filter(pk=video.pk).update(own_poster=picture)
    tell(PosterMade(picture.pk))
    tell(PosterMade(video.asset_id))
    video.refresh_from_db()
    assert video.poster_id == picture.pk


def test_news_of_a_film_that_was_removed_meanwhile_changes_nothing(site: Any, chloe: Any) -> None:
    video = make_video_in_the_works(author=chloe)
    asset_id = video.asset_id
    remove_video(video, by=chloe)
    for event in (AssetPlayable(asset_id), AssetReady(asset_id), AssetFailed(asset_id), PosterMade(asset_id)):
        tell(event)
    assert not Work.objects.exists()
    assert notices(chloe) == []


def test_a_person_takes_their_videos_away_and_leaves_none(site: Any, chloe: Any, driss: Any) -> None:
    mine, other = make_video(author=chloe, title="Mine"), make_video(author=driss)
    assert [each["title"] for each in export(chloe)] == ["Mine"]
    assert export(chloe)[0]["address"] == mine.address
    erase(chloe)
    assert list(Video.objects.all()) == [other]
    assert not Asset.objects.filter(pk=mine.asset_id).exists()
