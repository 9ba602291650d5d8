"""Small makers for tests: a newsroom with a section, and articles in it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from bouquet.kinds.articles.actions import add_article, add_section
from bouquet.kinds.articles.models import ArticlePage, SectionPage
from bouquet.shared.network.models import Picture, Site
from bouquet.shared.network.tests.make import make_site


def make_newsroom(slug: str = "magazine", **changes: Any) -> Site:
    return make_site(slug, front=True, **({"kinds": ["articles"]} | changes))


def make_section(site: Site | None = None, title: str = "Culture") -> SectionPage:
    return add_section(site or make_newsroom(), title)


def make_article(section: SectionPage | None = None, **changes: Any) -> ArticlePage:
    """A live article, unless told otherwise; `text` is HTML of one block."""
    text = changes.pop("text", "<p>The ferry left before the sun.</p>")
    fields: dict[str, Any] = {
        "title": "The harbour at dawn",
        "lead": "What the night leaves.",
        "body": [("text", text)],
    }
    return add_article(section or make_section(), **(fields | changes))


def make_picture(**changes: Any) -> Picture:
    file = BytesIO()
    Image.new("RGB", (320, 180), "#345678").save(file, "JPEG")
    fields = {"title": "boats", "description": "Boats at dawn", "credit": "Emma Roux", "licence": "CC BY 4.0"} | changes
    return Picture.objects.create(file=ContentFile(file.getvalue(), name="boats.jpg"), **fields)


def visit(where: Any, site: Site | None = None, person: Any = None) -> Any:
    """A path on a site, or the page of an article."""
    path = where if isinstance(where, str) else where.own_path()
    client = Client()
    if person is not None:
        client.force_login(person)
    return client.get(path, headers={"host": (site or where.site).host})
