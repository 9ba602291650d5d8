"""What is understood of a PeerTube channel, a feed, a table and a folder; and what of hostile ones is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bouquet.kinds.videos.imports.actions import ImportRefused
from bouquet.kinds.videos.imports.sources.peertube import whereabouts
from bouquet.kinds.videos.imports.tests.elsewhere import FILM, feed, item, peertube
from bouquet.toolkit.fetch.tests.serve import Elsewhere, bomb

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lolololololololololol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{(f"&{chr(97 + n)};") * 10}">' for n in range(9))
    + ']><rss version="2.0"><channel><title>&j;</title><item><guid>1</guid><title>&j;</title></item></channel></rss>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>'
    "<title>&x;</title><item><guid>1</guid><title>&x;</title></item></channel></rss>"
)


def test_a_peertube_channel_is_read_page_by_page(world: Elsewhere, ask: Any) -> None:
    peertube(world, 45)
    job = ask("peertube", f"{world.url}/c/lake")
    assert (job.state, job.title, job.items.count()) == ("looked", "By the lake", 45)
    pages = [path for path in world.paths() if "/videos?" in path]
    assert ["start=0" in pages[0], "start=20" in pages[1], "start=40" in pages[2], len(pages)] == [True, True, True, 3]


def test_a_peertube_film_keeps_what_was_said_of_it(world: Elsewhere, ask: Any) -> None:
    uuid = peertube(world, 1)[0]
    film = ask("peertube", f"{world.url}/c/lake/videos").items.get()
    assert film.key == f"peertube:{uuid}"
    assert (film.title, film.size, film.state) == ("Film 0", len(FILM), "waiting")
    assert film.address.endswith("-1080.mp4")
    assert film.published_at == datetime(2019, 4, 1, 10, tzinfo=UTC)
    facts = film.facts
    assert (facts["tags"], facts["language"], facts["category"]) == (["lake", "spring"], "fr", "Travels")
    assert facts["licence"] == "Attribution - Share Alike"
    assert facts["captions"][0]["address"] == f"{world.url}/lazy-static/captions/{uuid}-fr.vtt"
    assert facts["chapters"] == [{"title": "The boat", "seconds": 12}]
    assert f"{world.url}/w/short0" in facts["old"]
    assert f"{world.url}/videos/watch/{uuid}" in facts["old"]
    assert f"{world.url}/videos/embed/{uuid}" in facts["old_embeds"]


def test_sound_and_picture_apart_are_no_film(world: Elsewhere, ask: Any) -> None:
    apart = [
        {"resolution": {"id": 1080}, "size": 9, "fileUrl": "/v.mp4", "hasAudio": False, "hasVideo": True},
        {"resolution": {"id": 0}, "size": 1, "fileUrl": "/a.mp4", "hasAudio": True, "hasVideo": False},
    ]
    peertube(world, 1, files=[], streamingPlaylists=[{"files": apart}])
    film = ask("peertube", f"{world.url}/c/lake").items.get()
    assert (film.state, film.reason) == ("refused", "Its old place offers no file with picture and sound in one.")


@pytest.mark.parametrize(
    "nonsense",
    [
        {"files": None},
        {"files": "no"},
        {"files": [1, {"size": "x"}]},
        {"tags": [1, None]},
        {"language": 3},
        {"publishedAt": "2019-99-99"},
        {"duration": "long"},
        {"description": None},
        {"isLive": True},
        {"description": "a\x00b", "tags": ["c\x00d"], "previewPath": "/e\x00f.png"},
    ],
)
def test_a_strange_answer_of_peertube_ends_nothing(world: Elsewhere, ask: Any, nonsense: Any) -> None:
    peertube(world, 1, **nonsense)
    job = ask("peertube", f"{world.url}/c/lake")
    assert job.state == "looked"
    assert job.items.get().state in ("waiting", "refused")


def test_one_film_that_does_not_answer_is_refused_alone(world: Elsewhere, ask: Any) -> None:
    uuids = peertube(world, 3)
    world.gives(f"/api/v1/videos/{uuids[1]}", b"", status=404)
    job = ask("peertube", f"{world.url}/c/lake")
    assert [film.state for film in job.items.order_by("pk")] == ["waiting", "refused", "waiting"]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://films.example/c/lake/videos", ("https://films.example", "video-channels", "lake")),
        ("https://films.example/video-channels/lake", ("https://films.example", "video-channels", "lake")),
        ("https://films.example/a/ada", ("https://films.example", "accounts", "ada")),
        ("lake@films.example", ("https://films.example", "video-channels", "lake")),
        ("@lake@films.example:9000", ("https://films.example:9000", "video-channels", "lake")),
    ],
)
def test_a_channel_is_named_in_many_ways(address: str, place: Any) -> None:
    assert whereabouts(address) == place


@pytest.mark.parametrize(
    "address", ["", "films", "https://films.example/", "ftp://films.example/c/x", "c/lake", "\x00"]
)
def test_what_names_no_channel_is_refused_at_once(ask: Any, address: str) -> None:
    with pytest.raises(ImportRefused) as refusal:
        ask("peertube", address)
    assert refusal.value.field == "address"


@pytest.mark.parametrize("body", [b"<html>hello</html>", b"[]", b"{", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_not_peertube_says_so(world: Elsewhere, ask: Any, body: bytes) -> None:
    world.gives("/api/v1/video-channels/lake", body, "application/json")
    job = ask("peertube", f"{world.url}/c/lake")
    assert (job.state, job.reason) == ("refused", f"What answers at {world.place} is not PeerTube.")


def test_a_feed_with_enclosures_is_read(world: Elsewhere, ask: Any) -> None:
    job = ask("feed", feed(world, [item(world, 3), item(world, 1), item(world, 2)]))
    films = list(job.items.order_by("pk"))
    assert (job.state, job.title) == ("looked", "By the lake")
    assert [film.title for film in films] == ["Film 3", "Film 1", "Film 2"]
    assert films[0].published_at == datetime(2019, 4, 4, 10, tzinfo=UTC)
    assert (films[0].size, films[0].fact("description"), films[0].fact("language")) == (
        len(FILM),
        "One\nTwo & three",
        "fr",
    )


def test_media_rss_gives_the_largest_film_and_its_picture(world: Elsewhere, ask: Any) -> None:
    group = (
        "<media:group><media:content url='/small.mp4' type='video/mp4' height='240' fileSize='10'/>"
        "<media:content url='/large.mp4' type='video/mp4' height='1080' fileSize='5000'/>"
        "<media:content url='/sound.mp3' type='audio/mpeg'/></media:group>"
        "<media:thumbnail url='/poster.jpg'/><media:keywords>lake, spring</media:keywords>"
    )
    job = ask("feed", feed(world, [f"<item><title>One</title><guid>1</guid>{group}</item>"]))
    film = job.items.get()
    assert (film.address, film.size) == (f"{world.url}/large.mp4", 5000)
    assert film.fact("thumbnail") == f"{world.url}/poster.jpg"
    assert film.fact("tags") == ["lake", "spring"]


def test_a_podcast_of_sound_is_refused_film_by_film(world: Elsewhere, ask: Any) -> None:
    sound = "<item><guid>1</guid><title>Talk</title><enclosure url='/talk.mp3' type='audio/mpeg' length='9'/></item>"
    film = ask("feed", feed(world, [sound])).items.get()
    assert (film.state, film.reason) == ("refused", "This is sound without a picture; only films are taken here.")


def test_a_feed_in_pages_is_read_to_its_end(world: Elsewhere, ask: Any) -> None:
    link = f"<atom:link rel='next' href='{world.url}/feed2.xml'/>"
    feed(world, [item(world, 2)], path="/feed2.xml")
    job = ask("feed", feed(world, [item(world, 1)], head=link))
    assert job.items.count() == 2


def test_a_feed_that_names_itself_as_its_next_page_ends(world: Elsewhere, ask: Any) -> None:
    link = f"<atom:link rel='next' href='{world.url}/feed.xml'/>"
    job = ask("feed", feed(world, [item(world, 1)], head=link))
    assert (job.state, job.items.count(), world.paths().count("/feed.xml")) == ("looked", 1, 1)


def test_a_length_that_nobody_says_is_asked_for(world: Elsewhere, ask: Any) -> None:
    job = ask("feed", feed(world, [item(world, 1, length="0"), item(world, 2, length="many"), item(world, 3)]))
    assert [film.size for film in job.items.order_by("pk")] == [len(FILM)] * 3
    assert world.paths("HEAD") == ["/films/1.mp4", "/films/2.mp4"]


def test_the_same_film_twice_in_a_feed_is_one(world: Elsewhere, ask: Any) -> None:
    assert ask("feed", feed(world, [item(world, 1), item(world, 1)])).items.count() == 1


@pytest.mark.parametrize("hostile", [LAUGHS, OUTSIDE])
def test_entities_of_a_hostile_feed_are_not_expanded(world: Elsewhere, ask: Any, hostile: str) -> None:
    world.gives("/feed.xml", hostile.encode(), "application/rss+xml")
    job = ask("feed", f"{world.url}/feed.xml")
    said = json.dumps([job.title, *job.items.values_list("title", flat=True)])
    assert "lololol" not in said
    assert "root:" not in said


@pytest.mark.parametrize("body", [b"", b"<html><body>hello</body></html>", b"\x00\x01\x02", b"{}"])
def test_what_is_no_feed_says_so(world: Elsewhere, ask: Any, body: bytes) -> None:
    world.gives("/feed.xml", body, "text/html")
    job = ask("feed", f"{world.url}/feed.xml")
    assert (job.state, job.reason) == ("refused", "This address gives no feed.")


def test_a_compressed_bomb_of_a_feed_is_refused(world: Elsewhere, ask: Any) -> None:
    world.gives("/feed.xml", bomb(200 * 1024 * 1024), "application/rss+xml", Content_Encoding="gzip")
    job = ask("feed", f"{world.url}/feed.xml")
    assert job.state == "refused"
    assert "larger than the 16.0" in job.reason


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/feed", "http://169.254.169.254/", "http://[::1]/", "http://2130706433/"]
)
def test_a_feed_that_redirects_inside_is_refused(world: Elsewhere, ask: Any, target: str) -> None:
    world.sends_on("/feed.xml", target)
    job = ask("feed", f"{world.url}/feed.xml")
    assert job.state == "refused"
    assert "private or local network" in job.reason


def test_a_film_inside_is_refused_by_the_dry_run(world: Elsewhere, ask: Any) -> None:
    film = "<enclosure url='http://10.0.0.1/x.mp4' length='9' type='video/mp4'/>"
    inside = f"<item><guid>1</guid><title>x</title>{film}</item>"
    film = ask("feed", feed(world, [inside])).items.get()
    assert film.state == "refused"
    assert "private or local network" in film.reason


def test_a_table_is_read(world: Elsewhere, ask: Any) -> None:
    world.gives_film("/a.mp4", FILM)
    table = (
        "\ufeffURL;Title;published_at;tags;page\n"
        f"{world.url}/a.mp4;Été;2019-04-02;lac|été;https://old.example/a\n\n"
        f"file:///etc/passwd;Bad;;;\n"
    )
    job = ask("csv", "films.csv", table=table.encode())
    good, bad = job.items.order_by("pk")
    assert (good.title, good.size, good.fact("tags"), good.state) == ("Été", len(FILM), ["lac", "été"], "waiting")
    assert good.published_at == datetime(2019, 4, 2, 12, tzinfo=UTC)
    assert (bad.state, bad.reason) == (
        "refused",
        "Only addresses that begin with http:// or https:// are fetched.",
    )


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"", "first line"),
        (b"title\nx\n", "first line"),
        (b"url\n", "no line"),
        (b"url\x00\n", "not a CSV"),
        (b"url\n" + b"https://films.example/a.mp4\n" * 10_001, "too long"),
        (b"url\n" + b"x" * 6_000_000, "too large"),
        (b'url,title\nhttps://films.example/a,"' + b"x" * 200_000, "cannot be read"),
    ],
)
def test_a_bad_table_is_refused_with_a_sentence(ask: Any, table: bytes, said: str) -> None:
    with pytest.raises(ImportRefused, match=said) as refusal:
        ask("csv", "films.csv", table=table)
    assert refusal.value.field == "table"


def test_a_folder_is_read_with_what_lies_beside_the_films(tmp_path: Path, ask: Any) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    (folder / "2019-04-02 Spring at the lake.mp4").write_bytes(FILM)
    (folder / "2019-04-02 Spring at the lake.txt").write_text("At dawn.")
    (folder / "2019-04-02 Spring at the lake.jpg").write_bytes(b"x")
    (folder / "2019-04-02 Spring at the lake.fr.vtt").write_text("WEBVTT")
    (folder / "notes.txt").write_text("no film")
    (folder / ".hidden.mp4").write_bytes(FILM)
    (folder / "link.mp4").symlink_to("/etc/passwd")
    film = ask("folder", str(folder), operator=True).items.get()
    assert (film.title, film.size, film.fact("description")) == ("Spring at the lake", len(FILM), "At dawn.")
    assert film.published_at == datetime(2019, 4, 2, 12, tzinfo=UTC)
    assert film.fact("captions")[0]["language"] == "fr"
    assert film.fact("thumbnail").endswith("lake.jpg")


def test_a_folder_is_the_operators_alone(tmp_path: Path, ask: Any) -> None:
    with pytest.raises(ImportRefused, match="operator"):
        ask("folder", str(tmp_path))


def test_a_table_says_what_a_film_is_about(world: Elsewhere, ask: Any) -> None:
    world.gives_film("/1.mp4", FILM)
    world.gives_film("/2.mp4", FILM)
    lines = ["url,title,tags,category", f"{world.url}/1.mp4,Lac,eau|Été|eau,musique", f"{world.url}/2.mp4,Mer,,Zumba"]
    job = ask("csv", "films.csv", table="\n".join(lines).encode(), start=True)
    lake, sea = (each.video for each in job.items.order_by("pk"))
    assert [tag.name for tag in lake.tags.order_by("slug")] == ["eau", "Été"]
    assert (lake.category, sea.category, sea.tags.count()) == ("music", "", 0)
