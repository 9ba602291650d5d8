"""The demo's articles name pictures, films, people and sites that exist, and fit their fields."""

import pytest
from wagtail.models import Page

from bouquet.config.demo import newsroom
from bouquet.config.demo.articles import ARTICLES
from bouquet.config.demo.articles.pictures import PICTURES
from bouquet.config.demo.newsroom import ABOUT, _films_of
from bouquet.config.demo.people import CAST
from bouquet.config.demo.sites import SITES
from bouquet.config.demo.videos import VIDEOS
from bouquet.kinds.articles.body_blocks import rows_of
from bouquet.kinds.articles.models import ArticlePage
from bouquet.kinds.videos.tests.make import make_video
from bouquet.shared.accounts.models import Person
from bouquet.shared.network.tests.make import make_site
from bouquet.toolkit.testing.cast import make_person


def test_what_an_article_names_is_there():
    films, people = {film.name for film in VIDEOS}, {member.handle for member in CAST}
    sites = {site.slug for site in SITES if "articles" in site.kinds}
    for each in ARTICLES:
        assert each.site in sites and each.picture in PICTURES and set(each.signed) <= set(ABOUT), each.title
        voters = {handle for handle, _number in each.votes}
        assert {*each.likes, *voters, *(handle for handle, _words in each.says)} <= people, each.title
        for name, value in each.body:
            assert name != "picture" or value["picture"] in PICTURES
            assert name != "gallery" or {each["picture"] for each in value["pictures"]} <= set(PICTURES)
            assert name != "work" or value["work"] in films
            assert name != "table" or len({len(row) for row in rows_of(value["cells"])}) == 1


def test_every_article_fits_its_fields():
    assert all(len(each.title) <= 140 and 0 < len(each.lead) <= 600 for each in ARTICLES)
    assert len({each.title for each in ARTICLES}) == len(ARTICLES)


@pytest.mark.django_db
def test_an_article_about_a_film_follows_when_the_film_is_there(monkeypatch):
    site = make_site(slug="economie", kinds=["articles", "videos"], front=True)
    make_person(name="Basile", handle="basile")
    for each in CAST:
        Person.objects.filter(handle=each.handle).exists() or make_person(name=each.name, handle=each.handle)
    about = next(each for each in ARTICLES if any(name == "work" for name, _value in each.body))
    plain = next(each for each in ARTICLES if each.site == about.site and each is not about and not _films_of(each))
    monkeypatch.setattr(newsroom, "ARTICLES", [about, plain])
    newsroom.write_articles({})
    front = Page.objects.get(pk=site.wagtail_site.root_page_id)
    assert list(ArticlePage.objects.values_list("title", flat=True)) == [plain.title]
    assert front.numchild == front.get_children().count() > 0
    newsroom.write_articles(dict.fromkeys(_films_of(about), make_video()))
    newsroom.write_articles(dict.fromkeys(_films_of(about), make_video()))
    assert set(ArticlePage.objects.values_list("title", flat=True)) == {plain.title, about.title}
