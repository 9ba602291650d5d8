"""From the draft to the network and out of it again."""

import json
import re
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from bouquet.kinds.articles.actions import add_author
from bouquet.kinds.articles.models import Article, ArticlePage
from bouquet.kinds.articles.tasks import keep_the_hour
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_picture, make_section, visit
from bouquet.shared.accounts.actions import erase_person
from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.works.actions import take_down_work
from bouquet.shared.works.models import Work
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    return make_newsroom()


@pytest.fixture
def section(site):
    return make_section(site)


def desk(person):
    client = Client(headers={"host": "magazine.bouquet.localhost"})
    client.force_login(person)
    return client


def form_of(page, **changes):
    """What the desk's form sends."""
    bylines = list(page.bylines.all())
    form = {
        "title": page.title,
        "slug": page.slug,
        "form": "news",
        "lead": page.lead,
        "themes": page.themes,
        "picture": page.picture_id or "",
        "caption": "",
        "comments_policy": "house",
        "comments_close_at": "",
        "revised_at": "",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "body-count": "0",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    for name, number in (("bylines", len(bylines)), ("corrections", 0)):
        form |= {f"{name}-TOTAL_FORMS": number, f"{name}-INITIAL_FORMS": number}
        form |= {f"{name}-MIN_NUM_FORMS": 0, f"{name}-MAX_NUM_FORMS": 1000}
    return form | changes


def test_a_published_page_is_a_work_that_feeds_and_search_find(site, section):
    picture = make_picture()
    author = add_author(site, "Basile Moreau")
    page = make_article(
        section, authors=[author], themes="Ports, Lille", picture=picture, text="<p>A word: cormorant.</p>"
    )
    run_all_tasks()
    work = Work.objects.get(uid=page.uid)
    assert (work.kind, work.state, work.title, work.channel.name) == ("articles", "live", page.title, site.name)
    assert work.article.signature == "Basile Moreau" and work.poster.poster_url(640)
    assert sorted(tag.name for tag in work.tags.all()) == ["Lille", "Ports"]
    assert page.title in visit("/feed/here/", site).text
    assert (
        page.title in visit("/search/?q=cormorant", site).text and page.title in visit("/search/?q=basile", site).text
    )


def test_a_draft_is_nobodys_and_has_no_work(section):
    page = make_article(section, publish=False)
    assert visit(page).status_code == 404 and not Work.objects.exists()


def test_an_article_goes_live_at_its_hour_and_expires_at_its_hour(section):
    hour = timezone.now() + timedelta(hours=2)
    page = make_article(section, go_live_at=hour, expire_at=hour + timedelta(days=1))
    keep_the_hour.call()
    assert visit(page).status_code == 404
    with _at(hour + timedelta(minutes=1)):
        keep_the_hour.call()
        assert visit(page).status_code == 200
    with _at(hour + timedelta(days=1, minutes=1)):
        keep_the_hour.call()
        assert visit(page).status_code == 410
        assert page.title not in visit("/articles/", page.site).text


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2026-10-25 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # Paris has it twice
        ("2027-03-28 02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # … and has it not
    ],
)
def test_an_embargo_in_a_night_when_clocks_change_ends_once(section, ada, written, hour):
    page = make_article(section, publish=False)
    with _at(hour - timedelta(days=1)):
        form = form_of(page, go_live_at=written) | {"action-publish": "1"}
        assert desk(ada).post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    ends = {}
    for minutes in (-59, -1, 1, 59, 61, 121):
        with _at(hour + timedelta(minutes=minutes)):
            keep_the_hour.call()
            ends[minutes] = (visit(page).status_code, getattr(Work.objects.first(), "published_at", None))
    assert ends[-59] == ends[-1] == (404, None)
    assert ends[1] == ends[59] == ends[61] == ends[121] == (200, hour + timedelta(minutes=1))


def _at(hour):
    return patch("django.utils.timezone.now", return_value=hour)


def test_what_comes_back_keeps_its_first_hour_and_says_its_new_words(section):
    page = make_article(section, published_at=timezone.now() - timedelta(days=9))
    first = Article.objects.get(page=page).published_at
    page.unpublish()
    assert visit(page).status_code == 410
    page.title = "The harbour at noon"
    page.save_revision().publish()
    article = Article.objects.get(page=page)
    assert article.published_at == first and article.title == "The harbour at noon"
    assert visit(page).status_code == 200


def test_what_the_editors_took_down_stays_down_when_its_page_is_published_again(section, ada):
    page = make_article(section)
    take_down_work(Article.objects.get(page=page), by=ada, reason="A court said so.")
    page.save_revision().publish()
    assert visit(page).status_code == 410


def test_a_removed_article_answers_410_and_leaves_nothing_behind(section):
    page = make_article(section, picture=make_picture())
    run_all_tasks()
    path, site = page.own_path(), page.site
    Page.objects.get(pk=section.pk).delete()  # with all that hangs below it
    assert visit(path, site).status_code == 410
    assert not Work.objects.exists() and not ArticlePage.objects.exists()
    assert visit("/articles/none12345/words/", site).status_code == 404


def test_another_slug_another_section_and_the_place_in_the_tree_lead_to_the_article(site, section):
    page = make_article(section)
    old = page.own_path()
    page.slug = "the-harbour-at-noon"
    page.save_revision().publish()
    page.move(make_section(site, "Travel"), pos="last-child")
    page = ArticlePage.objects.get(pk=page.pk)
    answer = visit(old, site)
    assert answer.status_code == 301 and answer["Location"] == page.own_path()
    assert "Travel" in visit(page).text
    assert visit("/travel/the-harbour-at-noon/", site)["Location"].endswith(page.own_path())


