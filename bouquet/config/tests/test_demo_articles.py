"""The demo's articles name pictures, films, people and sites that exist, and fit their fields."""

from bouquet.config.demo.articles import ARTICLES
from bouquet.config.demo.articles.pictures import PICTURES
from bouquet.config.demo.newsroom import ABOUT
from bouquet.config.demo.people import CAST
from bouquet.config.demo.sites import SITES
from bouquet.config.demo.videos import VIDEOS
from bouquet.kinds.articles.body_blocks import rows_of


def test_what_an_article_names_is_there():
    films, people = {film.name for film in VIDEOS}, {member.handle for member in CAST}
    sites = {site.slug for site in SITES if "articles" in site.kinds}
    for each in ARTICLES:
        assert each.site in sites and each.picture in PICTURES and set(each.signed) <= set(ABOUT), each.title
        assert {*each.likes, *(handle for handle, _words in each.says)} <= people, each.title
        for name, value in each.body:
            assert name != "picture" or value["picture"] in PICTURES
            assert name != "work" or value["work"] in films
            assert name != "table" or len({len(row) for row in rows_of(value["cells"])}) == 1


def test_every_article_fits_its_fields():
    assert all(len(each.title) <= 140 and 0 < len(each.lead) <= 600 for each in ARTICLES)
    assert len({each.title for each in ARTICLES}) == len(ARTICLES)
