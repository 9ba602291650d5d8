"""A parcel that lies, is damaged, or for which there is no room: a sentence, and nothing of it is here."""

from __future__ import annotations

import json
import os
import resource
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bouquet.config.moving.commands import export, import_
from bouquet.config.moving.site import export_site, import_site
from bouquet.kinds.articles.models import ArticlePage
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_picture, make_section
from bouquet.kinds.photos.models import Album, Photo
from bouquet.kinds.photos.tests.make import make_album
from bouquet.shared.network.models import Picture, Site
from bouquet.shared.works.tests.make import make_work
from bouquet.toolkit.parcel import ParcelReader, ParcelRefused, ParcelWriter
from bouquet.toolkit.testing.pictures import BAD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_disk(settings: Any, tmp_path: Any) -> None:
    for name in ("MEDIA_ROOT", "UPLOADS_ROOT", "STREAMS_ROOT"):
        setattr(settings, name, tmp_path / "disk" / name)


@pytest.fixture
def parcel(tmp_path: Path, ada: Any) -> Path:
    site = make_newsroom("club", kinds=["articles", "photos"])
    make_album(ada, site, for_the_site=True, photos=2)
    film = make_work(site=site, author=None, title="A film", kind="videos")
    body = [("work", {"work": film, "caption": "Seen"})]
    make_article(make_section(site), title="With a picture", picture=make_picture(title="boats"), body=body)
    export_site(site, tmp_path / "out.zip")
    return tmp_path / "out.zip"


