"""An article that is a gallery, and how one looks where it is shared."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from bouquet.kinds.articles.body_blocks import GalleryBlock
from bouquet.kinds.articles.models import Form
from bouquet.kinds.articles.tasks import prepare_article
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_picture, make_section, visit
from bouquet.kinds.articles.tests.test_article_page import data_of
from bouquet.kinds.articles.wording import text_of

pytestmark = pytest.mark.django_db


def hung(credit: str, caption: str = "") -> tuple[str, dict[str, Any]]:
    picture = make_picture(credit=credit)
    return ("picture", {"picture": picture, "caption": caption, "alternative": "", "width": "text"})


def test_a_gallery_hangs_its_pictures_first_each_with_caption_and_credit(db: Any) -> None:
    section = make_section()  # with the folder in which pictures lie
    body = [("text", "<p>After the pictures.</p>"), hung("Nadar", "At low tide"), hung("Doisneau")]
    page = make_article(section, form=Form.GALLERY, picture=make_picture(credit="Emma Roux"), body=body)
    prepare_article.call(page.article.pk)
    text = visit(page).text
    wall = text.partition('class="gallery__wall"')[2]
    assert wall.index("Emma Roux") < wall.index("At low tide") < wall.index("Doisneau") < wall.index("After the pic")
    assert wall.count('data-viewer-target="item"') == 3 and wall.count('type="image/avif"') == 3
    assert "<dialog" in wall and 'data-address="#picture-2"' in wall and "article__picture" not in text
    news = data_of(text)[0]
    assert [each["creditText"] for each in news["image"]] == ["Emma Roux", "Nadar", "Doisneau"]
    assert news["hasPart"]["@type"] == "ImageGallery" and len(news["hasPart"]["image"]) == 3


def test_a_gallery_stands_in_a_text_too(db: Any) -> None:
    section = make_section()
    shown = [
        {"picture": make_picture(credit=name), "caption": name, "alternative": ""} for name in ("Nadar", "Doisneau")
    ]
    body = [
        ("text", "<p>Before.</p>"),
        ("gallery", {"title": "Two hours", "pictures": shown}),
        ("text", "<p>Behind.</p>"),
    ]
    page = make_article(section, body=body)
    prepare_article.call(page.article.pk)
    text = visit(page).text
    body = text.partition('class="article__body')[2]
    places = [body.index(words) for words in ("Before.", "Two hours", "Nadar", "Doisneau", "Behind.")]
    assert places == sorted(places) and text.count('data-viewer-target="item"') == 2
    assert text.count('type="image/avif"') == 2 and "Nadar" in text_of(page)
    assert [each["creditText"] for each in data_of(text)[0]["image"]] == ["Nadar", "Doisneau"]
    page.form = Form.GALLERY
    page.save_revision().publish()
    wall = visit(page).text.partition('class="gallery__wall"')[2]
    assert wall.index("Doisneau") < wall.index("Before.") and wall.count('data-viewer-target="item"') == 2


def test_a_gallery_has_two_pictures_at_least_each_with_its_credit(db: Any) -> None:
    make_section()  # with the folder in which pictures lie
    block, one = GalleryBlock(), {"picture": make_picture(), "caption": "", "alternative": ""}
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"title": "", "pictures": [one | {"picture": one["picture"].pk}]}))
    bare = make_picture(credit="")
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"title": "", "pictures": [{"picture": bare.pk}, {"picture": one["picture"].pk}]}))


def test_a_gallery_without_pictures_is_an_article_like_others(db: Any) -> None:
    assert "gallery__wall" not in visit(make_article(form=Form.GALLERY)).text


def test_the_desk_shows_an_article_as_it_will_look_when_shared(db: Any, ada: Any) -> None:
    section = make_section(make_newsroom())
    page = make_article(section, publish=False, title="A long title " * 7, lead="", picture=make_picture())
    client = Client(headers={"host": section.site.host})
    client.force_login(ada)
    shown = client.get(f"/admin/pages/{page.pk}/view_draft/?mode=shared").text
    assert "The title has 90 letters" in shown and "It has no lead" in shown and "320 × 180 points" in shown
    assert shown.count("shared-card__picture") == 3 and section.site.host in shown
    page.title, page.lead, page.picture = "Short", "What the night leaves.", None
    page.save_revision()
    shown = client.get(f"/admin/pages/{page.pk}/view_draft/?mode=shared").text
    assert "no first picture" in shown and "shared-card__picture--none" in shown and "It has no lead" not in shown
