"""Pictures of strangers: what is refused before it is decoded, and what nobody ever finds in a file of ours."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bouquet.toolkit.pictures import PictureRefused, check_picture, clean_file, cut_around, facts_of, open_picture
from bouquet.toolkit.testing.pictures import BAD, PLACE, picture

FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"]


def kept(data: bytes, tmp_path: Path) -> tuple[bytes, str]:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(data)
    ending = clean_file(source, target)
    return target.read_bytes(), ending


@pytest.mark.parametrize("form", FORMATS)
def test_a_cleaned_file_says_nothing_of_its_maker_and_still_stands_upright(form: str, tmp_path: Path) -> None:
    turned = 1 if form == "HEIF" else 6  # a HEIC is turned by itself: its Exif says nothing of it
    data = picture(form, turned=turned)
    assert PLACE in data
    cleaned, ending = kept(data, tmp_path)
    assert ending == {"PNG": ".png", "WEBP": ".webp"}.get(form, ".jpg")
    assert PLACE not in cleaned and b"Canon" not in cleaned
    with Image.open(BytesIO(cleaned)) as opened:
        assert set(opened.getexif()) <= {0x0112}
        assert not opened.getexif().get_ifd(0x8825)
    upright = open_picture(BytesIO(cleaned))
    assert upright.size == ((64, 48) if form == "HEIF" else (48, 64))
    first, last = upright.getpixel((4, 4)), upright.getpixel((upright.width - 5, upright.height - 5))
    assert first[0] > 180 > 80 > first[2] and last[2] > 180 > 80 > last[0]  # type: ignore[index]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_every_point_of_it_stays(form: str, tmp_path: Path) -> None:
    data = picture(form)
    cleaned, _ending = kept(data, tmp_path)
    with Image.open(BytesIO(data)) as before, Image.open(BytesIO(cleaned)) as after:
        assert before.tobytes() == after.tobytes()


def test_what_a_phone_hides_behind_the_picture_goes(tmp_path: Path) -> None:
    cleaned, _ending = kept(picture() + b"ftypmp42 a film with " + PLACE, tmp_path)
    assert PLACE not in cleaned
    cleaned, _ending = kept(picture("PNG") + PLACE, tmp_path)
    assert PLACE not in cleaned


def test_notes_of_other_programs_go_too(tmp_path: Path) -> None:
    data = picture(progressive=True, comment=PLACE, xmp=b"<x:xmpmeta>" + PLACE + b"</x:xmpmeta>")
    cleaned, _ending = kept(data, tmp_path)
    assert PLACE not in cleaned
    assert open_picture(BytesIO(cleaned)).size == (64, 48)


def test_camera_and_moment_are_read_and_no_place_is() -> None:
    facts = facts_of(BytesIO(picture()))
    assert facts == {
        "camera": "Canon EOS R6",
        "lens": "RF 35mm F1.8",
        "taken_at": "2024-08-15T07:42:10+02:00",
        "exposure": "1/250 s",
        "aperture": "f/2.8",
        "sensitivity": "ISO 400",
    }


def test_nonsense_of_a_camera_is_left_out() -> None:
    notes = Image.Exif()
    notes[0x0110] = "\x00\u202e<b>X\x07"
    notes.get_ifd(0x8769).update({0x9003: "0000:00:00 99:99:99", 0x829A: (0, 0), 0x8827: 0})
    out = BytesIO()
    Image.new("RGB", (32, 32)).save(out, "JPEG", exif=notes.tobytes())
    assert set(facts_of(out)) <= {"camera"}
    assert "\u202e" not in facts_of(out).get("camera", "")


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_picture_is_refused_with_a_sentence(what: str, tmp_path: Path) -> None:
    data, words = BAD[what]
    with pytest.raises(PictureRefused, match=words):
        check_picture(BytesIO(data), len(data))
    (tmp_path / "source").write_bytes(data)
    with pytest.raises(PictureRefused):
        clean_file(tmp_path / "source", tmp_path / "target")


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_without_its_end_is_refused(form: str, tmp_path: Path) -> None:
    data = picture(form, (400, 300))
    with pytest.raises(PictureRefused):
        open_picture(BytesIO(data[: len(data) // 2]))


def test_a_cut_keeps_what_matters_in_sight() -> None:
    wide = Image.new("RGB", (300, 100), "white")
    wide.paste("red", (270, 40, 280, 60))
    assert cut_around(wide, (1, 1), (0.92, 0.5)).getpixel((75, 50)) == (255, 0, 0)
    assert cut_around(wide, (1, 1)).size == (100, 100)
    assert cut_around(wide, (1, 1)).getextrema() == ((255, 255),) * 3