def test_an_editor_submits_and_only_the_desk_publishes(site, section, basile, chloe):
    appoint_editor(site, basile)
    appoint_editor(site, chloe, moderator=True)
    page = make_article(section, publish=False, by=basile)
    edit = f"/admin/pages/{page.pk}/edit/"
    desk(basile).post(edit, form_of(page) | {"action-publish": "1"})
    assert visit(page).status_code == 404  # the button is not theirs
    desk(basile).post(edit, form_of(page) | {"action-submit": "1"})
    page.refresh_from_db()
    state = page.current_workflow_task_state
    assert state is not None
    desk(chloe).post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/", {"comment": ""})
    assert visit(page).status_code == 200


def test_an_editor_of_another_site_cannot_touch_it(section, driss):
    appoint_editor(make_newsroom("economy"), driss, moderator=True)
    page = make_article(section)
    desk(driss).post(f"/admin/pages/{page.pk}/edit/", form_of(page, title="Mine") | {"action-publish": "1"})
    assert ArticlePage.objects.get(pk=page.pk).title == page.title
    assert page.title not in desk(driss).get("/admin/articles_desk/").text


def test_what_a_word_processor_pastes_is_cleaned_where_it_is_saved(section, ada):
    """The desk's form sends what the editor holds; a program may send anything at all."""
    page = make_article(section, publish=False)
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
    frame = {"type": "EMBED", "mutability": "IMMUTABLE", "data": {"url": "https://evil.example/<script>"}}
    style, on_here, on_all = {"style": "COMIC"}, {"offset": 26, "length": 4}, {"offset": 0, "length": 1}
    lines = [
        {"key": "a", "type": "unstyled", "text": "<script>alert(1)</script> here"}
        | {"inlineStyleRanges": [on_here | style], "entityRanges": [on_here | {"key": 0}]},
        {"key": "c", "type": "atomic", "text": " ", "inlineStyleRanges": [], "entityRanges": [on_all | {"key": 1}]},
    ]
    text = json.dumps({"blocks": lines, "entityMap": {"0": link, "1": frame}})
    block = {"deleted": "", "order": "0", "type": "text", "id": "", "value": text}
    form = form_of(page) | {"body-count": "1"} | {f"body-0-{name}": value for name, value in block.items()}
    desk(ada).post(f"/admin/pages/{page.pk}/edit/", form | {"action-publish": "1"})
    shown = visit(page).text.partition("article__body")[2].partition("article__foot")[0]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; here" in re.sub("</?a>", "", shown)
    assert "<script" not in shown and "javascript:" not in shown and "evil.example" not in shown


def test_the_desk_refuses_a_picture_without_its_maker_and_a_title_too_long(site, section, ada):
    page, nobodys = make_article(section, publish=False), make_picture(licence="")
    wrong = form_of(page, title="x" * 141, picture=nobodys.pk)
    answer = desk(ada).post(f"/admin/pages/{page.pk}/edit/", wrong)
    assert "lacks its credit" in answer.text and "at most 140 letters" in answer.text


def test_the_desk_previews_a_draft_as_it_will_be(site, section, ada):
    author = add_author(site, "Basile Moreau")
    page = make_article(section, publish=False, themes="Ports")
    client = desk(ada)
    address = f"/admin/pages/{page.pk}/edit/preview/"
    byline = {"author": author.pk, "id": "", "ORDER": 1, "DELETE": ""}
    form = form_of(page, title="Not yet out") | {f"bylines-0-{name}": value for name, value in byline.items()}
    assert client.post(address, form | {"bylines-TOTAL_FORMS": 1}).json()["is_valid"]
    shown = client.get(f"{address}?mode=").text
    assert "Not yet out" in shown and "Ports" in shown and "Basile Moreau" in shown and not Work.objects.exists()


def test_a_draft_is_kept_while_its_blocks_are_half_filled(section, ada):
    """What is written is saved by itself a moment later, finished or not; it cannot be published so."""
    page = make_article(section, publish=False)
    half = [
        ("picture", {"picture": "", "caption": "", "alternative": "", "width": "text"}),
        ("table", {"title": "", "cells": "", "source": ""}),
        ("outside", {"address": "", "title": ""}),
        ("poll", {"question": "", "answers-count": 0, "closes_at": ""}),
    ]
    body = {"body-count": len(half)}
    for place, (name, fields) in enumerate(half):
        block = {"type": name, "id": "", "order": place, "deleted": ""}
        body |= {f"body-{place}-{key}": value for key, value in block.items()}
        body |= {f"body-{place}-value-{key}": value for key, value in fields.items()}
    address = f"/admin/pages/{page.pk}/edit/"
    assert desk(ada).post(address, form_of(page, title="Half") | body).status_code == 302
    draft = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.title == "Half" and [block.block_type for block in draft.body] == [name for name, _fields in half]
    assert desk(ada).get(f"/admin/pages/{page.pk}/view_draft/").status_code == 200
    refused = desk(ada).post(address, form_of(page, title="Half") | body | {"action-publish": "1"})
    assert refused.status_code == 200 and not ArticlePage.objects.get(pk=page.pk).live


def test_articles_stay_when_the_editor_who_brought_them_is_forgotten(section, basile, ada):
    page = make_article(section, by=basile)
    erase_person(basile, by=ada)
    assert visit(page).status_code == 200
    assert Article.objects.get(page=page).author is None
