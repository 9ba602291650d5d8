"""The rows that every article's page asks for beside the article itself, in questions that are put into words once."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from bouquet.kinds.articles.models import Article, AuthorPage, Byline, Correction
from bouquet.shared.works.models import Tag, Work
from bouquet.toolkit.prepared import prepared


def signed_by(page: int) -> list[AuthorPage]:
    """As the desk put them in order."""

    def build(page: int) -> QuerySet[Any]:
        return Byline.objects.filter(page=page).select_related("author__picture").order_by("sort_order", "pk")

    return [byline.author for byline in prepared(("bylines",), build, page=page)]


def corrections_of(page: int) -> list[Correction]:
    """The first one first."""
    return prepared(("corrections",), lambda page: Correction.objects.filter(page=page).order_by("at", "pk"), page=page)


def fetch_themes(article: Article) -> None:
    """`article.tags.all()` asks nothing afterwards."""
    tags: Any = article.tags.all()
    through = Work.tags.through.objects
    found: list[Tag] = [
        each.tag
        for each in prepared(
            ("themes",),
            lambda work: through.filter(work=work).select_related("tag").order_by("tag"),
            work=article.pk,
        )
    ]
    tags._result_cache, tags._prefetch_done = found, True  # as prefetch_related leaves it
    article._prefetched_objects_cache = {"tags": tags}  # type: ignore[attr-defined]
