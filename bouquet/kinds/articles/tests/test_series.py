"""Articles that belong together, and long ones in chapters."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from bouquet.kinds.articles.actions import add_article, add_series
from bouquet.kinds.articles.models import Article, SeriesPage
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section, visit
from bouquet.kinds.articles.tests.test_publishing import desk, form_of
from bouquet.shared.works.actions import take_down_work
from bouquet.toolkit.testing.cast import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db):
    return make_section(make_newsroom())


@pytest.fixture
def parts(section):
    """Three parts; the second one to come out was written last."""
    series = add_series(section.site, "The harbours", description="From Dunkirk to Bayonne.")
    days = {"Dunkirk": 1, "Bayonne": 9, "Brest": 5}
    return [
        make_article(section, title=title, series=series, published_at=datetime(2026, 3, day, tzinfo=UTC))
        for title, day in days.items()
    ]


def test_its_parts_stand_in_the_order_they_came_out(section, parts):
    text = visit("/articles/series/the-harbours/", section.site).text
    assert re.findall(r">(Dunkirk|Brest|Bayonne)<", text) == ["Dunkirk", "Brest", "Bayonne"]
    assert "From Dunkirk to Bayonne." in text
    feed = visit("/articles/series/the-harbours/rss.xml", section.site).text
    assert feed.index("Bayonne") < feed.index("Brest")  # a feed begins with what is new
    assert 'href="/articles/series/"' in visit("/articles/", section.site).text
    assert 'href="/articles/series/the-harbours/"' in visit("/articles/series/", section.site).text


def test_a_part_leads_to_the_one_before_and_the_one_after(parts):
    dunkirk, bayonne, brest = parts
    text = visit(brest).text
    assert "Part 2 of 3" in text
    assert re.search(rf'href="[^"]*{dunkirk.own_path()}" rel="prev"', text)
    assert re.search(rf'href="[^"]*{bayonne.own_path()}" rel="next"', text)
    said = json.loads(re.search(r'ld\+json">(.+?)</script>', text)[1])[0]
    assert said["isPartOf"]["name"] == "The harbours" and said["position"] == 2
    assert 'rel="prev"' not in visit(dunkirk).text


def test_who_stands_alone_says_nothing_of_a_series(section, parts):
    assert "article__part" not in visit(make_article(section, title="Alone")).text


def test_a_part_taken_down_is_counted_no_more(parts):
    dunkirk, bayonne, brest = parts
    take_down_work(Article.objects.get(page=brest), by=make_person(), reason="Wrong")
    text = visit(bayonne).text
    assert "Part 2 of 2" in text and dunkirk.own_path() in text


def test_a_series_that_goes_takes_no_article_with_it(section, parts):
    SeriesPage.objects.get().delete()
    assert visit(parts[0]).status_code == 200
    assert visit("/articles/series/the-harbours/", section.site).status_code == 404


def test_a_series_is_one_of_the_articles_own_site(section, parts):
    other = add_series(make_newsroom("daily"), "Elsewhere")
    with pytest.raises(ValidationError, match="A series is one of a site"):
        add_article(section, title="Made in one go", series=other)
    asked = form_of(parts[0], title="On the desk", slug="on-the-desk", series=other.pk)
    answer = desk(make_person("Ada")).post(f"/admin/pages/add/articles/articlepage/{section.pk}/", asked)
    assert "A series is one of a site: choose one of this article’s own." in answer.text


def test_the_api_lists_the_parts_of_a_series(section, parts):
    answer = visit(f"/api/v1/articles?site={section.site.slug}&series=the-harbours", section.site).json()
    assert [each["title"] for each in answer["articles"]] == ["Bayonne", "Brest", "Dunkirk"]
    assert {each["series"] for each in answer["articles"]} == {"the-harbours"}


def test_chapters_make_a_list_of_contents_with_an_address_each(section):
    names = ["Setting out", "At sea", "At sea"]
    body = [piece for name in names for piece in (("chapter", {"title": name}), ("text", "<p>Words.</p>"))]
    text = visit(make_article(section, body=body)).text
    anchors = re.findall(r'<h2 class="article__chapter" id="([^"]+)"', text)
    assert anchors == ["chapter-setting-out", "chapter-at-sea", "chapter-at-sea-2"]
    assert [each for each in anchors if f'href="#{each}"' not in text] == []
    one = visit(make_article(section, title="Short", body=body[:2])).text
    assert "article__chapter" in one and "article__contents" not in one
