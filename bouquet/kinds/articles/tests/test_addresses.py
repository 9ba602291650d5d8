"""A title may be used twice: the address makes itself unique, and nothing that is saved by itself stops for it."""

import pytest

from bouquet.kinds.articles.models import ArticlePage
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section, visit
from bouquet.kinds.articles.tests.test_publishing import desk, form_of

pytestmark = pytest.mark.django_db
ASKS_FOR_JSON = {"accept": "application/json"}


@pytest.fixture
def section(db):
    return make_section(make_newsroom())


def test_a_title_that_is_taken_is_saved_by_itself_under_an_address_of_its_own(section, ada):
    first = make_article(section, title="The match")
    client, taken = desk(ada), form_of(first, title="The match", slug=first.slug)
    begun = client.post(f"/admin/pages/add/articles/articlepage/{section.pk}/", taken, headers=ASKS_FOR_JSON).json()
    assert begun["success"] is True, begun
    edit = f"/admin/pages/{begun['pk']}/edit/"
    again = client.post(
        edit, taken | {"lead": "It rained."}, headers=ASKS_FOR_JSON
    ).json()  # the form still says the taken one
    assert again["success"] is True, again
    client.post(edit, taken | {"action-publish": "1"})
    page = ArticlePage.objects.get(pk=begun["pk"])
    assert (page.live, page.slug) == (True, "the-match-2")
    assert visit(page).status_code == visit(first).status_code == 200
    client.post(edit, taken | {"action-publish": "1"})
    assert ArticlePage.objects.get(pk=page.pk).slug == "the-match-2"


def test_a_title_of_signs_alone_has_an_address(section, ada):
    for slug in ("article", "article-2"):
        asked = form_of(make_article(section, publish=False, title=f"Other {slug}"), title="?!", slug="")
        desk(ada).post(f"/admin/pages/add/articles/articlepage/{section.pk}/", asked | {"action-publish": "1"})
        assert visit(ArticlePage.objects.get(slug=slug, live=True)).status_code == 200


def test_two_authors_may_have_one_name(section, ada):
    front = section.get_parent()
    asked = {"title": "Jean Martin", "slug": "jean-martin", "role": "", "about": "", "picture": ""}
    asked |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "action-publish": "1"}
    for _time in range(2):
        desk(ada).post(f"/admin/pages/add/articles/authorpage/{front.pk}/", asked)
    assert sorted(front.get_children().filter(title="Jean Martin").values_list("slug", flat=True)) == [
        "jean-martin",
        "jean-martin-2",
    ]
