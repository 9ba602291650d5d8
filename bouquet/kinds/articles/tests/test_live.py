"""An article that is written while it happens."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db):
    return make_article(make_section(make_newsroom()), form="live", body=[("text", "<p>The count has begun.</p>")])


def add(page, title, *, minutes_ago=0):
    entry = {
        "at": timezone.now() - timedelta(minutes=minutes_ago),
        "title": title,
        "text": f"<p>{title}, they say.</p>",
    }
    page.body.append(("entry", entry))
    page.save_revision().publish()


def look_again(page, etag=""):
    path = f"/articles/live/{page.uid}/"
    return Client(headers={"host": page.site.host, **({"if-none-match": etag} if etag else {})}).get(path)


def test_entries_stand_newest_first_with_addresses_of_their_own(page):
    add(page, "First", minutes_ago=20)
    add(page, "Second")
    text = visit(page).text
    assert text.index("Second, they say.") < text.index("First, they say.") and "The count has begun." in text
    anchors = re.findall(r'id="(entry-[0-9a-f]{8})"', text)
    assert len(set(anchors)) == 2 and all(f'href="#{anchor}"' in text for anchor in anchors)
    assert 'data-controller="refresh"' in text
    news = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S).group(1))[0]
    assert news["@type"] == "LiveBlogPosting" and news["liveBlogUpdate"][0]["headline"] == "Second"
    assert news["liveBlogUpdate"][0]["url"].endswith(anchors[0]) and news["coverageStartTime"]


def test_the_page_looks_again_and_is_told_when_nothing_is_new(page, django_assert_max_num_queries):
    add(page, "First")
    seen = look_again(page)
    assert "First, they say." in seen.text and "<html" not in seen.text
    with django_assert_max_num_queries(6):
        assert look_again(page, seen["ETag"]).status_code == 304
    add(page, "Second")
    fresh = look_again(page, seen["ETag"])
    assert fresh.status_code == 200 and "Second, they say." in fresh.text
    page.unpublish()
    assert look_again(page).status_code == 404


def test_a_live_that_is_over_says_so_and_looks_no_more(page):
    add(page, "Last", minutes_ago=7 * 60)
    text = visit(page).text
    assert "This live is over" in text and 'data-controller="refresh"' not in text
