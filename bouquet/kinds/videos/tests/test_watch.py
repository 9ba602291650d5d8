"""The page of a video."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest

from bouquet.kinds.videos.tests.conftest import queries_of
from bouquet.kinds.videos.tests.make import make_video, make_video_in_the_works, make_video_on_its_way
from bouquet.shared.assets.models import Asset, Step
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.works.actions import set_availability


def page(client: Any, video: Any, query: str = "") -> str:
    answer = client.get(f"/videos/{video.uid}/{video.slug}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_film_plays_without_javascript_where_the_browser_knows_hls(door: Any, chloe: Any) -> None:
    html = page(door(), make_video(author=chloe))
    video = re.search(r"<video[^>]*>.*?</video>", html, re.S)
    assert video
    assert " controls" in video[0]
    assert 'preload="none"' in video[0]
    assert re.search(r'<source src="/m/\d+/[\w-]+/\w+/master.m3u8" type="application/vnd.apple.mpegurl">', video[0])


def test_the_largest_picture_is_asked_for_in_the_head(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    Asset.objects.filter(pk=video.asset_id).update(poster=f"{video.asset.uid}-abc")
    html = page(door(), video)
    head = html.partition("</head>")[0]
    assert re.search(
        r'<link rel="preload" as="image" href="/media/posters/[^"]+/1280.webp" fetchpriority="high">', head
    )


def test_other_machines_find_what_they_look_for(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe, title='</script><script>alert("x")</script>', slug="x")
    html = page(door(), video)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert data
    facts = json.loads(data[1])
    assert facts["@type"] == "VideoObject"
    assert facts["name"] == video.title
    assert facts["embedUrl"] == f"{video.site.url}/embed/{video.uid}"
    assert 'type="application/json+oembed"' in html
    assert '<meta name="twitter:card" content="player">' in html
    assert f'<link rel="canonical" href="{video.address}">' in html
    assert "<script>alert" not in html


def test_addresses_and_times_in_the_description_are_links_and_nothing_else_is(door: Any, chloe: Any) -> None:
    words = 'See https://example.org/a?b=1&c=2.\n\n0:42 the "boat" <script>alert(1)</script>\n1:02:03 the end'
    html = page(door(), make_video(author=chloe, summary=words))
    assert 'href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener"' in html
    assert '<a href="?t=42" data-seek="42">0:42</a>' in html
    assert '<a href="?t=3723" data-seek="3723">1:02:03</a>' in html
    assert "<script>alert(1)" not in html


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("83", 83),
        ("1:23", 83),
        ("12s", 12),
        ("1m30s", 90),
        ("1h2m3s", 3723),
        ("2m", 120),
        ("90.7", 90),
        ("soon", 0),
        ("", 0),
        ("-5", 0),
        ("1e3", 0),
        ("NaN", 0),
        ("9" * 5000, 0),
        ("99999999", 0),
        ("7200", 0),  # behind the end
        ("٣", 0),
        ("12%00", 0),
        ('"><script>', 0),
    ],
)
def test_a_link_may_start_the_film_at_a_time(door: Any, chloe: Any, asked: str, seconds: int) -> None:
    video = make_video(author=chloe)
    Asset.objects.filter(pk=video.asset_id).update(duration=7200)
    html = page(door(), video, f"?t={asked}")
    assert f'data-player-start-value="{seconds}" data-player-asked-value="true"' in html


def place_in(html: str) -> dict[str, Any]:
    found = re.search(r'data-player-place-value="([^"]+)"', html)
    assert found
    place: dict[str, Any] = json.loads(unescape(found[1]))
    return place


def test_a_member_goes_on_where_they_stopped_on_whatever_device(door: Any, chloe: Any, driss: Any) -> None:
    video = make_video(author=driss)
    Asset.objects.filter(pk=video.asset_id).update(duration=600)
    place = place_in(page(door(chloe), video))
    assert (place["uid"], place["kept"]) == (video.uid, 0)
    answer = door().post("/works/position", {"word": place["word"], "seconds": "123.4"})
    assert answer.status_code == 204
    assert place_in(page(door(chloe), video))["kept"] == 123.4
    assert place_in(door(chloe).get(f"/embed/{video.uid}").content.decode())["kept"] == 123.4
    assert place_in(page(door(driss), video))["kept"] == 0


def test_strangers_remember_by_themselves_and_who_edits_is_not_watching(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    assert place_in(page(door(), video)) == {"uid": video.uid, "word": "", "kept": 0}
    assert place_in(door(chloe).get(f"/videos/{video.uid}/edit").content.decode()) == {}


def test_the_player_knows_how_loud_the_film_is(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    assert 'data-player-gain-value="0.00"' in page(door(), video)
    Asset.objects.filter(pk=video.asset_id).update(loudness=-10.5)
    found = re.search(r'data-player-gain-value="(-?[\d.]+)"', page(door(), video))
    assert found
    assert float(found[1]) < -1
    assert float(found[1]) == pytest.approx(Asset.objects.get(pk=video.asset_id).gain_db)


def test_the_theatre_stays_as_it_was_left(door: Any, chloe: Any) -> None:
    video, client = make_video(author=chloe), door()
    assert 'class="watch"' in page(client, video)
    client.cookies["bq_theatre"] = "1"
    assert 'class="watch watch--theatre"' in page(client, video)


def test_what_comes_next_is_marked_for_the_players_end(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    assert "data-up-next" not in page(door(), video)
    make_video(author=chloe, title="Another day")
    assert 'data-up-next="related"' in page(door(), video)


def test_an_old_title_and_another_site_lead_to_the_right_address(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    make_site("cinema", kinds=["videos"])
    assert door().get(f"/videos/{video.uid}/old-title/?t=5")["location"] == f"{video.path}?t=5"
    answer = door().get(video.path, headers={"host": "cinema.bouquet.localhost"})
    assert answer["location"] == video.address


def test_while_it_is_made_the_page_says_how_far_it_is(door: Any, chloe: Any) -> None:
    video = make_video_in_the_works(author=chloe)
    Step.objects.create(asset=video.asset, name="probe", state="done", progress=1)
    Step.objects.create(asset=video.asset, name="storyboard")
    html = page(door(chloe), video)
    assert 'data-stage-again-value="1500"' in html
    assert "Looking at the file" in html
    assert '<meta http-equiv="refresh"' in html  # without JavaScript
    assert "<video" not in html


def test_who_waits_is_told_how_many_are_before(door: Any, chloe: Any) -> None:
    make_video_in_the_works(author=chloe)
    make_video_in_the_works(author=chloe)
    assert "2 films are before yours." in page(door(chloe), make_video_in_the_works(author=chloe))


def test_the_fragment_becomes_the_player(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    html = door(chloe).get(f"/videos/{video.uid}/stage").content.decode()
    assert 'data-controller="player captions chapters"' in html
    assert 'data-stage-again-value="0"' in html
    assert "<html" not in html


def test_a_film_that_failed_tells_its_author_why_and_what_to_do(door: Any, chloe: Any) -> None:
    video = make_video_in_the_works(author=chloe)
    Asset.objects.filter(pk=video.asset_id).update(state="failed", reason="This file holds no picture.")
    html = page(door(chloe), video)
    assert "This file holds no picture." in html
    assert f"/videos/new/?again={video.uid}" in html


def test_an_upload_that_stopped_leads_back_to_it(door: Any, chloe: Any) -> None:
    html = page(door(chloe), make_video_on_its_way(author=chloe))
    assert "The file is still on its way." in html
    assert "Go on sending" in html


def test_outside_its_territory_it_is_451(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    set_availability(video, territories=["FR"], excluded=True)
    assert door().get(video.path).status_code == 451


def test_a_kind_that_is_off_is_not_there(door: Any, chloe: Any) -> None:
    make_site("press", kinds=[])
    assert door().get("/videos/", headers={"host": "press.bouquet.localhost"}).status_code == 404


def test_the_page_asks_a_steady_number_of_questions(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    for _ in range(12):
        make_video(author=chloe)
    # the directory; the video, its renditions, steps, tags, captions and chapters; eight for what is related
    assert queries_of(door(), video.path) <= 17
