"""Another file for a film: its address stays, the change is one moment, a failure changes nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bouquet.kinds.videos.actions import choose_poster, remove_video
from bouquet.kinds.videos.models import Replacement, Video
from bouquet.kinds.videos.personal_data import export_replacements, forget_replacements
from bouquet.kinds.videos.replacing.changing import change_over, clear_up
from bouquet.kinds.videos.replacing.tasks import clear_up_former_films
from bouquet.kinds.videos.tests.make import make_video, make_video_in_the_works, make_video_on_its_way
from bouquet.shared.assets.actions import keep_captions, keep_chapters, upload_finished
from bouquet.shared.assets.models import Asset, Rendition, Upload
from bouquet.shared.assets.permissions import limits_of
from bouquet.shared.assets.tests.pipeline.samples import sample
from bouquet.shared.notifications.models import Notice
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db
ASKED = {"size": 1000, "filename": "second take.mp4"}


def ask(client: Any, method: str, address: str, body: Any = None) -> Any:
    return client.generic(method, address, json.dumps(body or {}), content_type="application/json")


def announce(client: Any, video: Video, **changes: Any) -> Asset:
    answer = ask(client, "POST", f"/api/v1/videos/{video.uid}/replacement", ASKED | changes)
    assert answer.status_code == 201, answer.content
    return Replacement.objects.get(video=video, state="coming").asset


def arrive(asset: Asset, path: Path) -> Asset:
    """Every byte has come, and every task is done."""
    upload = Upload.objects.get(asset=asset)
    Upload.objects.filter(pk=upload.pk).update(size=path.stat().st_size)
    asset.upload_folder.mkdir(parents=True, exist_ok=True)
    upload.part_path.write_bytes(path.read_bytes())
    upload_finished(Upload.objects.get(pk=upload.pk))
    run_all_tasks(later=True)
    return Asset.objects.filter(pk=asset.pk).first()


def become(asset: Asset, state: str, duration: float = 9.0) -> Asset:
    """Playable or ready without a pipeline."""
    now = timezone.now()
    Rendition.objects.get_or_create(asset=asset, name="v240", defaults={"kind": "video", "codecs": "avc1"})
    values = {
        "state": state,
        "duration": duration,
        "playable_at": now,
        "received_at": now,
        "source": f"{asset.uid}/source",
    }
    Asset.objects.filter(pk=asset.pk).update(**values)
    return Asset.objects.get(pk=asset.pk)


def test_a_film_gets_another_file_and_keeps_its_address_views_and_words(door: Any, site: Any, chloe: Any) -> None:
    video = make_video(author=chloe, views=41)
    former = video.asset
    keep_captions(former, [[0, 2000, "Hello"], [3000, 3900, "World"]], language="en", by=chloe)
    asset = announce(door(chloe), video)
    assert door().get(video.path).status_code == 200  # the old one plays on meanwhile
    assert arrive(asset, sample("plain.mp4")).state == "ready"
    changed = Video.objects.get(pk=video.pk)
    assert (changed.asset_id, changed.uid, changed.slug, changed.views) == (asset.pk, video.uid, video.slug, 41)
    assert changed.duration == pytest.approx(6.0, abs=0.1)
    assert changed.poster_id == asset.pk
    assert [cue[2] for cue in changed.asset.captions.get().cues] == ["Hello", "World"]
    html = door(chloe).get(f"/videos/{video.uid}/replacement").content.decode()
    assert "The film shows its new file" in html
    assert "Back to the former film" in html
    kinds = list(Notice.objects.filter(person=chloe).values_list("kind", flat=True))
    assert kinds == ["videos.replaced"]
    assert door().get(video.path).status_code == 200
    assert asset.uid in door().get(f"/embed/{video.uid}").content.decode()
    assert former.master_playlist.exists()  # players in the middle of the film go on


@pytest.mark.parametrize("name", ["text.mp4", "playlist.mp4", "empty-index", "zip"])
def test_hostile_files_change_nothing_and_are_told_of(
    door: Any, site: Any, chloe: Any, tmp_path: Path, name: str
) -> None:
    files = {
        "text.mp4": b"This is only text, whatever it is called. " * 50,
        "playlist.mp4": b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n",
        "empty-index": b"\x00\x00\x00\x18ftypmp42" + bytes(2000),
        "zip": b"PK\x03\x04" + bytes(500),
    }
    path = tmp_path / name
    path.write_bytes(files[name])
    video = make_video(author=chloe)
    asset = announce(door(chloe), video)
    assert arrive(asset, path) is None
    ended = Replacement.objects.get()
    assert (ended.state, ended.asset) == ("failed", None)
    assert ended.reason
    assert Video.objects.get(pk=video.pk).asset_id == video.asset_id
    assert not asset.upload_folder.exists()
    assert ended.reason in door(chloe).get(f"/videos/{video.uid}/replacement").content.decode()
    assert ended.reason in str(Notice.objects.get(person=chloe).values)
    assert announce(door(chloe), video)  # and another one may come


def test_it_waits_for_every_quality_unless_its_maker_does_not_want_to(door: Any, site: Any, chloe: Any) -> None:
    for at_once in (False, True):
        video = make_video(author=chloe)
        asset = become(announce(door(chloe), video, at_once=at_once), "processing")
        assert (change_over(asset) is not None) == at_once
        assert (Video.objects.get(pk=video.pk).asset_id == asset.pk) == at_once
        change_over(become(asset, "ready"))
        assert Video.objects.get(pk=video.pk).asset_id == asset.pk
        assert change_over(asset) is None  # the same news twice


def test_a_film_that_could_not_be_prepared_gets_its_file_as_soon_as_it_plays(door: Any, site: Any, chloe: Any) -> None:
    video = make_video_in_the_works(author=chloe)
    Asset.objects.filter(pk=video.asset_id).update(state="failed", reason="Text.")
    arrive(announce(door(chloe), video), sample("plain.mp4"))
    video.refresh_from_db()
    assert (video.state, video.listable, video.asset.state) == ("live", True, "ready")


def test_the_makers_own_picture_stays(door: Any, site: Any, chloe: Any) -> None:
    from PIL import Image

    video = make_video(author=chloe)
    drawn = BytesIO()
    Image.new("RGB", (640, 360), "teal").save(drawn, "JPEG")
    picture = choose_poster(video, SimpleUploadedFile("p.jpg", drawn.getvalue()), by=chloe)
    run_all_tasks(later=True)
    arrive(announce(door(chloe), video), sample("plain.mp4"))
    video.refresh_from_db()
    assert (video.poster_id, video.own_poster_id) == (picture.pk, picture.pk)


def test_what_lies_behind_the_new_end_is_left_out_and_said(door: Any, site: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    Asset.objects.filter(pk=video.asset_id).update(duration=60)
    former = Asset.objects.get(pk=video.asset_id)
    keep_captions(
        former, [[0, 2000, "Hello"], [8000, 12000, "Across"], [50000, 51000, "Late"]], language="en", by=chloe
    )
    keep_chapters(former, [(0, "One"), (3000, "Two"), (6000, "Three"), (40000, "Four")])
    asset = become(announce(door(chloe), video), "ready", duration=9.0)
    change_over(asset)
    assert [cue[:3] for cue in asset.captions.get().cues] == [[0, 2000, "Hello"], [8000, 9000, "Across"]]
    assert [each.title for each in asset.chapters.all()] == ["One", "Two", "Three"]
    html = door(chloe).get(f"/videos/{video.uid}/replacement").content.decode()
    assert "2 texts and chapters lay outside" in html
    assert "shorter" in html
    assert former.captions.get().length == 3  # the former film has them all


def test_captions_stay_behind_where_that_is_wanted(door: Any, site: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    keep_captions(video.asset, [[0, 2000, "Hello"]], language="en", by=chloe)
    asset = become(announce(door(chloe), video, keep_texts=False), "ready")
    change_over(asset)
    assert not asset.captions.exists()


def test_back_to_the_former_film_and_forth_again(door: Any, site: Any, chloe: Any, settings: Any) -> None:
    video = make_video(author=chloe)
    former = video.asset
    asset = become(announce(door(chloe), video), "ready")
    change_over(asset)
    client = door(chloe)
    assert client.get(f"/api/v1/videos/{video.uid}/replacement").json()["former_until"]
    for _click in range(2):
        assert client.post(f"/videos/{video.uid}/former/return").status_code == 302
    assert Video.objects.get(pk=video.pk).asset_id == former.pk
    assert ask(client, "POST", f"/api/v1/videos/{video.uid}/former").status_code == 410
    change_over(become(announce(client, video), "ready"))
    assert Video.objects.get(pk=video.pk).asset_id not in (former.pk, asset.pk)
    clear_up()
    assert Asset.objects.filter(pk=asset.pk).exists()  # somebody may still be watching it
    Replacement.objects.filter(asset=asset).update(ended_at=timezone.now() - timedelta(hours=7))
    assert clear_up() == 1
    assert not Asset.objects.filter(pk=asset.pk).exists()


def test_the_former_film_goes_with_its_files_after_its_days(
    door: Any, site: Any, chloe: Any, django_capture_on_commit_callbacks: Any
) -> None:
    video = make_video(author=chloe)
    former = video.asset
    used = limits_of(chloe).used_bytes
    change_over(become(announce(door(chloe), video), "ready"))
    assert limits_of(chloe).used_bytes == used + 1000  # both are kept, both are counted
    assert clear_up_former_films.call() == 0
    Replacement.objects.update(ended_at=timezone.now() - timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        assert clear_up_former_films.call() == 1
    assert not former.stream_folder.exists()
    assert not former.upload_folder.exists()
    assert limits_of(chloe).used_bytes == used
    html = door(chloe).get(f"/videos/{video.uid}/replacement").content.decode()
    assert "Back to the former film" not in html


def test_its_maker_lets_the_former_film_go_at_once(
    door: Any, site: Any, chloe: Any, django_capture_on_commit_callbacks: Any
) -> None:
    video = make_video(author=chloe)
    change_over(become(announce(door(chloe), video), "ready"))
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(door(chloe), "DELETE", f"/api/v1/videos/{video.uid}/former").status_code == 204
    assert not video.asset.stream_folder.exists()
    assert ask(door(chloe), "DELETE", f"/api/v1/videos/{video.uid}/former").status_code == 204
    assert Video.objects.get(pk=video.pk).asset.state == "ready"


def test_it_is_given_up_while_it_is_sent_and_while_it_is_made(door: Any, site: Any, chloe: Any) -> None:
    client = door(chloe)
    for begin in (lambda asset: asset, lambda asset: become(asset, "processing")):
        video = make_video(author=chloe)
        begin(announce(client, video))
        assert client.post(f"/videos/{video.uid}/replacement/cancellation").status_code == 302
        assert ask(client, "DELETE", f"/api/v1/videos/{video.uid}/replacement").status_code == 409
        assert Replacement.objects.get(video=video).state == "cancelled"
        assert Asset.objects.filter(pk=video.asset_id).exists()
    assert Asset.objects.count() == 2


def test_one_at_a_time_and_not_before_the_first_has_come(door: Any, site: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    announce(door(chloe), video)
    answer = ask(door(chloe), "POST", f"/api/v1/videos/{video.uid}/replacement", ASKED)
    assert answer.status_code == 409
    assert "on its way" in answer.json()["detail"]
    coming = make_video_on_its_way(author=chloe)
    assert ask(door(chloe), "POST", f"/api/v1/videos/{coming.uid}/replacement", ASKED).status_code == 409


def test_quota_and_size_are_said_before_a_byte_is_sent(door: Any, site: Any, chloe: Any, settings: Any) -> None:
    video = make_video(author=chloe)
    settings.UPLOAD_QUOTA_BYTES = 1500
    answer = ask(door(chloe), "POST", f"/api/v1/videos/{video.uid}/replacement", ASKED)
    assert (answer.status_code, answer["content-type"]) == (413, "application/problem+json")
    assert ask(door(chloe), "POST", f"/api/v1/videos/{video.uid}/replacement", ASKED | {"size": 0}).status_code == 422
    film = SimpleUploadedFile("b.mp4", bytes(200_000))
    assert door(chloe).post(f"/videos/{video.uid}/replacement", {"film": film}).status_code == 413
    assert not Replacement.objects.exists()


def test_without_javascript_the_form_sends_the_file(door: Any, site: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    film = SimpleUploadedFile("b.mp4", sample("plain.mp4").read_bytes())
    answer = door(chloe).post(f"/videos/{video.uid}/replacement", {"film": film, "keeps_texts": "on"})
    assert answer["location"].endswith("/replacement")
    run_all_tasks(later=True)
    assert Video.objects.get(pk=video.pk).asset.filename == "b.mp4"
    assert door(chloe).post(f"/videos/{video.uid}/replacement", {}).status_code == 422


def test_another_persons_film_is_refused_at_every_door(door: Any, site: Any, chloe: Any, driss: Any) -> None:
    video = make_video(author=chloe)
    change_over(become(announce(door(chloe), video), "ready"))
    api = f"/api/v1/videos/{video.uid}"
    doors = [("GET", "/replacement"), ("POST", "/replacement"), ("DELETE", "/replacement"), ("POST", "/trimming")]
    for method, path in [*doors, ("POST", "/former"), ("DELETE", "/former")]:
        body = {"starts_at": 0, "ends_at": 2} if path == "/trimming" else ASKED
        assert ask(door(driss), method, api + path, body).status_code == 403, path
        assert ask(door(), method, api + path, body).status_code == 401, path
    for path in ("replacement", "replacement/state", "trimming"):
        assert door(driss).get(f"/videos/{video.uid}/{path}").status_code == 403
    for path in ("replacement", "replacement/cancellation", "former/return", "former/removal", "trimming"):
        assert door(driss).post(f"/videos/{video.uid}/{path}").status_code == 403
        assert door().post(f"/videos/{video.uid}/{path}")["location"].startswith("/accounts/login/")


def test_a_removed_film_takes_all_its_files_with_it(
    door: Any, site: Any, chloe: Any, django_capture_on_commit_callbacks: Any
) -> None:
    video = make_video(author=chloe)
    change_over(become(announce(door(chloe), video), "ready"))
    announce(door(chloe), video)
    with django_capture_on_commit_callbacks(execute=True):
        remove_video(Video.objects.get(pk=video.pk), by=chloe)
    assert not Asset.objects.exists()
    assert not Replacement.objects.exists()


def test_a_person_takes_it_away_and_is_forgotten(door: Any, site: Any, chloe: Any, ada: Any) -> None:
    video = make_video(author=chloe)
    announce(door(ada), video)  # who looks after the site may help
    assert export_replacements(ada)[0]["film"] == video.address
    forget_replacements(ada)
    assert Replacement.objects.get().by is None
