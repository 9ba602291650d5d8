"""My videos as a studio: what is shown, narrowed, and done to several at once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tests.conftest import queries_of
from bouquet.kinds.videos.tests.make import make_video, make_video_in_the_works, make_video_on_its_way
from bouquet.shared.network.actions import add_site
from bouquet.shared.network.models import Site

MINE = "/videos/mine/"


@pytest.fixture
def other_site(site: Any) -> Site:
    return add_site(name="Waves", host="waves.bouquet.localhost", kinds=["videos"], language="en")


def titles(answer: Any) -> set[str]:
    return {video.title for video in answer.context["page"].rows}


def test_mine_shows_every_state_and_nobody_elses(door: Any, chloe: Any, driss: Any) -> None:
    make_video(author=chloe, title="Plays", likes=3)
    make_video(author=driss, title="Foreign")
    make_video_on_its_way(author=chloe)
    failed = make_video_in_the_works(author=chloe)
    type(failed.asset).objects.filter(pk=failed.asset_id).update(state="failed", reason="It is a zip.")
    client = door(chloe)
    html = client.get(MINE).content.decode()
    assert "Plays" in html
    assert "3 likes" in html
    assert "Foreign" not in html
    assert "It is a zip." in html
    assert "Go on sending" in html
    assert "used of your" in html
    few = queries_of(client, MINE)
    for _ in range(10):
        make_video(author=chloe)
    assert queries_of(client, MINE) == few
    assert (
        few <= 14
    )  # directory, session, person, notices, rights; films with two prefetches; sites; three for the space


def test_an_empty_studio_invites_to_send(door: Any, chloe: Any) -> None:
    html = door(chloe).get(MINE).content.decode()
    assert "You have not sent a video yet" in html
    assert "studio__batch" not in html


def test_the_list_is_narrowed_by_state_visibility_site_and_title(door: Any, chloe: Any, other_site: Site) -> None:
    make_video(author=chloe, title="Lake at dawn")
    make_video(author=chloe, title="Lake at night", visibility="private")
    make_video(author=chloe, title="Far away", site=other_site)
    make_video_in_the_works(author=chloe, title="Not yet")
    client = door(chloe)
    assert titles(client.get(MINE, {"q": "lake"})) == {"Lake at dawn", "Lake at night"}
    assert titles(client.get(MINE, {"q": "lake", "visibility": "private"})) == {"Lake at night"}
    assert titles(client.get(MINE, {"site": other_site.slug})) == {"Far away"}
    assert titles(client.get(MINE, {"state": "preparing"})) == {"Not yet"}
    assert titles(client.get(MINE, {"state": "ready", "q": "far"})) == {"Far away"}
    assert "No film of yours is like that" in client.get(MINE, {"q": "sea"}).content.decode()


@pytest.mark.parametrize(
    "query", ["state=%00&visibility=x&site=%00&q=%00", "q=" + "a" * 5000, "after=nonsense", "q=%25_"]
)
def test_odd_questions_are_answered(door: Any, chloe: Any, query: str) -> None:
    make_video(author=chloe)
    assert door(chloe).get(f"{MINE}?{query}").status_code == 200


def test_the_list_goes_on_from_page_to_page(door: Any, chloe: Any) -> None:
    for number in range(35):
        make_video(author=chloe, title=f"Number {number}")
    client = door(chloe)
    first = client.get(MINE, {"q": "Number"})
    second = client.get(first.context["page"].next_url)
    assert len(titles(first) | titles(second)) == 35


def test_several_films_change_who_may_see_them(door: Any, chloe: Any, driss: Any) -> None:
    mine = [make_video(author=chloe), make_video(author=chloe)]
    foreign = make_video(author=driss)
    sent = {"uid": [mine[0].uid, mine[1].uid, foreign.uid], "to_visibility": "private", "q": "lake"}
    answer = door(chloe).post(f"{MINE}visibility", sent)
    assert answer["location"] == f"{MINE}?q=lake"
    assert set(Video.objects.filter(author=chloe).values_list("visibility", flat=True)) == {"private"}
    foreign.refresh_from_db()
    assert foreign.visibility == "public"


@pytest.mark.parametrize(
    ("verb", "more"), [("visibility", {"to_visibility": "private"}), ("site", {"to_site": "video"})]
)
def test_films_of_others_do_not_exist(
    door: Any, chloe: Any, driss: Any, site: Any, verb: str, more: dict[str, str]
) -> None:
    more = {"to_site": site.slug} if verb == "site" else more
    assert door(chloe).post(f"{MINE}{verb}", {"uid": [make_video(author=driss).uid], **more}).status_code == 404


def test_nothing_chosen_or_nothing_wanted_is_said(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    client = door(chloe)
    for verb, sent in [
        ("visibility", {"to_visibility": "private"}),
        ("visibility", {"uid": [video.uid]}),
        ("removal", {}),
    ]:
        assert client.post(f"{MINE}{verb}", sent).status_code == 302
        assert "Choose" in client.get(MINE).content.decode()
    assert client.post(f"{MINE}visibility", {"uid": [video.uid], "to_visibility": "everybody!"}).status_code == 302
    video.refresh_from_db()
    assert video.visibility == "public"


def test_films_move_to_a_site_where_one_may_publish(door: Any, chloe: Any, other_site: Site) -> None:
    video = make_video(author=chloe)
    client = door(chloe)
    client.post(f"{MINE}site", {"uid": [video.uid], "to_site": other_site.slug})
    video.refresh_from_db()
    assert video.site == other_site
    assert client.get(f"/videos/{video.uid}/{video.slug}/")["location"].startswith("http://waves.bouquet.localhost")
    Site.objects.filter(pk=other_site.pk).update(minimum_age=18)
    back = make_video(author=chloe)
    client.post(f"{MINE}site", {"uid": [back.uid], "to_site": other_site.slug})
    back.refresh_from_db()
    assert back.site != other_site


def test_removal_asks_first_and_a_second_click_finds_nothing(door: Any, chloe: Any, driss: Any) -> None:
    mine, foreign = make_video(author=chloe, title="<b>Mine</b>"), make_video(author=driss)
    client = door(chloe)
    asked = client.post(f"{MINE}removal", {"uid": [mine.uid, foreign.uid]})
    assert "&lt;b&gt;Mine&lt;/b&gt;" in asked.content.decode()
    assert foreign.uid not in asked.content.decode()
    assert Video.objects.count() == 2
    for _ in range(2):
        assert client.post(f"{MINE}removal", {"uid": [mine.uid, foreign.uid], "confirmed": "1"}).status_code == 302
    assert list(Video.objects.all()) == [foreign]


def test_lines_on_their_way_are_fetched_again(door: Any, chloe: Any, driss: Any) -> None:
    mine, foreign = make_video_in_the_works(author=chloe), make_video_in_the_works(author=driss)
    html = door(chloe).get(f"{MINE}lines", {"uid": [mine.uid, foreign.uid]}).content.decode()
    assert f'data-uid="{mine.uid}"' in html
    assert "data-moving" in html
    assert foreign.uid not in html


def test_the_studio_through_the_api(door: Any, chloe: Any, driss: Any, other_site: Site) -> None:
    video, foreign = make_video(author=chloe, title="Lake"), make_video(author=driss)
    client = door(chloe)
    said = client.get("/api/v1/videos/mine", {"q": "lak"}).json()
    assert [(each["id"], each["state"], each["publication"]) for each in said["items"]] == [
        (video.uid, "ready", "live")
    ]
    assert said["space"]["quota_bytes"] > said["space"]["used_bytes"] > 0
    sent = {"ids": [video.uid, foreign.uid], "visibility": "unlisted", "site": other_site.slug}
    assert post(client, "/api/v1/videos/batch", sent).json() == {"done": [video.uid]}
    video.refresh_from_db()
    assert (video.visibility, video.site) == ("unlisted", other_site)
    assert post(client, "/api/v1/videos/batch", {**sent, "site": "nowhere"}).status_code == 422
    assert (
        post(client, "/api/v1/videos/batch", {"ids": ["x"] * 101}).headers["content-type"] == "application/problem+json"
    )
    assert post(client, "/api/v1/videos/removals", {"ids": [video.uid, foreign.uid]}).json() == {"done": [video.uid]}
    assert list(Video.objects.all()) == [foreign]
    assert door().get("/api/v1/videos/mine").status_code == 401


def post(client: Any, path: str, sent: Any) -> Any:
    return client.post(path, json.dumps(sent), content_type="application/json")
