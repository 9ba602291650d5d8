"""A channel's wide picture and its square one: made anew from what comes, through the real pipeline."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bouquet.kinds.videos.tests.conftest import queries_of
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.assets.models import Asset
from bouquet.shared.works.models import Channel
from bouquet.toolkit.tasks.testing import run_all_tasks


@pytest.fixture
def channel(site: Any, chloe: Any) -> Channel:
    return make_video(author=chloe).channel


def picture(size: tuple[int, int] = (2048, 512), *, where: bool = True) -> SimpleUploadedFile:
    """A photo that says in which place it was taken."""
    drawn, exif = BytesIO(), Image.Exif()
    if where:
        exif.get_ifd(0x8825)[1] = "N"
        exif[0x010F] = "CameraOfChloe"
    Image.new("RGB", size, "teal").save(drawn, "JPEG", exif=exif)
    return SimpleUploadedFile("wide.jpg", drawn.getvalue())


def send(door: Any, person: Any, channel: Channel, file: Any) -> Any:
    answer = door(person).post(f"/videos/channels/{channel.slug}/cover", {"picture": file}, follow=True)
    run_all_tasks()
    channel.refresh_from_db()
    return answer


def test_it_stands_on_the_channels_page_in_every_width_without_the_place(door: Any, chloe: Any, channel: Any) -> None:
    assert "being prepared" in send(door, chloe, channel, picture()).text
    folder = Path(settings.MEDIA_ROOT) / "posters" / channel.cover.poster
    assert {file.name for file in folder.iterdir()} == {"320.webp", "640.webp", "1280.webp", "og.jpg"}
    for file in folder.iterdir():
        assert b"CameraOfChloe" not in file.read_bytes()
        assert not dict(Image.open(file).getexif())
    for path in (f"/videos/channels/{channel.slug}/", f"/videos/channels/{channel.slug}/playlists/"):
        assert channel.cover.poster_url(1280) in door().get(path).text
    assert channel.cover.poster_url(640) in door(chloe).get(f"/videos/channels/{channel.slug}/settings").text


def test_another_one_takes_its_place_and_none_is_left(
    door: Any, chloe: Any, channel: Any, django_capture_on_commit_callbacks: Any
) -> None:
    send(door, chloe, channel, picture())
    with django_capture_on_commit_callbacks(execute=True):
        send(door, chloe, channel, picture())
    assert Asset.objects.filter(kind="image").count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        door(chloe).post(f"/videos/channels/{channel.slug}/cover/removal")
    assert Asset.objects.filter(kind="image").count() == 0
    assert "channel-cover" not in door().get(f"/videos/channels/{channel.slug}/").text


def test_only_its_owner_changes_it(door: Any, driss: Any, channel: Any) -> None:
    assert send(door, driss, channel, picture()).status_code == 404
    assert door(driss).post(f"/videos/channels/{channel.slug}/cover/removal").status_code == 404
    assert door().post(f"/videos/channels/{channel.slug}/cover", {"picture": picture()}).status_code == 302
    assert channel.cover_id is None


def bomb() -> SimpleUploadedFile:
    wide = BytesIO()
    Image.new("1", (11_000, 11_000)).save(wide, "PNG")
    return SimpleUploadedFile("bomb.png", wide.getvalue())


def test_a_bomb_is_not_decoded(door: Any, chloe: Any, channel: Any) -> None:
    assert "points" in send(door, chloe, channel, bomb()).text
    assert channel.cover is None
    assert "channel-cover" not in door().get(f"/videos/channels/{channel.slug}/").text


@pytest.mark.parametrize(
    "body",
    [b"", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", b"\x89PNG\r\n"],
)
def test_what_is_no_picture_is_refused(door: Any, chloe: Any, channel: Any, body: bytes) -> None:
    send(door, chloe, channel, SimpleUploadedFile("cover.png", body))
    assert channel.cover_id is None


def test_a_narrow_or_missing_one_is_refused(door: Any, chloe: Any, channel: Any) -> None:
    send(door, chloe, channel, picture((90, 90), where=False))
    assert channel.cover_id is None
    assert door(chloe).post(f"/videos/channels/{channel.slug}/cover", {}).status_code == 302


def test_a_cover_costs_the_page_no_query(door: Any, chloe: Any, channel: Any) -> None:
    path = f"/videos/channels/{channel.slug}/"
    before = queries_of(door(), path)
    send(door, chloe, channel, picture())
    assert queries_of(door(), path) == before


def change(door: Any, person: Any, channel: Channel, **more: Any) -> Any:
    fields = {"name": channel.name, "about": "", **more}
    return door(person).post(f"/videos/channels/{channel.slug}/settings", fields)


def test_the_square_picture_loses_the_place_where_it_was_taken(door: Any, chloe: Any, channel: Any) -> None:
    assert change(door, chloe, channel, picture=picture((600, 400))).status_code == 302
    channel.refresh_from_db()
    assert channel.picture_url(96).endswith("/96.webp")
    for width in (96, 256, 512):
        file = Path(settings.MEDIA_ROOT) / Path(channel.picture.name).with_name(f"{width}.webp")
        assert Image.open(file).size == (min(width, 512),) * 2
        assert not dict(Image.open(file).getexif())
    assert change(door, chloe, channel).status_code == 302
    channel.refresh_from_db()
    assert channel.picture, "a form without a picture leaves it"
    change(door, chloe, channel, **{"picture-clear": "on"})
    channel.refresh_from_db()
    assert not channel.picture


def test_a_square_picture_that_is_none_is_refused(door: Any, chloe: Any, channel: Any) -> None:
    wrong = change(door, chloe, channel, picture=SimpleUploadedFile("x.jpg", b"<script>"))
    assert (wrong.status_code, "not a picture" in wrong.text) == (422, True)
    assert change(door, chloe, channel, picture=bomb()).status_code == 422
    channel.refresh_from_db()
    assert not channel.picture
