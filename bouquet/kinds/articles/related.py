"""What to read after an article: what shares its themes, then the latest of its section, of its site. Two queries.

The house's own `related_to` asks what people watched together, for ten queries; an article's page may have twelve.
"""

from __future__ import annotations

from django.db.models import Count

from bouquet.kinds.articles.models import Article
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer

NUMBER = 4
LATEST = 16  # of the site, among which those of the section come first
CARD = ("site", "channel", "channel__site", "author", "poster")


def to_read_next(article: Article, viewer: Viewer, site: Site) -> list[Work]:
    """Cards of the site where it is read, the nearest first; nothing twice."""
    listed = Work.objects.listed_for(viewer).filter(kind=article.kind, site=site).exclude(pk=article.pk)
    tags = [tag.pk for tag in article.tags.all()]
    near: list[Work] = []
    if tags:
        shared = listed.filter(tags__in=tags).annotate(shared=Count("tags"))
        near = list(shared.order_by("-shared", "-published_at", "-pk").cards()[:NUMBER])
    if len(near) < NUMBER:
        seen = [work.pk for work in near]
        latest = listed.exclude(pk__in=seen).latest().select_related(*CARD, "article")[:LATEST]
        beside = sorted(latest, key=lambda work: work.article.section_id != article.section_id)  # their order stays
        near += beside[: NUMBER - len(near)]
    return near
