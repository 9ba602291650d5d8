"""An article in other languages: what hreflang says to search engines and the page to its readers."""

from __future__ import annotations

from bouquet.kinds.articles.models import Article
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer


def translations_of(article: Article) -> list[Article]:
    """Itself and those that everybody may find, the original first; [] where there is but one. A query only where its
    page says that there are some.
    """
    if article.family is None:
        return []
    listed = Work.objects.listed_for(Viewer()).filter(kind=article.kind).values("pk")
    found = Article.objects.filter(family=article.family, pk__in=listed).select_related("site")
    rows = sorted(found, key=lambda each: (each.page_id != article.family, each.language, each.pk))
    one_each = list({each.language: each for each in reversed(rows)}.values())[::-1]
    return one_each if len(one_each) > 1 and any(each.pk == article.pk for each in one_each) else []
