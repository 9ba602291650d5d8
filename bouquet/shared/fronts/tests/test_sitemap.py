import pytest
from django.test import Client

from bouquet.shared.network.tests.make import make_site
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db


def fetch(site, path):
    return Client().get(path, headers={"host": site.host})


def test_search_engines_find_what_everybody_may_see_of_this_site_and_nothing_else():
    site, other = make_site("video"), make_site("music")
    shown = make_work(site=site, title="Harbour & pier")
    hidden = [
        make_work(site=site, visibility="members"),
        make_work(site=site, visibility="unlisted"),
        make_work(site=site, state="draft"),
        make_work(site=site, restricted=True),
        make_work(site=other),
    ]
    index = fetch(site, "/sitemap.xml").text
    assert f"{site.url}/sitemap-pages.xml" in index and f"{site.url}/sitemap-0.xml" in index
    works = fetch(site, "/sitemap-0.xml").text
    assert shown.address in works and not any(work.uid in works for work in hidden)
    assert f"{site.url}/videos/" in fetch(site, "/sitemap-pages.xml").text


def test_a_sitemap_of_an_empty_site_has_its_pages():
    assert "sitemap-0" not in fetch(make_site("video"), "/sitemap.xml").text
