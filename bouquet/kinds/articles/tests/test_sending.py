"""One story on several sites: each in its own brand, one home for search engines, one discussion."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from bouquet.kinds.articles.sending import places_for, send_to_sites
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section, visit
from bouquet.shared.comments.actions import add_comment
from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.models import Site
from bouquet.shared.works.actions import drop_guest
from bouquet.shared.works.models import Work

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: Any) -> Site:
    return make_newsroom()


@pytest.fixture
def other(home: Site) -> Site:
    return make_newsroom("business", name="Business daily")


@pytest.fixture
def both(home: Site, other: Site, basile: Any) -> Any:
    for site in (home, other):
        appoint_editor(site, basile, moderator=True)
    return basile


def there(page: Any, other: Site, person: Any = None) -> Any:
    return visit(page.own_path(), Site.objects.get(pk=other.pk), person)


def desk(person: Any, page: Any, *slugs: str) -> Any:
    client = Client(headers={"host": page.site.host})
    client.force_login(person)
    return client.post(f"/admin/articles/{page.pk}/sites/", {"site": slugs})


def test_an_article_stands_on_another_site_under_its_brand(home: Site, other: Site, both: Any) -> None:
    page = make_article(make_section(home))
    assert there(page, other)["Location"] == page.full_url
    assert desk(both, page, "business", "nowhere").status_code == 302
    answer = there(page, other)
    assert answer.status_code == 200
    text = answer.text
    assert f'<link rel="canonical" href="{page.full_url}">' in text and "Business daily" in text
    assert f'href="{home.url}/articles/sections/culture/"' in text  # what is the other site's stays there
    assert page.own_path() in visit("/articles/", Site.objects.get(pk=other.pk)).text
    assert f"<link>{other.url}{page.own_path()}</link>" in visit("/feed/rss.xml", Site.objects.get(pk=other.pk)).text
    for sitemap in ("/articles/news-sitemap.xml", "/sitemap.xml"):
        assert page.uid not in visit(sitemap, other).text
    assert page.uid in visit("/articles/news-sitemap.xml", home).text
    desk(both, page)
    assert there(page, other)["Location"] == page.full_url


def test_the_discussion_is_one(home: Site, other: Site, both: Any, chloe: Any) -> None:
    page = make_article(make_section(home))
    send_to_sites(page, [other], by=both)
    work = Work.objects.get(uid=page.uid)
    comment, _new = add_comment(work, by=both, text="I was there at dawn.")
    assert comment.is_live
    for answer in (visit(page), there(page, other)):
        assert "I was there at dawn." in answer.text


def test_a_guest_page_costs_one_query_more(
    home: Site, other: Site, both: Any, network: Any, django_assert_max_num_queries: Any
) -> None:
    page = make_article(make_section(home), themes="Ports")
    send_to_sites(page, [other], by=both)
    assert there(page, other).status_code == 200
    with django_assert_max_num_queries(13):
        there(page, other)


def test_only_who_edits_both_sends_it(home: Site, other: Site, basile: Any, chloe: Any) -> None:
    page = make_article(make_section(home))
    appoint_editor(home, basile, moderator=True)
    assert places_for(page, basile) == []
    desk(basile, page, "business")
    assert there(page, other).status_code == 301
    assert desk(chloe, page, "business").status_code in (302, 404) and there(page, other).status_code == 301
    home_only = Client(headers={"host": home.host})
    home_only.force_login(basile)
    sent = home_only.put(f"/api/v1/articles/{page.uid}/sites", {"sites": ["business"]}, content_type="application/json")
    assert sent.status_code == 422


def test_a_draft_that_was_sent_appears_on_all_its_sites_at_once(home: Site, other: Site, both: Any) -> None:
    page = make_article(make_section(home), publish=False)
    client = Client(headers={"host": home.host})
    client.force_login(both)
    path = f"/api/v1/articles/{page.uid}/sites"
    sent = client.put(path, {"sites": ["business"]}, content_type="application/json")
    assert sent.json() == client.get(path).json()
    assert sent.json()[0] | {"name": ""} == {
        "site": "business", "name": "", "shown": True, "yours": True, "turned_away": False,
    }  # fmt: skip
    assert there(page, other).status_code == 404
    page.get_latest_revision().publish()
    assert there(page, other).status_code == 200


def test_the_other_site_may_say_no_and_it_stays_no(home: Site, other: Site, both: Any) -> None:
    page = make_article(make_section(home))
    send_to_sites(page, [other], by=both)
    drop_guest(Work.objects.get(uid=page.uid), other, by=both, reason="Not for our readers")
    page.save_revision().publish()
    assert there(page, other).status_code == 301
    assert [place.turned_away for place in places_for(page, both)] == [True]
    send_to_sites(page, [other], by=both)  # an editor of both has it back
    assert there(page, other).status_code == 200
