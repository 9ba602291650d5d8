"""How others tell of their posts. Each gives Post after Post from `job.file`, and keeps none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bouquet.kinds.articles.moving.models import ArticleImport
from bouquet.kinds.articles.moving.posts import Post
from bouquet.kinds.articles.moving.sources import feed, ghost, wxr

SOURCES: dict[str, Callable[[ArticleImport], Iterator[Post]]] = {
    ArticleImport.Source.WXR: wxr.posts,
    ArticleImport.Source.GHOST: ghost.posts,
    ArticleImport.Source.RSS: feed.posts,
}
