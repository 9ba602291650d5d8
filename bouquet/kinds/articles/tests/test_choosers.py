"""Authors and series are found by their names, among those of the sites one edits."""

import pytest

from bouquet.kinds.articles.actions import add_author, add_series
from bouquet.kinds.articles.models import ArticlePage
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section
from bouquet.kinds.articles.tests.test_publishing import desk, form_of
from bouquet.shared.network.actions import appoint_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db):
    return make_section(make_newsroom())


def found(client, kind, words):
    answer = client.get(f"/admin/{kind}/choose/results/", {"q": words})
    assert answer.status_code == 200
    return answer.text


def test_somebody_types_a_name_and_finds_whom_their_sites_have(section, basile):
    appoint_editor(section.site, basile)
    add_author(section.site, "Nadia Ferrand")
    add_author(section.site, "Clément Roy")
    add_author(make_newsroom("daily"), "Nadia of the other site")
    client = desk(basile)
    text = found(client, "authors", "nadia")
    assert "Nadia Ferrand" in text and section.site.host in text
    assert "Clément Roy" not in text and "other site" not in text
    assert "Clément Roy" in found(client, "authors", "")


def test_an_article_has_the_author_and_the_series_that_were_chosen(section, ada):
    author, series = add_author(section.site, "Nadia Ferrand"), add_series(section.site, "The harbours")
    client, page = desk(ada), make_article(section, publish=False)
    assert "The harbours" in found(client, "series", "harb")
    chosen = client.get(f"/admin/authors/choose/chosen/{author.pk}/", headers={"x-requested-with": "XMLHttpRequest"})
    assert chosen.json()["result"]["title"] == "Nadia Ferrand"
    form = form_of(page, series=series.pk, **{"bylines-0-author": author.pk, "bylines-0-id": "", "bylines-0-ORDER": 1})
    form |= {"bylines-TOTAL_FORMS": 1, "action-publish": "1"}
    client.post(f"/admin/pages/{page.pk}/edit/", form)
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.live and page.series == series and [each.author for each in page.bylines.all()] == [author]
    assert "authors/choose" in client.get(f"/admin/pages/{page.pk}/edit/").text
