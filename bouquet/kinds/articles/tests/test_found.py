"""What search engines and other programs read of articles."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError

from bouquet.kinds.articles.actions import add_author
from bouquet.kinds.articles.models import Article
from bouquet.kinds.articles.tasks import cover_article
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_picture, make_section, visit
from bouquet.shared.assets.models import Asset
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db
NEEDED = {  # what schema.org's users ask of each type
    "NewsArticle": {
        "headline",
        "url",
        "datePublished",
        "dateModified",
        "author",
        "publisher",
        "mainEntityOfPage",
        "image",
    },
    "ImageObject": {"url", "width", "height"},
    "VideoObject": {"name", "description", "thumbnailUrl", "uploadDate", "embedUrl", "url", "duration"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "Person": {"name"},
    "Organization": {"name", "url"},
}
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "video": "http://www.google.com/schemas/sitemap-video/1.1",
}


@pytest.fixture
def section(db):
    return make_section(make_newsroom())


def objects_in(value):
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from objects_in(each)


def make_film(**changes):
    poster = Asset.objects.filter(cover_of_article__isnull=False).first()
    return make_work(
        **({"title": "The pier, filmed", "summary": "At dawn.", "duration": 83.0, "poster": poster} | changes)
    )


def test_an_article_with_pictures_and_a_film_says_all_that_its_types_need(section):
    page = make_article(section, picture=make_picture(), authors=[add_author(section.site, "Basile Moreau")])
    cover_article.call(page.article.pk)
    film = make_film(site=make_site("video"))
    picture = {"picture": make_picture(credit="Nadar"), "caption": "Low tide", "alternative": "", "width": "text"}
    page.body = [("picture", picture), ("work", {"work": film, "caption": ""})]
    page.save_revision().publish()
    text = visit(page).text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S).group(1))
    found = [each for each in objects_in(data) if "@type" in each]
    for each in found:
        missing = NEEDED.get(each["@type"], set()) - {name for name, value in each.items() if value}
        assert not missing, f"{each['@type']} lacks {missing}"
    assert {each["@type"] for each in found} >= set(NEEDED)
    addresses = [each[name] for each in found for name in ("url", "item", "embedUrl", "contentUrl") if name in each]
    assert all(address.startswith("http") for address in addresses)
    assert data[0]["video"][0]["duration"] == "PT1M23S" and data[0]["image"][1]["creditText"] == "Nadar"
    assert data[0]["publisher"]["logo"]["width"] == 512


def test_the_sitemap_names_pictures_and_films_and_robots_lead_to_it(section):
    page = make_article(section, picture=make_picture(), title="Boats & nets")
    cover_article.call(page.article.pk)
    site = section.site
    robots = visit("/robots.txt", site).text
    assert f"Sitemap: {site.url}/sitemap.xml" in robots
    index = ElementTree.fromstring(visit("/sitemap.xml", site).content)
    parts = [each.text for each in index.iterfind(".//s:loc", SITEMAP)]
    assert f"{site.url}/articles/news-sitemap.xml" in parts
    part = next(each for each in parts if re.search(r"sitemap-\d+\.xml", each))
    tree = ElementTree.fromstring(visit(part.removeprefix(site.url), site).content)
    article = Article.objects.get(page=page)
    assert tree.find(".//image:loc", SITEMAP).text == site.url + article.poster.poster_url(1280)
    make_film(site=make_site("video"))
    make_film(site=Work.objects.get(title="The pier, filmed").site, title="Without a picture", poster=None)
    films = ElementTree.fromstring(visit("/sitemap-0.xml", make_film_site()).content).findall(".//video:video", SITEMAP)
    assert [film.find("video:title", SITEMAP).text for film in films] == ["The pier, filmed"]
    assert films[0].find("video:player_loc", SITEMAP).text.startswith("http")


def make_film_site():
    return Work.objects.get(title="The pier, filmed").site


def test_translations_name_each_other_and_a_withdrawn_one_is_named_no_more(section):
    french = make_section(make_newsroom("mer", language="fr"), "Culture")
    original = make_article(french, title="Le port à l’aube")
    translated = make_article(section, translated_from=original)
    alone = make_article(section, title="Alone")
    for page in (original, translated):
        text = visit(page).text
        assert f'hreflang="x-default" href="{original.site.url}' in text
        assert text.count("hreflang=") == 4, "x-default, two languages, and the reader's own link"
    assert "Français" in visit(translated).text
    assert "hreflang" not in visit(alone).text
    original.unpublish()
    assert "hreflang" not in visit(translated).text


def test_a_translation_is_no_article_of_the_same_site_or_language(section):
    other = make_section(make_newsroom("mer", language=section.site.language), "Culture")
    page = make_article(section, title="Same language", publish=False)
    for original in (make_article(section), make_article(other)):
        page.translated_from = original
        with pytest.raises(ValidationError, match="another language"):
            page.clean()


def test_an_article_speaks_oembed_as_a_link(section):
    page = make_article(section, picture=make_picture())
    cover_article.call(page.article.pk)
    site = section.site
    address = re.search(r'json\+oembed" href="([^"]+)"', visit(page).text).group(1)
    said = visit(address.removeprefix(site.url), site).json()
    assert (said["type"], said["title"], said["provider_name"]) == ("link", page.title, site.name)
    assert said["thumbnail_url"].startswith("http") and "html" not in said
    page.unpublish()
    assert visit(address.removeprefix(site.url), site).status_code == 404
    assert visit(f"/oembed?url={site.url}/nothing/{page.uid}/x/", site).status_code == 404


def test_every_feed_is_there_as_atom_too(section):
    page = make_article(section, title="Boats & nets")
    for path in ("/feed/atom.xml?kind=articles", f"/articles/sections/{section.slug}/atom.xml"):
        answer = visit(path, section.site)
        assert answer["Content-Type"].startswith("application/atom+xml")
        feed = ElementTree.fromstring(answer.content)
        atom = {"a": "http://www.w3.org/2005/Atom"}
        assert feed.find("a:entry/a:title", atom).text == page.title and feed.find("a:updated", atom).text
    assert "application/atom+xml" in visit(page).text