def changed(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The same parcel with other members, whose sums are right: what somebody would make who means ill."""
    bad = path.with_name("bad.zip")
    with ParcelReader(path) as good, ParcelWriter(bad, {"host": "z.bouquet.localhost"}) as made:
        for name in good.members:
            made.put_bytes(name, change(name, good.body(name)))
    return bad


def files(tmp_path: Path) -> set[Path]:
    return {path for path in (tmp_path / "disk").rglob("*") if path.is_file()}


def nothing_came(tmp_path: Path, before: set[Path]) -> bool:
    """No row, no file."""
    return not Site.objects.filter(host__startswith="z.").exists() and files(tmp_path) == before


@pytest.mark.parametrize("what", sorted(BAD))
def test_a_photo_that_is_none_stays_behind_and_the_report_says_why(parcel: Path, what: str) -> None:
    data, words = BAD[what]
    first: list[str] = []

    def worse(name: str, body: bytes) -> bytes:
        if name.startswith(("photos/", "pictures/")) and not name.endswith(".json"):
            first.append(name)
            return data
        return body

    site, notes = import_site(changed(parcel, worse))
    assert len(first) == 2  # both photos of the album have the same points: one file
    assert not Photo.objects.filter(album__site=site).exists() and Album.objects.filter(site=site).count() == 1
    page = ArticlePage.objects.descendant_of(site.wagtail_site.root_page).get(title="With a picture")
    assert page.picture is None
    assert any("A summer at the lake" in note and words in note for note in notes), notes
    assert any("boats" in note and words in note for note in notes), notes


def test_films_that_texts_show_are_named_in_both_reports(parcel: Path, tmp_path: Path) -> None:
    with ParcelReader(parcel) as said:
        assert any("Videos stay behind (1)" in words for words in said.manifest["left_behind"])
    answer = CliRunner().invoke(export, ["club.bouquet.localhost", str(tmp_path / "again.zip")])
    assert "Videos stay behind (1)" in answer.output, answer.output
    _site, notes = import_site(parcel, host="z.bouquet.localhost")
    assert any("Where it was made: Videos" in note for note in notes)


@pytest.mark.parametrize(
    ("folder", "before", "after"),
    [
        ("albums", '"file": "photos/', '"file": "../../photos/'),
        ("albums", '"file": "photos/', '"file": "site.json#'),
        ("albums", '"focus_x": 50', '"focus_x": 5000'),
        ("albums", '"taken_at": "', '"taken_at": "the day before '),
        ("albums", '"windows": []', '"windows": ["nowhere"]'),
        ("albums", '"photos": [', '"photos": {}, "more": ['),
        ("albums", '"created_at": "', '"created_at": "x'),
        ("articles", '"title": "With a picture"', '"title": "\\u0000"'),
    ],
)
def test_a_value_that_is_none_brings_nothing(
    parcel: Path, tmp_path: Path, folder: str, before: str, after: str
) -> None:
    touched: list[str] = []

    def worse(name: str, body: bytes) -> bytes:
        if name.startswith(f"{folder}/") and name.endswith(".json") and before.encode() in body:
            touched.append(name)
            return body.replace(before.encode(), after.encode())
        return body

    before_it = files(tmp_path)
    with pytest.raises(ParcelRefused):
        import_site(changed(parcel, worse))
    assert touched and nothing_came(tmp_path, before_it)


def test_a_photo_whose_bytes_were_changed_on_the_way_brings_nothing(parcel: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(parcel) as good, zipfile.ZipFile(bad, "w") as made:
        for name in good.namelist():
            body = good.read(name)
            made.writestr(name, body[:-9] + b"otherwise" if name.startswith("photos/") else body)
    before_it = files(tmp_path)
    answer = CliRunner().invoke(import_, [str(bad), "--host", "z.bouquet.localhost"])
    assert answer.exit_code == 1 and "is damaged" in answer.output
    assert nothing_came(tmp_path, before_it)


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file grows beyond that: the same error in the same place as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def noisy(path: Path) -> None:
    """The picture of the article as large as a real one."""
    for picture in Picture.objects.all():
        Path(picture.file.path).write_bytes(Path(picture.file.path).read_bytes() + os.urandom(600_000))
    assert path


def test_a_disk_that_is_full_keeps_the_former_parcel_and_no_half_one(parcel: Path, tmp_path: Path) -> None:
    noisy(parcel)
    before = parcel.read_bytes()
    with full_disk(400_000):
        answer = CliRunner().invoke(export, ["club.bouquet.localhost", str(parcel)])
    assert answer.exit_code == 1 and str(parcel) in answer.output and "large" in answer.output
    assert parcel.read_bytes() == before and not list(tmp_path.glob("*.part"))


def test_a_disk_that_fills_up_during_an_import_leaves_nothing(parcel: Path, tmp_path: Path) -> None:
    noisy(parcel)
    answer = CliRunner().invoke(export, ["club.bouquet.localhost", str(parcel)])
    assert answer.exit_code == 0, answer.output
    before_it = files(tmp_path)
    with full_disk(400_000):
        answer = CliRunner().invoke(import_, [str(parcel), "--host", "z.bouquet.localhost"])
    assert answer.exit_code == 1 and "Nothing of it has come" in answer.output, answer.output
    assert nothing_came(tmp_path, before_it)
    answer = CliRunner().invoke(import_, [str(parcel), "--host", "z.bouquet.localhost"])
    assert answer.exit_code == 0, answer.output  # and then it comes as if nothing had been
    again = CliRunner().invoke(import_, [str(parcel), "--host", "z.bouquet.localhost"])
    assert again.exit_code == 1 and "--host NEW" in again.output


def test_a_parcel_for_which_there_is_no_room_is_not_begun(parcel: Path, settings: Any, tmp_path: Path) -> None:
    settings.DISK_RESERVE_BYTES = 10**18
    before_it = files(tmp_path)
    with pytest.raises(ParcelRefused, match="no room"):
        import_site(parcel, host="z.bouquet.localhost")
    assert nothing_came(tmp_path, before_it)


def test_one_file_for_two_photos_is_carried_once(parcel: Path) -> None:
    with ParcelReader(parcel) as said:
        files = [name for name in said.members if name.startswith("photos/")]
        rows = [json.loads(said.body(name))["photos"] for name in said.members if name.startswith("albums/")]
    assert (len(files), len(rows[0])) == (1, 2)
