"""Composing a front page at the editors' desk."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from bouquet.shared.fronts.blocks import missing_blocks
from bouquet.shared.fronts.tests.test_front_page import front_of, picture, visit
from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.brand_icon import brand_icon
from bouquet.shared.network.models import Picture
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    make_main_site(front=True)
    return make_site("video", front=True)


@pytest.fixture
def desk(site, basile):
    appoint_editor(site, basile, moderator=True)
    client = Client(headers={"host": "bouquet.localhost"})
    client.force_login(basile)
    return client


def test_an_editor_searches_for_a_work_by_its_title_channel_or_site(desk, site):
    make_work(site=site, title="The harbour at dawn")
    make_work(site=site, title="The pier")
    make_work(site=site, title="The harbour, secret", visibility="private")
    everything = desk.get("/admin/works/choose/").json()["html"]
    assert "harbour at dawn" in everything and "The pier" in everything and "secret" not in everything
    found = desk.get("/admin/works/choose/results/?q=harbour").text
    assert "harbour at dawn" in found and "pier" not in found and "secret" not in found
    assert "The pier" in desk.get("/admin/works/choose/results/?q=video+pier").text


def test_a_work_that_is_not_for_everybody_cannot_be_chosen_by_its_number(desk, site):
    shown, secret = make_work(site=site, title="Shown"), make_work(site=site, visibility="private")
    assert desk.get(f"/admin/works/choose/chosen/{shown.pk}/").json()["result"]["title"] == "Shown"
    assert desk.get(f"/admin/works/choose/chosen/{secret.pk}/").status_code == 404


def test_a_front_composed_at_the_desk_is_what_readers_get(desk, site):
    work = make_work(site=site, title="Chosen by Basile", poster=picture())
    page = site.wagtail_site.root_page
    form = {
        "title": "Video",
        "slug": "video",
        "description": "",
        "body-count": "2",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "hero",
        "body-0-id": "",
        "body-0-value-work": work.pk,
        "body-0-value-source": "latest",
        "body-0-value-scope": "here",
        "body-0-value-kicker": "Live",
        "body-1-deleted": "",
        "body-1-order": "1",
        "body-1-type": "promo",
        "body-1-id": "",
        "body-1-value-text": "Join us",
        "body-1-value-by": "",
        "body-1-value-label": "Join",
        "body-1-value-address": "javascript:alert(1)",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-publish": "1",
    }
    refused = desk.post(f"/admin/pages/{page.pk}/edit/", form)
    assert refused.status_code == 200 and "Start with /" in refused.text
    answer = desk.post(f"/admin/pages/{page.pk}/edit/", form | {"body-1-value-address": "/accounts/signup/"})
    assert answer.status_code == 302
    shown = visit(site).text
    assert "Chosen by Basile" in shown and "Live" in shown and "Join us" in shown


def test_a_picture_comes_in_modern_formats_with_its_words_and_its_credit(site):
    file = ContentFile(brand_icon(site.brand, 512), name="harbour.png")
    image = Picture.objects.create(
        title="x", description="Boats at dawn", credit="Emma", licence="CC BY 4.0", file=file
    )
    front_of(site, ("picture", {"picture": image, "caption": "Morning", "width": "page"}))
    text = visit(site).text
    for words in ['type="image/avif"', 'type="image/webp"', 'alt="Boats at dawn"', "Emma", "CC BY 4.0", "Morning"]:
        assert words in text, words


def test_text_keeps_only_the_tags_that_editors_are_offered(site, desk):
    page = site.wagtail_site.root_page
    raw = '{"blocks": [{"key": "a", "text": "Hello", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], '
    raw += '"entityRanges": []}], "entityMap": {}}'
    form = {
        "title": "Video",
        "slug": "video",
        "description": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "words",
        "body-0-id": "",
        "body-0-value-title": "<script>alert(1)</script>",
        "body-0-value-text": raw.replace("Hello", "<img src=x onerror=alert(1)>"),
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-publish": "1",
    }
    assert desk.post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    text = visit(site).text
    assert "<script>alert" not in text and "<img src=x" not in text and "&lt;img src=x" in text


def test_every_block_that_a_kind_offers_is_there():
    assert missing_blocks() == []
