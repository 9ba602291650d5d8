"""An album's page, a photo's page, lists: who sees them, what they say, what they cost."""

from __future__ import annotations

import json
import re
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bouquet.kinds.photos import actions
from bouquet.kinds.photos.models import Photo
from bouquet.kinds.photos.personal_data import export
from bouquet.kinds.photos.tests.make import make_album
from bouquet.shared.access import streams
from bouquet.shared.accounts.actions import erase_person
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.works.actions import set_availability
from bouquet.toolkit.tasks.testing import run_all_tasks


def queries_of(client: Any, path: str) -> int:
    for _ in range(2):
        assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def test_an_album_shows_its_photos_whole_with_room_kept_and_says_what_they_are(door: Any, chloe: Any) -> None:
    album = make_album(chloe, licence="cc-by", credit="Chloé <b>N</b>", category="travel", tags=["lake"])
    photo = album.photos.get()
    actions.change_photo(photo, by=chloe, caption='"><script>x</script>', alternative="A lake at dawn")
    page = door().get(album.path).content.decode()
    assert "<script>x" not in page and "<b>N</b>" not in page
    assert re.search(
        r'data-shape="135".*?type="image/avif" srcset="[^"]+ 64w".*?alt="A lake at dawn" width="64" height="48"',
        page,
        re.S,
    )
    facts = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    assert facts["@type"] == "ImageGallery"
    image = facts["image"][0]
    assert image["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert image["acquireLicensePage"] == photo.address and image["creditText"] == "Chloé <b>N</b>"
    assert re.search(r'og:image" content="http[^"]+/og\.jpg"', page)
    assert photo.path in page


def test_a_page_asks_no_more_for_forty_photos_than_for_two(door: Any, chloe: Any) -> None:
    album = make_album(chloe, photos=2)
    few = queries_of(door(), album.path)
    first = album.photos.first()
    assets = [first.asset.__class__(kind="image", poster=first.asset.poster, width=64, height=48) for _ in range(40)]
    Photo.objects.bulk_create(
        Photo(album=album, asset=asset, position=9 + place, credit="C")
        for place, asset in enumerate(first.asset.__class__.objects.bulk_create(assets))
    )
    assert queries_of(door(), album.path) == few <= 12
    assert queries_of(door(), first.path) <= 9


def test_a_photo_has_a_page_of_its_own_between_the_ones_beside_it(door: Any, chloe: Any) -> None:
    album = make_album(chloe, photos=3)
    one, two, three = album.photos.in_order()
    page = door().get(two.path).content.decode()
    assert f'rel="prev" href="{one.path}"' in page or f'href="{one.path}" rel="prev"' in page
    assert f'href="{three.path}" rel="next"' in page and "2 of 3" in page
    assert "Canon EOS R6" in page and "f/2.8" in page
    assert "Save in full size" not in page
    assert door().get(f"/photos/{album.uid}/photo/nobody/").status_code == 404
    other = make_album(chloe, title="Another")
    assert door().get(f"/photos/{other.uid}/photo/{two.uid}/").status_code == 404


def test_the_original_is_saved_where_that_is_allowed_and_nowhere_else(door: Any, chloe: Any, driss: Any) -> None:
    album = make_album(chloe)
    photo = album.photos.get()
    path = f"{photo.path}file"
    assert (door().get(path).status_code, door(driss).get(path).status_code) == (404, 404)
    assert door(chloe).get(path).status_code == 302
    actions.change_album(album, by=chloe, may_download=True)
    answer = door().get(path)
    assert answer.status_code == 302 and answer.headers["location"].startswith("/f/")
    assert answer.headers["location"].endswith("A%20summer%20at%20the%20lake%201.jpg")
    assert streams.sign_original(photo.asset)


def test_private_is_404_for_a_stranger_and_elsewhere_is_451(door: Any, chloe: Any, driss: Any) -> None:
    album = make_album(chloe, visibility="private", may_download=True)
    photo = album.photos.get()
    for path in (album.path, photo.path, f"{photo.path}file"):
        assert (door().get(path).status_code, door(driss).get(path).status_code) == (404, 404), path
    assert door(chloe).get(album.path).status_code == 200
    assert album.title not in door(driss).get("/photos/").content.decode()
    actions.change_album(album, by=chloe, visibility="public")
    set_availability(album, territories=["JP"])
    for path in (album.path, photo.path, f"{photo.path}file"):
        assert door().get(path).status_code == 451, path
    assert album.title not in door().get("/photos/").content.decode()


def test_lists_are_by_theme_tag_and_likes_and_a_site_without_photos_has_none(door: Any, chloe: Any) -> None:
    album = make_album(chloe, category="travel", tags=["Lac d’Annecy"])
    make_album(chloe, title="Kitchen", category="food")
    tag = album.tags.get().slug
    run_all_tasks()
    for path in ("/photos/themes/travel/", f"/photos/tags/{tag}/"):
        page = door().get(path).content.decode()
        assert album.title in page and "Kitchen" not in page, path
    for path in ("/photos/", "/photos/?order=liked", "/photos/?order=nonsense&after=x"):
        assert "Kitchen" in door().get(path).content.decode(), path
    assert door().get("/photos/themes/games/").status_code == 404
    feed = door().get("/feed/rss.xml?kind=photos").content.decode()
    assert album.title in feed
    films = make_site("films")
    assert door().get("/photos/", headers={"host": films.host}).status_code == 404
    moved = door().get(album.path, headers={"host": films.host})
    assert moved.status_code == 404
    assert door().get(f"/photos/{album.uid}/wrong-words/").headers["location"] == album.path


def test_what_is_said_of_a_photo_is_found(door: Any, chloe: Any) -> None:
    album = make_album(chloe)
    actions.change_photo(album.photos.get(), by=chloe, alternative="A heron on a mooring post")
    run_all_tasks()
    assert album.title in door().get("/search/?q=heron").content.decode()


def test_a_person_takes_albums_away_and_is_forgotten_but_for_their_sites(
    door: Any, chloe: Any, ada: Any, django_capture_on_commit_callbacks: Any
) -> None:
    mine, sites = make_album(chloe), make_album(chloe, for_the_site=True)
    exported = export(chloe)
    assert [each["photos"][0]["camera"][0] for each in exported] == ["Canon EOS R6"] * 2
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(chloe, by=ada)
        run_all_tasks()
    assert door().get(mine.path).status_code == 404
    left = door().get(sites.path)
    assert left.status_code == 200
    assert sites.photos.get().asset.owner is None
