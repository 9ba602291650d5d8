"""Lists of videos."""

from __future__ import annotations

from typing import Any

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tests.conftest import queries_of
from bouquet.kinds.videos.tests.make import make_video, make_video_in_the_works
from bouquet.shared.works.models import Work

PRICE = 6  # the sites' directory, the latest, what trends, the most seen; the sorts there are and their names


def test_home_shows_the_latest_first_and_what_is_most_seen(door: Any, chloe: Any) -> None:
    old = make_video(author=chloe, title="Old and loved")
    Work.objects.filter(pk=old.pk).update(views_lately=50)
    make_video(author=chloe, title="Brand new")
    make_video_in_the_works(author=chloe, title="Not yet")
    answer = door().get("/videos/")
    assert answer.context["hero"].title == "Brand new"
    assert [work.title for work in answer.context["most_seen"]] == ["Old and loved"]
    assert "Not yet" not in answer.content.decode()


def test_home_without_videos_invites_to_send_one(door: Any) -> None:
    assert "/videos/new/" in door().get("/videos/").content.decode()


def test_home_asks_as_much_for_thirty_videos_as_for_three(door: Any, chloe: Any) -> None:
    client = door()
    for _ in range(3):
        make_video(author=chloe)
    assert queries_of(client, "/videos/") <= PRICE
    for _ in range(27):
        make_video(author=chloe)
    assert queries_of(client, "/videos/") <= PRICE
    answer = client.get("/videos/")
    following = client.get(answer.context["page"].next_url)
    assert len(following.context["works"]) == 6
    assert following.context["hero"] is None


def test_a_channel_shows_who_it_is_and_its_videos(door: Any, chloe: Any, driss: Any) -> None:
    video = make_video(author=chloe)
    make_video(author=driss, title="Somebody else's")
    html = door().get(f"/videos/channels/{video.channel.slug}/").content.decode()
    assert video.title in html
    assert "Somebody else" not in html
    assert "/follow" in html


def test_an_owner_edits_the_channel(door: Any, chloe: Any) -> None:
    channel = make_video(author=chloe).channel
    address = f"/videos/channels/{channel.slug}/settings"
    assert door(chloe).post(address, {"name": "Chloé films", "about": "Lakes."}).status_code == 302
    channel.refresh_from_db()
    assert (channel.name, channel.about) == ("Chloé films", "Lakes.")


def test_editing_and_removing_by_their_pages(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    client = door(chloe)
    words = {"title": "Renamed", "summary": "New words", "visibility": "members", "language": "fr"}
    words |= {"windows-TOTAL_FORMS": "1", "windows-INITIAL_FORMS": "0"}
    assert client.post(f"/videos/{video.uid}/edit", words).status_code == 302
    video.refresh_from_db()
    assert (video.title, video.slug, video.visibility) == ("Renamed", "renamed", "members")
    assert "cannot be undone" in client.get(f"/videos/{video.uid}/removal").content.decode()
    assert client.post(f"/videos/{video.uid}/removal").status_code == 302
    assert not Video.objects.exists()


def test_a_link_to_save_the_original_is_there_where_its_author_allows_it(door: Any, chloe: Any) -> None:
    kept, given = make_video(author=chloe), make_video(author=chloe, may_download=True, title="Un lac / deux")
    assert door().get(f"/videos/{kept.uid}/download").status_code == 404
    location = door().get(f"/videos/{given.uid}/download")["location"]
    assert location.startswith("/f/")
    assert location.endswith(".mp4")
