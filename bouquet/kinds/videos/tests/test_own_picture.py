"""An author's own picture, through the real pipeline."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.assets.models import Asset
from bouquet.toolkit.tasks.testing import run_all_tasks


def picture(size: tuple[int, int] = (800, 450), kind: str = "PNG") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", size, "teal").save(drawn, kind)
    return SimpleUploadedFile(f"mine.{kind.lower()}", drawn.getvalue())


def choose(door: Any, person: Any, video: Video, file: SimpleUploadedFile) -> Any:
    answer = door(person).post(f"/videos/{video.uid}/poster", {"picture": file}, headers={"accept": "application/json"})
    run_all_tasks()
    video.refresh_from_db()
    return answer


def test_it_becomes_the_picture_of_the_video_in_every_width(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    assert choose(door, chloe, video, picture()).status_code == 202
    assert video.poster_id == video.own_poster_id
    folder = Path(settings.MEDIA_ROOT) / "posters" / video.poster.poster
    assert {file.name for file in folder.iterdir()} == {"320.webp", "640.webp", "1280.webp", "og.jpg"}
    assert video.poster.poster_url(1280) in door().get(video.path).content.decode()


def test_another_one_takes_its_place_and_none_is_left(
    door: Any, chloe: Any, django_capture_on_commit_callbacks: Any
) -> None:
    video = make_video(author=chloe)
    choose(door, chloe, video, picture())
    first = video.own_poster
    with django_capture_on_commit_callbacks(execute=True):
        choose(door, chloe, video, picture(kind="JPEG"))
    assert video.poster_id == video.own_poster_id != first.pk
    assert not Asset.objects.filter(pk=first.pk).exists()
    assert not (Path(settings.MEDIA_ROOT) / "posters" / first.poster).exists()
    with django_capture_on_commit_callbacks(execute=True):
        door(chloe).post(f"/videos/{video.uid}/poster/removal")
    assert Asset.objects.filter(kind="image").count() == 0


def test_a_picture_with_too_many_pixels_is_not_decoded(door: Any, chloe: Any) -> None:
    video = make_video(author=chloe)
    wide = BytesIO()
    Image.new("1", (11_000, 11_000)).save(wide, "PNG")
    answer = choose(door, chloe, video, SimpleUploadedFile("wide.png", wide.getvalue()))
    assert (answer.status_code, video.poster_id, video.own_poster_id) == (422, None, None)
    assert "too many points" in answer.json()["detail"]
