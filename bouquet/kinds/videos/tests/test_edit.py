"""The edit page and the same changes through the API: words, languages, audience, where and when, rights."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tests.conftest import queries_of
from bouquet.kinds.videos.tests.make import make_video, make_video_in_the_works
from bouquet.shared.network.actions import add_site
from bouquet.shared.network.models import Site
from bouquet.shared.search.actions import index_all
from bouquet.shared.works.models import Lock, Work

WINDOWS = {"windows-TOTAL_FORMS": "1", "windows-INITIAL_FORMS": "0"}
FORM = {"title": "A day at the lake", "visibility": "public", "rating": "0"}


@pytest.fixture
def other_site(site: Any) -> Site:
    return add_site(name="Waves", host="waves.bouquet.localhost", kinds=["videos"], language="en")


def send(client: Any, video: Video, **changes: Any) -> Any:
    return client.post(f"/videos/{video.uid}/edit", FORM | WINDOWS | changes)


def patch(client: Any, video: Video, **changes: Any) -> Any:
    return client.patch(f"/api/v1/videos/{video.uid}", json.dumps(changes), content_type="application/json")


def page_of(client: Any, video: Video) -> str:
    answer = client.get(f"/videos/{video.uid}/{video.slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_words_tags_category_licence_and_age_reach_the_page(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    client = door(chloe)
    answer = send(
        client, video, tags="Lake, lake , Été; <b>", category="nature", licence="cc-by-sa", rating="12", credit="Chloé"
    )
    assert answer["location"] == f"/videos/{video.uid}/edit"
    html = page_of(door(), video)
    assert html.count('rel="tag"') == 3  # “<b>” is the tag “b”: a tag is found by its letters
    assert "&lt;b&gt;" in html
    assert "Animals and nature" in html
    assert 'href="https://creativecommons.org/licenses/by-sa/4.0/" rel="license' in html
    facts = json.loads(re.search(r"ld\+json\">(.*?)</script>", html, re.S)[1])  # type: ignore[index]
    assert facts["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert set(facts["keywords"]) == {"Lake", "Été", "<b>"}
    assert (facts["genre"], facts["contentRating"]) == ("Animals and nature", "12+")
    again = client.get(f"/videos/{video.uid}/edit").content.decode()
    assert '<option value="cc-by-sa" selected>' in again


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 100_000},
        {"summary": "x" * 100_000},
        {"tags": "x" * 100_000},
        {"tags": ",".join(f"t{n}" for n in range(20))},
        {"category": "nonsense"},
        {"licence": "nonsense"},
        {"rating": "-3"},
        {"visibility": "password"},
        {"windows-0-where": "only"},
        {"windows-0-where": "only", "windows-0-territories": "QQ"},
        {"windows-0-opens_at": "2030-01-02T10:00", "windows-0-closes_at": "2030-01-01T10:00"},
        {"windows-TOTAL_FORMS": "100000"},
        {"windows-TOTAL_FORMS": "x"},
        {"title_fr": "x" * 200},
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(door: Any, chloe: Any, changes: dict[str, str]) -> None:
    video = make_video(author=chloe)
    before = video.updated_at
    assert send(door(chloe), video, **changes).status_code == 422
    video.refresh_from_db()
    assert video.updated_at == before


def test_words_that_would_turn_the_line_round_are_taken_out(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    send(door(chloe), video, title="Lake\u202egpj.exe\x07\nday", summary="one\r\ntwo\u2066")
    video.refresh_from_db()
    assert (video.title, video.summary) == ("Lakegpj.exe day", "one\ntwo")


def test_titles_follow_the_language_of_the_reader_on_pages_lists_and_search(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe, language="en")
    send(door(chloe), video, language="en", title_fr="Un jour au <lac>", summary_fr="En français.")
    video.refresh_from_db()
    reader = door()
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    for path in (f"/videos/{video.uid}/{video.slug}/", "/videos/", "/search/?q=lac"):
        index_all_now()
        html = reader.get(path).content.decode()
        assert "Un jour au &lt;" in html or "&lt;<mark>lac</mark>" in html, path
    assert "A day at the lake" in page_of(door(), video)
    assert "En français." in reader.get(video.path).content.decode()


def index_all_now() -> None:
    list(index_all())


def test_a_password_is_asked_for_everywhere(door: Any, chloe: Any, driss: Any) -> None:
    video = make_video(author=chloe, title="Secret lake")
    send(door(chloe), video, title="Secret lake", visibility="password", password="poisson-lune")
    index_all_now()
    video.refresh_from_db()
    assert "poisson" not in Lock.objects.get(work=video).password
    stranger, address = door(), f"/videos/{video.uid}/{video.slug}/"
    for path in (address, f"/videos/{video.uid}/stage", f"/embed/{video.uid}", f"/api/v1/videos/{video.uid}"):
        answer = stranger.get(path)
        assert answer.status_code == 403, path
        assert "Secret lake" not in answer.content.decode(), path
        assert "/m/" not in answer.content.decode(), path
    assert stranger.get(f"/videos/{video.uid}/download").status_code == 403
    assert stranger.get("/oembed", {"url": video.address}).status_code == 401
    for path in ("/videos/", "/feed/", "/feed/rss.xml", "/search/?q=secret", "/api/v1/videos", "/api/v1/works"):
        assert "Secret lake" not in stranger.get(path).content.decode(), path
        assert "Secret lake" not in door(driss).get(path).content.decode(), path
    assert stranger.post(f"/works/{video.uid}/password", {"password": "wrong"}).status_code == 403
    assert stranger.post(f"/works/{video.uid}/password", {"password": "poisson-lune"})["location"] == video.path
    assert "Secret lake" in page_of(stranger, video)
    assert "/m/" in page_of(stranger, video)
    assert door().get(address).status_code == 403  # another session
    send(door(chloe), video, title="Secret lake", visibility="password", password="another one")
    assert stranger.get(address).status_code == 403  # the key went with the old password


def test_the_key_of_one_film_opens_no_other(door: Any, chloe: Any) -> None:
    one, other = make_video(author=chloe), make_video(author=chloe)
    for video, password in ((one, "first"), (other, "second")):
        assert patch(door(chloe), video, visibility="password", password=password).status_code == 200
    stranger = door()
    stranger.post(f"/works/{one.uid}/password", {"password": "first"})
    assert stranger.get(one.path).status_code == 200
    assert stranger.get(other.path).status_code == 403
    assert stranger.post(f"/works/{other.uid}/password", {"password": "first"}).status_code == 403


def test_passwords_are_not_guessed_by_trying(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    patch(door(chloe), video, visibility="password", password="right")
    stranger, address = door(), f"/works/{video.uid}/password"
    answers = [stranger.post(address, {"password": f"try {n}"}).status_code for n in range(12)]
    assert answers == [403] * 10 + [429] * 2
    assert stranger.post(address, {"password": "right"}).status_code == 429
    api = stranger.get(f"/api/v1/videos/{video.uid}", headers={"bouquet-password": "right"})
    assert api.status_code == 429


def test_a_program_says_the_password_in_a_header(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    assert patch(door(chloe), video, visibility="password").status_code == 422
    assert patch(door(chloe), video, visibility="password", password="right").json()["visibility"] == "password"
    address = f"/api/v1/videos/{video.uid}"
    refused = door().get(address, headers={"bouquet-password": "wrong"})
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    assert door().get(address, headers={"bouquet-password": "right"}).json()["hls"].endswith("master.m3u8")
    patch(door(chloe), video, visibility="public")
    assert not Lock.objects.exists()


def test_where_and_when_hold_on_every_surface(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe, title="Far lake")
    client = door(chloe)
    assert send(client, video, **{"windows-0-where": "but", "windows-0-territories": ["FR", "BE"]}).status_code == 302
    video.refresh_from_db()
    assert video.restricted
    html = client.get(f"/videos/{video.uid}/edit").content.decode()
    assert re.search(r'value="BE"[^>]*checked', html)
    said = patch(client, video, windows=[{"territories": ["be"], "closes_at": "2099-01-01T00:00:00Z"}]).json()
    assert said["windows"] == [
        {"territories": ["BE"], "excluded": False, "opens_at": None, "closes_at": "2099-01-01T00:00:00Z"}
    ]
    assert door().get(f"/api/v1/videos/{video.uid}").status_code == 451
    past = (timezone.now() - timedelta(minutes=1)).isoformat()
    patch(client, video, windows=[{"closes_at": past}])
    assert door().get(video.path).status_code == 451
    assert "Far lake" not in door().get("/videos/").content.decode()
    patch(client, video, windows=[])
    assert door().get(video.path).status_code == 200


def test_a_film_stands_on_other_sites_with_one_address(door: Any, chloe: Any, other_site: Site) -> None:
    video = make_video(author=chloe, title="Guest lake")
    assert send(door(chloe), video, title="Guest lake", also_on=[other_site.slug]).status_code == 302
    index_all_now()
    there = {"host": other_site.host}
    for path in ("/videos/", "/feed/here/", "/search/?q=guest"):
        html = door().get(path, headers=there).content.decode()
        assert "Guest" in html, path
        assert video.address in html, path
    assert video.address in door().get("/feed/rss.xml", headers=there).content.decode()
    listed = door().get("/api/v1/videos", {"site": other_site.slug}).json()["items"]
    assert [each["url"] for each in listed] == [video.address]
    moved = door().get(f"/videos/{video.uid}/{video.slug}/", headers=there)
    assert moved["location"] == video.address
    patch(door(chloe), video, visibility="private")
    assert "Guest" not in door().get("/videos/", headers=there).content.decode()
    patch(door(chloe), video, visibility="public", also_on=[])
    assert "Guest" not in door().get("/videos/", headers=there).content.decode()


def test_only_sites_where_one_may_publish_list_it(door: Any, chloe: Any, other_site: Site) -> None:
    video = make_video(author=chloe)
    Site.objects.filter(pk=other_site.pk).update(minimum_age=18)
    send(door(chloe), video, also_on=[other_site.slug])
    assert not video.also_on.exists()
    assert patch(door(chloe), video, also_on=[other_site.slug]).status_code == 422
    Site.objects.filter(pk=other_site.pk).update(minimum_age=0, kinds=[])
    assert patch(door(chloe), video, also_on=[other_site.slug]).status_code == 422
    assert not video.also_on.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"category": "x"},
        {"licence": "x"},
        {"rating": 5},
        {"tags": ["x" * 41]},
        {"tags": ["x"] * 16},
        {"windows": [{"territories": ["QQ"]}]},
        {"windows": [{"territories": [""]}]},
        {"windows": [{"opens_at": "2030-01-01T00:00:00"}]},
        {"publish_at": "2099-01-01T00:00:00Z"},  # it is published already
        {"translations": {"fr": {"title": "x" * 141}}},
        {"translations": {"../..": {"title": "x"}}},
        {"language": "<script>"},
    ],
)
def test_the_api_refuses_the_same(door: Any, chloe: Any, changes: dict[str, Any]) -> None:
    answer = patch(door(chloe), make_video(author=chloe), **changes)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_everything_is_said_back_through_the_api(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    sent = {
        "language": "en",
        "tags": ["lake", "summer"],
        "category": "travel",
        "licence": "reserved",
        "credit": "Chloé",
        "rating": 10,
        "translations": {"fr": {"title": "Un jour", "description": ""}},
    }
    said = patch(door(chloe), video, **sent).json()
    assert {name: said[name] for name in sent} == sent
    assert {"code": "travel", "name": "Travel and places", "url": ""} in door().get("/api/v1/categories").json()
    assert len(door().get("/api/v1/licences").json()) == 9


def test_an_hour_is_set_and_taken_back_while_it_is_not_published(door: Any, chloe: Any) -> None:
    video = make_video_in_the_works(author=chloe)
    hour = (timezone.now() + timedelta(days=1)).replace(microsecond=0)
    assert patch(door(chloe), video, publish_at=hour.isoformat()).status_code == 200
    video.refresh_from_db()
    assert video.publish_at == hour
    assert patch(door(chloe), video, publish_at=None).status_code == 200
    video.refresh_from_db()
    assert video.publish_at is None


def test_a_change_sent_twice_is_one_change(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    for _ in range(2):
        assert send(door(chloe), video, tags="one, two", licence="cc0").status_code == 302
    assert video.tags.count() == 2


def test_the_page_asks_as_much_for_many_tags_as_for_one(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    patch(door(chloe), video, tags=["one"], category="music", licence="cc0")
    path = f"/videos/{video.uid}/{video.slug}/"
    few = queries_of(door(), path)
    patch(door(chloe), video, tags=[f"tag {n}" for n in range(15)])
    assert queries_of(door(), path) == few


def test_a_collection_has_no_password(door: Any, chloe: Any) -> None:
    html = door(chloe).get("/me/collections/").content.decode()
    assert 'value="password"' not in html


def test_what_was_said_of_a_film_is_taken_away_with_it(site: Any, chloe: Any) -> None:
    from bouquet.shared.works.personal_data import export_works

    make_video(author=chloe, category="music", translations={"fr": {"title": "Un jour"}})
    exported = export_works(chloe)["works"][0]
    assert (exported["category"], exported["translations"]) == ("music", {"fr": {"title": "Un jour"}})
    assert Work.objects.count() == 1
