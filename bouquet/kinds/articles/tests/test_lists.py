"""Where readers find articles: lists, feeds, front pages, the API."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from bouquet.kinds.articles.actions import add_author
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section, visit
from bouquet.shared.fronts.tests.test_front_page import picture
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.works.models import Work
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db
NOVEMBER = datetime(2024, 11, 12, 9, tzinfo=UTC)


@pytest.fixture
def site(db):
    return make_newsroom()


@pytest.fixture
def newsroom(site):
    """Two sections, two authors, three articles."""
    culture, sport = make_section(site), make_section(site, "Sport")
    basile, chloe = add_author(site, "Basile Moreau"), add_author(site, "Chloé Nguyen")
    make_article(culture, title="Harbour", authors=[basile], themes="Ports")
    make_article(culture, title="Opera", authors=[basile, chloe], published_at=NOVEMBER)
    make_article(sport, title="Rowing", authors=[chloe], themes="Ports")
    return site


def titles(text, *wanted):
    return [title for title in wanted if f">{title}<" in text]


def test_each_list_has_its_own(newsroom):
    for path, shown in {
        "/articles/": ["Harbour", "Opera", "Rowing"],
        "/articles/sections/culture/": ["Harbour", "Opera"],
        "/articles/sections/sport/": ["Rowing"],
        "/articles/authors/basile-moreau/": ["Harbour", "Opera"],
        "/articles/authors/chloe-nguyen/": ["Opera", "Rowing"],
        "/articles/themes/ports/": ["Harbour", "Rowing"],
        "/articles/archive/2024/11/": ["Opera"],
    }.items():
        assert titles(visit(path, newsroom).text, "Harbour", "Opera", "Rowing") == shown, path


def test_a_reader_comes_from_each_list_to_the_others(newsroom):
    home = visit("/articles/", newsroom).text
    for path in ("/articles/sections/culture/", "/articles/authors/", "/articles/archive/"):
        assert f'href="{path}"' in home
    assert 'href="/articles/authors/basile-moreau/"' in visit("/articles/authors/", newsroom).text
    assert 'href="/articles/archive/2024/11/"' in visit("/articles/archive/", newsroom).text


def test_the_archive_counts_at_once_what_comes_and_goes(newsroom):
    def november():
        return re.search(r'/2024/11/">November <span class="meta">(\d+)<', visit("/articles/archive/", newsroom).text)

    assert november()[1] == "1"
    page = make_article(make_section(newsroom, "Tech"), title="Dock", published_at=NOVEMBER)
    run_all_tasks()
    assert november()[1] == "2"
    page.unpublish()
    run_all_tasks()
    assert november()[1] == "1"


def test_what_is_not_there_is_404(newsroom):
    for path in (
        *("sections/none/", "sections/none/rss.xml", "authors/none/", "themes/none/", "none/", "none/words/"),
        *("archive/2024/13/", "archive/99999/1/", "archive/2023/1/"),
    ):
        assert visit(f"/articles/{path}", newsroom).status_code == 404, path


def test_a_site_without_articles_has_none_of_their_pages(newsroom):
    assert visit("/articles/", make_site("video", front=True)).status_code == 404


def test_another_slug_of_a_section_leads_on(newsroom, django_capture_on_commit_callbacks):
    section = newsroom.wagtail_site.root_page.get_children().get(slug="culture").specific
    section.slug = "arts"
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()
    assert visit("/articles/sections/culture/", newsroom)["Location"].endswith("/articles/sections/arts/")


def test_sections_and_authors_have_feeds_and_news_a_sitemap(newsroom):
    feed = visit("/articles/sections/culture/rss.xml", newsroom).text
    assert "Harbour" in feed and "Rowing" not in feed
    assert "Rowing" in visit("/articles/authors/chloe-nguyen/rss.xml", newsroom).text
    news = visit("/articles/news-sitemap.xml", newsroom).text
    assert "<news:title>Harbour</news:title>" in news and "Opera" not in news
    assert f"{newsroom.url}/articles/news-sitemap.xml" in visit("/sitemap.xml", newsroom).text


def test_a_front_page_has_a_section_and_no_story_twice_for_twelve_queries(
    newsroom, network, django_assert_max_num_queries
):
    section = newsroom.wagtail_site.root_page.get_children().get(slug="culture")
    for number in range(6):
        make_article(section.specific, title=f"Picture story {number}")
    Work.objects.update(poster=picture())
    front = newsroom.wagtail_site.root_page.specific
    shelf = {"title": "", "number": 4, "layout": "lead"}
    front.body = [
        ("hero", {"work": None, "source": "latest", "scope": "here", "kicker": ""}),
        ("articles_articles_block", shelf | {"section": section}),
        ("articles_articles_block", shelf | {"section": None}),
    ]
    front.save_revision().publish()
    visit("/", newsroom)
    with django_assert_max_num_queries(12):
        text = visit("/", newsroom).text
    assert "Culture" in text
    for number in range(6):
        assert text.count(f">Picture story {number}<") == 1


def test_the_networks_own_front_leads_to_an_article_on_its_site(newsroom):
    main = make_main_site(front=True)
    assert f"{newsroom.url}/articles/" in visit("/", main).text


def test_the_api_lists_articles_and_gives_one_with_its_text(newsroom):
    listed = visit("/api/v1/articles?site=magazine&section=culture", newsroom).json()
    assert [each["title"] for each in listed["articles"]] == ["Harbour", "Opera"]
    by = visit("/api/v1/articles?site=magazine&author=chloe-nguyen&limit=1", newsroom).json()
    assert [each["title"] for each in by["articles"]] == ["Rowing"] and by["next_cursor"]
    one = visit(f"/api/v1/articles/{listed['articles'][0]['id']}", newsroom).json()
    assert one["authors"][0]["name"] == "Basile Moreau" and "The ferry left" in one["html"]
    assert one["themes"] == ["Ports"] and one["section"] == "culture"


def test_themes_are_named_in_the_order_of_the_alphabet_on_the_page_and_in_the_api(newsroom):
    make_article(make_section(newsroom, "Nature"), themes="Zebras, Lemons")
    page = make_article(make_section(newsroom, "Zoo"), themes="Zebras, Élans, Apes")
    text = visit(page).text
    assert re.findall(r'/articles/themes/(\w+)/"[^>]*rel="tag"', text) == ["apes", "elans", "zebras"]
    listed = visit("/api/v1/articles?site=magazine&section=zoo", newsroom).json()["articles"]
    assert visit(f"/api/v1/articles/{listed[0]['id']}", newsroom).json()["themes"] == ["Apes", "Élans", "Zebras"]


def test_the_api_says_no_in_words(newsroom):
    page = make_article(make_section(newsroom, "Tech"))
    page.unpublish()
    for path, status in [
        (f"/api/v1/articles/{page.uid}", 410),
        ("/api/v1/articles/none", 404),
        ("/api/v1/articles?section=culture", 422),
        ("/api/v1/articles?site=magazine&section=none", 404),
        ("/api/v1/articles?cursor=broken", 422),
    ]:
        answer = visit(path, newsroom)
        assert answer.status_code == status and answer["Content-Type"].startswith("application/problem+json"), path


def test_what_is_to_come_stands_in_no_list(newsroom):
    section = newsroom.wagtail_site.root_page.get_children().get(slug="sport").specific
    make_article(section, title="Tomorrow", go_live_at=timezone.now() + timedelta(days=1))
    for path in ("/articles/", "/articles/sections/sport/", "/feed/rss.xml", "/articles/news-sitemap.xml"):
        assert "Tomorrow" not in visit(path, newsroom).text
