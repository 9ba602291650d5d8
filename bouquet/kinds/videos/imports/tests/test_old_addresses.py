"""Whoever follows an old link finds the film: with one redirect, whichever way the old host name came here."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from bouquet.kinds.videos.imports.models import ImportItem
from bouquet.kinds.videos.imports.old_addresses import keep_old_addresses
from bouquet.kinds.videos.imports.tests.elsewhere import feed, item, peertube
from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tests.conftest import HOST
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.network.models import HostAlias
from bouquet.shared.works.actions import as_csv, as_nginx, parts_of
from bouquet.shared.works.models import OldAddress
from bouquet.toolkit.fetch.tests.serve import Elsewhere

OLD = {"host": "films.example"}


@pytest.fixture
def moved(site: Any, chloe: Any) -> Video:
    video = make_video(author=chloe)
    for path, embed in (
        ("/w/abc", False),
        ("/videos/watch/9c9d", False),
        ("/videos/embed/9c9d", True),
        ("/?p=7", False),
    ):
        OldAddress.objects.create(host="films.example", path=path, work=video, embed=embed)
    return video


@pytest.mark.parametrize("path", ["/w/abc", "/w/abc/", "/w/abc?start=12", "/videos/watch/9c9d", "/?p=7"])
@pytest.mark.parametrize("known", ["an alias", "nobody's", "the site's own"])
def test_an_old_address_leads_to_the_new_page_at_once(moved: Video, site: Any, path: str, known: str) -> None:
    if known == "an alias":
        HostAlias.objects.create(site=site, host="films.example")
    answer = Client(headers=HOST if known == "the site's own" and path != "/?p=7" else OLD).get(path)
    assert (answer.status_code, answer["Location"]) == (301, moved.address)


def test_an_old_player_in_other_peoples_pages_goes_on_playing(moved: Video, site: Any) -> None:
    answer = Client(headers=OLD).get("/videos/embed/9c9d")
    assert (answer.status_code, answer["Location"]) == (301, f"{site.url}/embed/{moved.uid}")


def test_what_never_was_there_is_not_found(moved: Video) -> None:
    assert Client(headers=OLD).get("/w/other").status_code == 404
    assert Client(headers=HOST).get("/w/other/").status_code == 404
    assert Client(headers=HOST).get("/w/other")["Location"] == "/w/other/"
    assert Client(headers=HOST).get("/w/" + "x" * 3000 + "/").status_code == 404


def test_an_alias_still_leads_to_its_site(moved: Video, site: Any) -> None:
    HostAlias.objects.create(site=site, host="films.example")
    answer = Client(headers=OLD).get("/about")
    assert (answer.status_code, answer["Location"]) == (301, f"{site.url}/about")


@pytest.mark.parametrize("changes", [{"visibility": "private"}, {"state": "draft"}, {"state": "down"}])
def test_an_old_address_does_not_tell_of_what_one_may_not_see(
    moved: Video, changes: Any, door: Any, chloe: Any
) -> None:
    Video.objects.filter(pk=moved.pk).update(**changes)
    assert Client(headers=HOST).get("/w/abc/").status_code == 404
    assert moved.uid not in Client(headers=HOST).get("/w/abc")["Location"]
    assert door(chloe).get("/w/abc/")["Location"] == moved.address


def test_an_import_of_peertube_keeps_every_address(world: Elsewhere, ask: Any) -> None:
    uuid = peertube(world, 1)[0]
    ask("peertube", f"{world.url}/c/lake", start=True)
    kept = dict(OldAddress.objects.values_list("path", "embed"))
    for path in ("/w/short0", f"/w/{uuid}", f"/videos/watch/{uuid}", "/videos/watch/short0", "/videos/watch/100"):
        assert kept[path] is False
    assert kept[f"/videos/embed/{uuid}"] is True
    assert set(OldAddress.objects.values_list("host", flat=True)) == {"127.0.0.1"}


def test_a_feed_keeps_the_address_of_its_posts(world: Elsewhere, ask: Any) -> None:
    ask("feed", feed(world, [item(world, 1)]), start=True)
    assert OldAddress.objects.get().path == "/posts/1"


def test_nobody_claims_the_pages_of_others(world: Elsewhere, ask: Any, site: Any) -> None:
    entry = item(world, 1).replace(f"{world.url}/posts/1/", "https://somebody-else.example/news/")
    ask("feed", feed(world, [entry]), start=True)
    assert not OldAddress.objects.exists()
    film = ImportItem.objects.get()
    film.facts["old"] = [f"{site.url}/videos/gone/"]
    keep_old_addresses(film)
    assert not OldAddress.objects.exists()


def test_addresses_are_compared_plainly() -> None:
    assert parts_of("https://Films.Example:8443/W/abc/?x=1#top") == ("films.example", "/W/abc?x=1")
    assert parts_of("https://films.example/") == ("", "")
    assert parts_of("http://[bad") == ("", "")


def test_a_map_for_nginx_cannot_be_broken_out_of(moved: Video) -> None:
    OldAddress.objects.create(host="films.example", path='/a";}\nserver{$host ~x\\', work=moved)
    text = "".join(as_nginx(OldAddress.objects.order_by("path")))
    assert f'"films.example/w/abc" "{moved.address}";' in text
    assert '"films.example/a\\";}server{%24host %7Ex\\\\"' in text
    assert "".join(as_csv(OldAddress.objects.filter(path="/w/abc"))) == (
        f"old,new\r\nhttps://films.example/w/abc,{moved.address}\r\n"
    )
