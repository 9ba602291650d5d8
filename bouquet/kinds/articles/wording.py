"""The words of an article, without their form: counted for the reading time, written down for search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.html import strip_tags

from bouquet.kinds.articles.models import Article, ArticlePage

SAID = ("title", "words", "by", "question", "answer", "text", "caption", "cells", "source")


def words_of(work_ids: Iterable[int]) -> dict[int, str]:
    """See SiteKind.text. One query."""
    articles = Article.objects.filter(pk__in=list(work_ids)).select_related("page")
    return {article.pk: f"{article.signature} {text_of(article.page)}" for article in articles}


def text_of(page: ArticlePage) -> str:
    return " ".join(strip_tags(piece.replace("<", " <")) for piece in _pieces(page.body.raw_data))


def _pieces(blocks: Iterable[Any]) -> Iterator[str]:
    for block in blocks:
        value = block["value"]
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from (str(value[name]) for name in SAID if value.get(name))
            yield from (hung["value"].get("caption", "") for hung in value.get("pictures", ()))
            yield from (line["value"] for line in value.get("answers", ()) if isinstance(line, dict))
