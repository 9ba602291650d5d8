from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from bouquet.shared.accounts.picture import MAX_BYTES
from bouquet.shared.accounts.tests.doors import MAIN, sign_in

pytestmark = pytest.mark.django_db
FORM = {"name": "Chloé Martin", "handle": "chloe", "about": "Ciné-club.", "language": "en", "reads": ["fr", "en"]}


def picture(form: str = "JPEG", size: tuple[int, int] = (640, 480), **options) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#3366aa").save(out, form, **options)
    return out.getvalue()


def send(client: Client, content: bytes, name: str = "me.jpg"):
    return client.post("/me/", FORM | {"new_picture": SimpleUploadedFile(name, content)}, headers=MAIN)


def test_a_stranger_is_sent_to_sign_in(main_site):
    answer = Client().get("/me/", headers=MAIN)
    assert answer["Location"] == "/accounts/login/?next=/me/"


def test_the_profile_is_kept(main_site, chloe):
    client = sign_in(chloe)
    client.post("/me/", FORM | {"territory": "BE"}, headers=MAIN)
    chloe.refresh_from_db()
    kept = (chloe.name, chloe.handle, chloe.about, chloe.language, chloe.reads, chloe.territory)
    assert kept == ("Chloé Martin", "chloe", "Ciné-club.", "en", ["fr", "en"], "BE")


def test_a_name_turns_no_sentence_around_and_towers_over_no_line(main_site, chloe):
    client = sign_in(chloe)
    for given, kept in (("Chlo\u202eé  Ma\u2066rtin", "Chloé Martin"), ("Z" + "\u0301" * 70, "Ź" + "\u0301" * 4)):
        client.post("/me/", FORM | {"name": given}, headers=MAIN)
        chloe.refresh_from_db()
        assert chloe.name == kept
    client.post("/me/", FORM | {"name": "\u202e\u202d"}, headers=MAIN)
    chloe.refresh_from_db()
    assert chloe.name == chloe.handle


@pytest.mark.parametrize("handle", ["driss", "DRISS", "é", "former-abc", ""])
def test_an_address_of_somebody_else_or_nobody_is_refused(main_site, chloe, driss, handle):
    answer = sign_in(chloe).post("/me/", FORM | {"handle": handle}, headers=MAIN)
    assert answer.context["form"].errors["handle"]


@pytest.mark.parametrize("field", ["email", "is_staff", "is_superuser", "birth_date", "is_active"])
def test_what_the_form_does_not_show_cannot_be_changed_by_it(main_site, chloe, field):
    before = getattr(chloe, field)
    sign_in(chloe).post("/me/", FORM | {field: "1990-01-01" if field == "birth_date" else "on"}, headers=MAIN)
    chloe.refresh_from_db()
    assert getattr(chloe, field) == before


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF"])
def test_a_picture_becomes_squares_of_three_widths(main_site, chloe, form):
    assert send(sign_in(chloe), picture(form)).status_code == 302
    chloe.refresh_from_db()
    for width in (96, 256, 512):
        path = Path(settings.MEDIA_ROOT) / chloe.picture.name.replace("512", str(width))
        with Image.open(path) as kept:
            assert (kept.format, kept.size) == ("WEBP", (width, width))
    assert chloe.picture_url(96).endswith("/96.webp")


def test_where_a_photo_was_taken_is_not_kept(main_site, chloe):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"  # GPS latitude reference
    exif[0x010F] = "Camera of Chloé"
    send(sign_in(chloe), picture(exif=exif))
    chloe.refresh_from_db()
    content = (Path(settings.MEDIA_ROOT) / chloe.picture.name).read_bytes()
    assert b"Exif" not in content and b"Camera" not in content


def test_a_phone_held_upright_gives_an_upright_picture(main_site, chloe):
    image = Image.new("RGB", (400, 400), "#ffffff")
    image.paste("#ff0000", (0, 0, 400, 200))  # red above as stored
    exif = Image.Exif()
    exif[0x0112] = 3  # turned by 180 degrees
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    send(sign_in(chloe), out.getvalue())
    chloe.refresh_from_db()
    with Image.open(Path(settings.MEDIA_ROOT) / chloe.picture.name) as kept:
        red, _green, blue = kept.convert("RGB").getpixel((256, 480))
    assert red > 200 and blue < 80


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"not a picture", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (picture()[:900], "damaged"),
        (picture(size=(40, 40)), "too small"),
        (picture("PNG", size=(12000, 12000)), "too many points"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence_and_leaves_nothing(main_site, chloe, content, words):
    before = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    answer = send(sign_in(chloe), content)
    assert words in str(answer.context["form"].errors["new_picture"])
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == before


def test_a_file_that_is_too_heavy_is_refused(main_site, chloe):
    answer = send(sign_in(chloe), picture() + b"\0" * MAX_BYTES)
    assert "too heavy" in str(answer.context["form"].errors["new_picture"])


def test_a_new_picture_replaces_the_files_of_the_old_one(main_site, chloe, django_capture_on_commit_callbacks):
    client = sign_in(chloe)
    send(client, picture())
    chloe.refresh_from_db()
    old = Path(settings.MEDIA_ROOT) / chloe.picture.name
    with django_capture_on_commit_callbacks(execute=True):
        send(client, picture("PNG"))
    assert not old.exists()
    chloe.refresh_from_db()
    new = Path(settings.MEDIA_ROOT) / chloe.picture.name
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/me/picture/removal/", headers=MAIN)
    chloe.refresh_from_db()
    assert not chloe.picture
    assert not list(new.parent.glob("*.webp"))


def test_a_birth_date_is_told_once(main_site, chloe):
    client = sign_in(chloe)
    answer = client.post("/me/age/?next=/videos/new/", {"birth_date": "1990-05-01"}, headers=MAIN)
    assert answer["Location"] == "/videos/new/"
    client.post("/me/age/", {"birth_date": "2001-01-01"}, headers=MAIN)
    chloe.refresh_from_db()
    assert chloe.birth_date == date(1990, 5, 1)


@pytest.mark.parametrize("born", ["2999-01-01", "1850-01-01", "soon"])
def test_a_birth_date_that_cannot_be_is_refused(main_site, chloe, born):
    answer = sign_in(chloe).post("/me/age/", {"birth_date": born}, headers=MAIN)
    assert answer.context["form"].errors["birth_date"]


def test_asking_the_age_never_leads_out(main_site, chloe):
    client = sign_in(chloe)
    answer = client.post("/me/age/?next=//evil.example", {"birth_date": "1990-05-01"}, headers=MAIN)
    assert answer["Location"] == "/"


def test_a_small_face_is_a_small_file(main_site, chloe):
    client = sign_in(chloe)
    send(client, picture())
    chloe.refresh_from_db()
    page = client.get("/me/", headers=MAIN).text
    assert f'src="{chloe.picture_url(96)}"' in page  # in the bar
    assert f'src="{chloe.picture_url(256)}"' in page  # on the page
    assert "/512.webp" not in page
