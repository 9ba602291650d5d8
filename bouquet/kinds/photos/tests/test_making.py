"""Making an album: the plain form, the script's way, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from bouquet.kinds.photos.models import Album, Photo
from bouquet.kinds.photos.tests.make import make_album, photo_file
from bouquet.shared.assets.models import Asset
from bouquet.toolkit.tasks.testing import run_all_tasks
from bouquet.toolkit.testing.pictures import BAD, PLACE, picture

JSON = {"accept": "application/json"}
WORDS = {"title": "A summer", "visibility": "public", "credit": "Chloé N.", "licence": "cc-by", "tags": "lake, Savoie"}


def test_a_plain_form_makes_an_album_of_several_photos_at_once(door: Any, chloe: Any) -> None:
    answer = door(chloe).post(
        "/photos/new/", WORDS | {"photos": [photo_file("a.jpg"), photo_file("b.png", form="PNG")]}
    )
    album = Album.objects.get()
    assert answer.headers["location"] == f"/photos/{album.uid}/arrange"
    assert (album.state, album.author, album.channel.owner) == ("draft", chloe, chloe)
    run_all_tasks()
    photos = list(album.photos.in_order())
    assert [photo.asset.filename for photo in photos] == ["a.jpg", "b.png"]
    assert {(photo.credit, photo.licence) for photo in photos} == {("Chloé N.", "cc-by")}
    assert photos[0].taken_at.isoformat() == "2024-08-15T05:42:10+00:00"
    assert photos[0].camera_line[0] == "Canon EOS R6"
    assert sorted(tag.name for tag in album.tags.all()) == ["Savoie", "lake"]
    page = door(chloe).get(f"/photos/{album.uid}/arrange").content.decode()
    assert "2 photos say nothing yet" in page
    door(chloe).post(f"/photos/{album.uid}/arrange", {f"alternative-{photos[0].uid}": "A lake  at dawn"})
    assert Photo.objects.get(uid=photos[0].uid).alternative == "A lake at dawn"
    assert door().get(album.path).status_code == 404
    answer = door(chloe).post(f"/photos/{album.uid}/publication", {"wanted": "1"})
    assert (answer.headers["location"], door().get(album.path).status_code) == (album.path, 200)


def test_credit_and_licence_are_asked_for_and_begin_as_they_were_last(door: Any, chloe: Any) -> None:
    form = door(chloe).get("/photos/new/").context["form"]
    assert (form["credit"].value(), form["licence"].value()) == ("Chloé", "reserved")
    answer = door(chloe).post("/photos/new/", WORDS | {"credit": " ", "licence": "mine"})
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"credit", "licence"}
    make_album(chloe, photos=0, publish=False, credit="Agence C", licence="cc0")
    form = door(chloe).get("/photos/new/").context["form"]
    assert (form["credit"].value(), form["licence"].value()) == ("Agence C", "cc0")


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_picture_is_named_with_its_reason_and_nothing_of_it_is_kept(
    door: Any, chloe: Any, what: str
) -> None:
    data, words = BAD[what]
    album = make_album(chloe, photos=0, publish=False)
    path = f"/photos/{album.uid}/photos"
    answer = door(chloe).post(path, {"photos": SimpleUploadedFile("lake.jpg", data)}, headers=JSON)
    assert answer.status_code == 422
    if data:  # an empty file is none for a form
        assert words in answer.json()["detail"]
    door(chloe).post(path, {"photos": [SimpleUploadedFile("lake.jpg", data), photo_file()]})
    assert (album.photos.count(), Asset.objects.count()) == (1, 1)


def test_a_photo_without_its_end_fails_with_a_sentence_in_its_row(door: Any, chloe: Any) -> None:
    album = make_album(chloe, photos=0, publish=False)
    whole = picture(size=(600, 400))
    answer = door(chloe).post(f"/photos/{album.uid}/photos", {"photos": photo_file(data=whole[:3000])}, headers=JSON)
    assert answer.status_code == 201 and "Being prepared" in answer.json()["row"]
    run_all_tasks()
    photo = album.photos.get()
    states = door(chloe).get(f"/photos/{album.uid}/states?of={photo.uid}").content.decode()
    assert "it is damaged" in states
    assert not photo.asset.upload_folder.exists()
    album.refresh_from_db()
    assert not album.listable


def test_too_many_at_once_is_a_sentence(door: Any, chloe: Any) -> None:
    album = make_album(chloe, photos=0, publish=False)
    many = [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(500)]
    answer = door(chloe).post(f"/photos/{album.uid}/photos", {"photos": many}, headers=JSON)
    assert (answer.status_code, album.photos.count()) == (413, 0)
    assert "at most 100" in answer.json()["detail"]
    assert door(chloe).post("/photos/new/", WORDS | {"photos": many}).status_code == 413


def test_no_file_that_is_served_says_where_it_was_taken(door: Any, chloe: Any) -> None:
    album = make_album(chloe, photos=0, publish=False, may_download=True)
    forms = {"a.jpg": {"form": "JPEG", "turned": 6}, "b.png": {"form": "PNG"}, "c.webp": {"form": "WEBP"}}
    for name, how in (forms | {"d.heic": {"form": "HEIF"}, "e.avif": {"form": "AVIF"}}).items():
        door(chloe).post(f"/photos/{album.uid}/photos", {"photos": photo_file(name, **how)}, headers=JSON)
    run_all_tasks()
    roots = [Path(root) for root in (settings.MEDIA_ROOT, settings.UPLOADS_ROOT, settings.STREAMS_ROOT)]
    names = {asset.poster for asset in Asset.objects.all()} | {asset.uid for asset in Asset.objects.all()}
    files = [file for root in roots for file in root.rglob("*") if file.is_file() and names & set(file.parts)]
    originals = [file for file in files if file.name == "source"]
    assert len(originals) == 5 and {file.suffix for file in files} >= {".avif", ".webp", ".jpg"}
    for file in (each for each in files if each.name != "lock"):
        data = file.read_bytes()
        assert PLACE not in data and b"Canon" not in data, file
        with Image.open(file) as opened:
            assert set(opened.getexif()) <= {0x0112}, file
    assert [photo.asset.filename for photo in album.photos.in_order()] == ["a.jpg", "b.png", "c.webp", "d.jpg", "e.jpg"]
    first = album.photos.in_order().first()
    assert (first.asset.width, first.asset.height) == (48, 64)


def test_a_stranger_cannot_fill_arrange_or_remove_it(door: Any, chloe: Any, driss: Any) -> None:
    album = make_album(chloe)
    photo = album.photos.get()
    hidden = make_album(chloe, publish=False)
    for path in ("photos", "order", "publication", "removal", "arrange", "edit", f"photo/{photo.uid}/edit"):
        assert door(driss).post(f"/photos/{album.uid}/{path}", {"wanted": "0"}).status_code == 403, path
        assert door(driss).post(f"/photos/{hidden.uid}/{path}").status_code == 404, path
        assert door().post(f"/photos/{album.uid}/{path}").status_code == 302, path
    assert Album.objects.filter(state="live", photos=photo).exists()


def test_a_form_without_its_token_changes_nothing(club: Any, chloe: Any) -> None:
    album = make_album(chloe, photos=0, publish=False)
    client = Client(headers={"host": club.host}, enforce_csrf_checks=True)
    client.force_login(chloe)
    assert client.post(f"/photos/{album.uid}/photos", {"photos": photo_file()}).status_code == 403
    assert client.post("/photos/new/", WORDS).status_code == 403
    assert (Album.objects.count(), Photo.objects.count()) == (1, 0)


def test_order_cover_and_removal_by_the_buttons_and_by_dragging(
    door: Any, chloe: Any, django_capture_on_commit_callbacks: Any
) -> None:
    album = make_album(chloe, photos=3)
    one, two, three = [photo.uid for photo in album.photos.in_order()]

    def ask(**wish: str) -> list[str]:
        answer = door(chloe).post(f"/photos/{album.uid}/order", wish)
        assert answer.status_code == 302
        return [photo.uid for photo in album.photos.in_order()]

    assert ask(up=three) == [one, three, two]
    assert ask(down=one) == [three, one, two]
    assert ask(up=three) == [three, one, two]
    assert ask(move=two, before=three) == [two, three, one]
    assert ask(move=two, after=one) == [three, one, two]
    run_all_tasks()
    before = Album.objects.get().card_id
    ask(cover=two)
    run_all_tasks()
    album.refresh_from_db()
    assert album.card_id not in (None, before) and album.poster_id == album.card_id
    assert not Asset.objects.filter(pk=before).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(remove=two) == [three, one]
        run_all_tasks()
    assert door(chloe).post(f"/photos/{album.uid}/order", {"up": "nobody"}).status_code == 404
    assert Asset.objects.count() == 3  # two photos and the card
    with django_capture_on_commit_callbacks(execute=True):
        door(chloe).post(f"/photos/{album.uid}/removal")
    assert (Album.objects.count(), Asset.objects.count()) == (0, 0)


def test_what_matters_in_it_is_kept_in_sight_on_the_card(door: Any, chloe: Any) -> None:
    album = make_album(chloe, photos=0, publish=False)
    door(chloe).post(f"/photos/{album.uid}/photos", {"photos": photo_file(size=(600, 64))})
    run_all_tasks()
    photo = album.photos.get()
    former = photo.asset.poster
    words = {"credit": "C", "licence": "reserved", "focus_x": "100", "focus_y": "50", "caption": "The far end"}
    path = f"/photos/{album.uid}/photo/{photo.uid}/edit"
    assert door(chloe).post(path, words | {"focus_x": "101"}).status_code == 422
    assert door(chloe).post(path, words).status_code == 302
    run_all_tasks()
    album.refresh_from_db()
    photo.asset.refresh_from_db()
    assert photo.asset.poster != former and not (Path(settings.MEDIA_ROOT) / "posters" / former).exists()
    assert photo.asset.facts["sizes"] and (photo.asset.poster_folder / "640.avif").is_file()
    with Image.open(album.poster.poster_folder / "640.webp") as card:
        red, _green, blue = card.convert("RGB").getpixel((2, 2))  # type: ignore[misc]
    assert blue > 180 > 80 > red  # the left half of the photo is red


def test_editors_publish_in_the_name_of_their_site_and_members_do_not(door: Any, ada: Any, chloe: Any) -> None:
    door(ada).post("/photos/new/", WORDS | {"for_the_site": "on"})
    door(chloe).post("/photos/new/", WORDS | {"for_the_site": "on"})
    by_site, by_member = Album.objects.order_by("pk")
    assert (by_site.channel.owner, by_site.channel.name, by_member.channel.owner) == (None, "Club", chloe)
