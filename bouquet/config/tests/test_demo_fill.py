"""The demo fills to its end, whatever its films are made of, and a second start leaves it as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bouquet.config.demo import fill
from bouquet.config.demo.videos import VIDEOS, DemoVideo
from bouquet.kinds.videos.models import Video
from bouquet.shared.comments.models import Comment
from bouquet.shared.works.models import Work
from bouquet.toolkit.plain_text import one_line


def test_a_film_is_found_again_by_its_title() -> None:
    assert [video.title for video in VIDEOS] == [one_line(video.title) for video in VIDEOS]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_demo_is_filled_to_its_end_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(b"not a film: encoding is not what is tried here")

    def quickly_made(missing: list[DemoVideo]) -> Iterator[tuple[DemoVideo, Path]]:
        return ((video, file) for video in missing)

    monkeypatch.setattr(fill, "_films", quickly_made)
    fill.fill_demo(print)
    assert {video.title for video in VIDEOS} == set(Video.objects.values_list("title", flat=True))
    made = (Work.objects.count(), Comment.objects.count())
    fill.fill_demo(print)
    assert (Work.objects.count(), Comment.objects.count()) == made
