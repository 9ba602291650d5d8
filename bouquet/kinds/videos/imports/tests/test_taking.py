"""From a source to videos: through the same door as uploads, once each, and after any kind of break."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from bouquet.kinds.videos.actions import publish_when_playable, remove_video
from bouquet.kinds.videos.imports import fetching, taking
from bouquet.kinds.videos.imports.actions import (
    ImportRefused,
    cancel_import,
    leave_out,
    look_again,
    pause_import,
    retry_failed,
    start_import,
)
from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.kinds.videos.imports.tasks import look_after_imports
from bouquet.kinds.videos.imports.tests.elsewhere import FILM, feed, item, peertube, picture
from bouquet.kinds.videos.models import Video
from bouquet.shared.assets.models import Asset
from bouquet.shared.notifications.models import Notice
from bouquet.toolkit.fetch.tests.serve import Elsewhere
from bouquet.toolkit.tasks import Stopped
from bouquet.toolkit.tasks.models import TaskRow


def test_a_channel_of_peertube_becomes_videos(world: Elsewhere, ask: Any, chloe: Any) -> None:
    peertube(world, 3)
    job = ask("peertube", f"{world.url}/c/lake", start=True, visibility="unlisted")
    assert job.state == "done"
    videos = Video.objects.filter(author=chloe).order_by("pk")
    assert [video.title for video in videos] == ["Film 0", "Film 1", "Film 2"]
    video = videos[0]
    assert video.asset.source_path.read_bytes() == FILM
    assert (video.asset.state, video.visibility, video.language) == ("processing", "unlisted", "fr")
    assert (video.licence, video.summary) == (
        "Attribution - Share Alike",
        "**Spring** at the lake <script>alert(1)</script>",
    )
    assert video.own_poster.source_path.read_bytes() == picture()
    prepared = set(TaskRow.objects.filter(task__endswith="prepare_asset").values_list("args__0", flat=True))
    assert prepared >= {each.asset_id for each in videos}


def test_a_film_keeps_its_date(world: Elsewhere, ask: Any) -> None:
    ask("feed", feed(world, [item(world, 1)]), start=True)
    video = Video.objects.get()
    assert video.publish_at == datetime(2019, 4, 2, 10, tzinfo=UTC)
    publish_when_playable(video)  # what the pipeline's news does once it plays
    video.refresh_from_db()
    assert (video.state, video.published_at) == ("live", datetime(2019, 4, 2, 10, tzinfo=UTC))


def test_nothing_is_fetched_before_it_is_started(world: Elsewhere, ask: Any) -> None:
    ask("feed", feed(world, [item(world, 1)]))
    assert world.paths() == ["/feed.xml"]
    assert not Asset.objects.exists()


def test_an_import_ten_times_the_quota_is_refused_with_its_numbers(world: Elsewhere, ask: Any, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = len(FILM)
    job = ask("feed", feed(world, [item(world, number) for number in range(10)]))
    assert job.state == "refused"
    assert "100.1\xa0KB for 10 films" in job.reason
    assert "10.0\xa0KB left of 10.0\xa0KB" in job.reason
    assert world.paths() == ["/feed.xml"]
    with pytest.raises(ImportRefused):
        start_import(job)


def test_leaving_films_out_makes_room(world: Elsewhere, ask: Any, work: Any, settings: Any) -> None:
    settings.UPLOAD_QUOTA_BYTES = len(FILM)
    job = ask("feed", feed(world, [item(world, 1), item(world, 2)]))
    first, _second = job.items.order_by("pk")
    assert leave_out(job, [first.pk]) == 1
    job.refresh_from_db()
    assert (job.state, job.reason) == ("looked", "")
    start_import(job)
    work()
    assert [each.state for each in job.items.order_by("pk")] == ["left_out", "done"]


def test_a_film_over_the_limit_is_refused_alone(world: Elsewhere, ask: Any, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = len(FILM) - 1
    job = ask("feed", feed(world, [item(world, 1), item(world, 2, film=b"\x00\x00\x00\x18ftypmp42")]), start=True)
    states = [(each.state, each.reason) for each in job.items.order_by("pk")]
    assert states[0][0] == "refused"
    assert "files of up to" in states[0][1] or "films of up to" in states[0][1]
    assert states[1][0] == "done"


def test_a_space_that_fills_up_on_the_way_pauses_the_import(
    world: Elsewhere, ask: Any, settings: Any, chloe: Any
) -> None:
    job = ask("feed", feed(world, [item(world, 1), item(world, 2), item(world, 3)]))
    job.items.update(size=None)  # nobody said how large they are
    settings.UPLOAD_QUOTA_BYTES = len(FILM) + 10
    start_import(job)
    _work(job)
    assert (job.state, job.items.filter(state="done").count(), job.items.filter(state="waiting").count()) == (
        "paused",
        1,
        2,
    )
    assert job.reason
    assert Notice.objects.filter(person=chloe, kind="videos.import_paused").count() == 1


def test_a_second_import_of_the_same_brings_nothing_twice(world: Elsewhere, ask: Any) -> None:
    address = feed(world, [item(world, 1), item(world, 2)])
    ask("feed", address, start=True)
    again = ask("feed", address)
    assert [each.state for each in again.items.all()] == ["known", "known"]
    assert all(each.video for each in again.items.all())
    start_import(again)
    _work(again)
    assert (again.state, Video.objects.count()) == ("done", 2)


def test_two_imports_at_once_bring_nothing_twice(world: Elsewhere, ask: Any, work: Any) -> None:
    address = feed(world, [item(world, 1), item(world, 2)])
    one, two = ask("feed", address), ask("feed", address)
    start_import(one)
    start_import(two)
    work()
    assert Video.objects.count() == 2
    assert sorted(ImportItem.objects.values_list("state", flat=True)) == ["done", "done", "known", "known"]


def test_what_its_maker_removed_does_not_come_back(world: Elsewhere, ask: Any, chloe: Any) -> None:
    address = feed(world, [item(world, 1)])
    ask("feed", address, start=True)
    remove_video(Video.objects.get(), by=chloe)
    again = ask("feed", address, start=True)
    assert not Video.objects.exists()
    film = again.items.get()
    assert (film.state, film.reason) == ("known", "It came with an earlier import and was removed since.")


def test_a_worker_stopped_in_the_middle_goes_on_behind_what_came(
    world: Elsewhere, ask: Any, work: Any, monkeypatch: Any
) -> None:
    film = FILM * 200
    job = ask("feed", feed(world, [item(world, 1, film=film)]))
    start_import(job)

    def killed(news: Any, have: int, whole: int | None) -> None:
        if have > 500_000:
            raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(fetching._News, "__call__", killed)
        with pytest.raises(Stopped):
            work()
    left = job.items.get()
    came = left.spool.stat().st_size
    assert (left.state, Video.objects.exists()) == ("fetching", False)
    assert 0 < came < len(film)
    look_after_imports.func()
    work()
    assert world.asked[-1][2]["Range"] == f"bytes={came}-"
    assert Video.objects.get().asset.source_path.read_bytes() == film
    assert not left.spool.exists()


@pytest.mark.parametrize("moment", ["take_whole_file", "adorn", "keep_old_addresses", "_finish", "forget"])
def test_a_kill_after_the_rows_leaves_one_video(
    world: Elsewhere, ask: Any, work: Any, monkeypatch: Any, moment: str
) -> None:
    job = ask("feed", feed(world, [item(world, 1)]))
    start_import(job)

    def killed(*_arguments: Any, **_options: Any) -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(taking, moment, killed)
        with pytest.raises(Stopped):
            work()
    look_after_imports.func()
    work()
    job.refresh_from_db()
    video = Video.objects.get()
    assert (job.state, job.items.get().state, video.asset.state) == ("done", "done", "processing")
    assert video.asset.source_path.read_bytes() == FILM
    assert world.paths().count("/films/1.mp4") == 1


def test_a_kill_between_two_names_of_the_file_loses_no_byte(
    world: Elsewhere, ask: Any, work: Any, monkeypatch: Any
) -> None:
    """The file has its new name, the row does not know it yet: a copy onto itself would empty it."""
    job = ask("feed", feed(world, [item(world, 1)]))
    start_import(job)
    from bouquet.shared.assets.actions import incoming

    def killed(*_arguments: Any) -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(incoming, "upload_finished", killed)
        with pytest.raises(Stopped):
            work()
    look_after_imports.func()
    work()
    assert Video.objects.get().asset.source_path.read_bytes() == FILM


def test_a_404_in_the_middle_fails_one_film_and_ends_nothing(world: Elsewhere, ask: Any, work: Any) -> None:
    job = ask(
        "feed", feed(world, [item(world, 1), item(world, 2, film=None, length="5000"), item(world, 3)]), start=True
    )
    assert job.state == "done"
    assert [each.state for each in job.items.order_by("pk")] == ["done", "failed", "done"]
    assert "(404)" in job.items.get(state="failed").reason
    world.gives_film("/films/2.mp4", FILM)
    assert retry_failed(job) == 1
    work()
    job.refresh_from_db()
    assert (job.state, job.items.filter(state="done").count(), Video.objects.count()) == ("done", 3, 3)


def test_a_line_that_breaks_is_tried_again_and_goes_on(world: Elsewhere, ask: Any) -> None:
    film = FILM * 200
    entry = item(world, 1, film=film)
    world.gives_film("/films/1.mp4", film, breaks_at=700_000)
    job = ask("feed", feed(world, [entry]), start=True)
    assert (job.state, job.items.get().state, job.items.get().attempts) == ("done", "done", 2)
    assert Video.objects.get().asset.source_path.read_bytes() == film


def test_a_server_that_is_ill_all_the_time_ends_as_failed(world: Elsewhere, ask: Any) -> None:
    entry = item(world, 1)
    world.gives("/films/1.mp4", b"", status=503)
    job = ask("feed", feed(world, [entry]), start=True)
    film = job.items.get()
    assert (job.state, film.state, film.attempts) == ("done", "failed", 5)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!DOCTYPE html><p>Log in first</p>" + b" " * 9000, "text/html"),
        (b"<html>not found</html>" + b" " * 9000, "video/mp4"),
        (b"#EXTM3U\n#EXT-X-VERSION:3\n", "video/mp4"),
        (b'{"error": "no"}', "application/octet-stream"),
    ],
)
def test_a_page_instead_of_a_film_is_no_video(world: Elsewhere, ask: Any, body: bytes, kind: str) -> None:
    entry = item(world, 1)
    world.gives("/films/1.mp4", body, kind)
    job = ask("feed", feed(world, [entry]), start=True)
    assert job.items.get().state == "failed"
    assert not Video.objects.exists()
    left = job.items.get().spool.parent.iterdir()
    assert not [file.name for file in left if file.suffix != ".lock"]  # an import's lock stays, a film's bytes do not


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:8999/x", "http://169.254.169.254/x", "http://[::1]:8999/", "http://2130706433/"]
)
def test_a_film_that_redirects_inside_fails_with_a_sentence(world: Elsewhere, ask: Any, target: str) -> None:
    entry = item(world, 1)
    world.sends_on("/films/1.mp4", target)
    film = ask("feed", feed(world, [entry]), start=True).items.get()
    assert film.state == "failed"
    assert "private or local network" in film.reason


def test_a_body_without_end_stops_at_the_limit(world: Elsewhere, ask: Any, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 3_000_000
    entry = item(world, 1, length="")

    def endless(door: Any) -> None:
        door.send_response(200)
        door.send_header("Content-Type", "video/mp4")
        door.end_headers()
        while door.command == "GET":
            door.wfile.write(b"\x00" * 65536)

    world.routes["/films/1.mp4"] = endless
    film = ask("feed", feed(world, [entry]), start=True).items.get()
    assert (film.state, film.spool.exists()) == ("failed", False)
    assert "larger than" in film.reason


@pytest.mark.parametrize("poster", [b"<svg onload=alert(1)>", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50])
def test_a_bad_picture_leaves_the_film_and_says_why(world: Elsewhere, ask: Any, poster: bytes) -> None:
    uuid = peertube(world, 1)[0]
    world.gives(f"/lazy-static/previews/{uuid}.png", poster, "image/png")
    film = ask("peertube", f"{world.url}/c/lake", start=True).items.get()
    assert film.state == "done"
    assert film.reason.startswith("The film is here; its picture is not:")
    assert film.video.own_poster is None


def test_pausing_stops_the_film_that_is_coming_and_keeps_its_bytes(
    world: Elsewhere, ask: Any, work: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(fetching, "NEWS", 0)
    film = FILM * 200
    job = ask("feed", feed(world, [item(world, 1, film=film)]))
    start_import(job)
    real = fetching._News.__call__

    def pauses(news: Any, have: int, whole: int | None) -> None:
        if have > 500_000:
            ImportJob.objects.filter(pk=job.pk).update(state="paused")
        real(news, have, whole)

    with monkeypatch.context() as patch:
        patch.setattr(fetching._News, "__call__", pauses)
        work()
    waiting = job.items.get()
    assert (waiting.state, waiting.attempts) == ("waiting", 0)
    assert waiting.got > 0
    job.refresh_from_db()
    start_import(job)
    work()
    assert "Range" in world.asked[-1][2]
    assert Video.objects.get().asset.source_path.read_bytes() == film


def test_what_is_given_up_forgets_its_bytes(world: Elsewhere, ask: Any) -> None:
    job = ask("feed", feed(world, [item(world, 1)]))
    film = job.items.get()
    film.spool.parent.mkdir(parents=True, exist_ok=True)
    film.spool.write_bytes(b"half")
    job.items.update(got=4)
    cancel_import(job)
    assert (job.state, film.spool.exists()) == ("cancelled", False)
    for verb in (start_import, pause_import, retry_failed, look_again):
        with pytest.raises(ImportRefused):
            verb(job)


def test_a_subscription_brings_what_is_new_and_says_so(world: Elsewhere, ask: Any, work: Any, chloe: Any) -> None:
    address = feed(world, [item(world, 1)])
    job = ask("feed", address, start=True, repeat="hourly")
    assert timezone.now() < job.again_at <= timezone.now() + timedelta(hours=1)
    assert Notice.objects.filter(person=chloe, kind="videos.imported").count() == 1
    feed(world, [item(world, 2), item(world, 1)])
    look_after_imports.func()
    work()
    assert Video.objects.count() == 1  # its hour has not come
    for _hour in range(2):
        ImportJob.objects.update(again_at=timezone.now() - timedelta(seconds=1))
        look_after_imports.func()
        work()
    job.refresh_from_db()
    assert (job.state, Video.objects.count()) == ("done", 2)
    assert world.paths().count("/films/1.mp4") == 1
    assert Notice.objects.filter(person=chloe, kind="videos.imported").count() == 2  # and none for "nothing new"


def test_a_folder_of_the_server_becomes_videos(tmp_path: Path, ask: Any) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    (folder / "2019-04-02 Spring.mp4").write_bytes(FILM)
    (folder / "2019-04-02 Spring.png").write_bytes(picture())
    ask("folder", str(folder), operator=True, start=True)
    video = Video.objects.get()
    assert (video.title, video.asset.filename) == ("Spring", "2019-04-02 Spring.mp4")
    assert video.asset.source_path.read_bytes() == FILM
    assert video.own_poster is not None
    assert (folder / "2019-04-02 Spring.mp4").read_bytes() == FILM


def test_imports_run_in_the_spare_time_lane(world: Elsewhere, ask: Any) -> None:
    start_import(ask("feed", feed(world, [item(world, 1)])))
    assert set(TaskRow.objects.filter(task__contains=".imports.").values_list("lane", flat=True)) == {"extras"}


def test_one_person_has_few_imports_under_way(world: Elsewhere, ask: Any) -> None:
    address = feed(world, [item(world, 1)])
    for _time in range(3):
        start_import(ask("feed", address))
        ImportJob.objects.update(state="running")
    with pytest.raises(ImportRefused) as refusal:
        ask("feed", address)
    assert refusal.value.status == 429


def _work(job: ImportJob) -> None:
    """What waits for this import, once each."""
    from bouquet.kinds.videos.imports import tasks

    while row := TaskRow.objects.filter(state="waiting", task__contains=".imports.").first():
        row.delete()
        getattr(tasks, row.task.rpartition(".")[2]).func(*row.args)
    job.refresh_from_db()
