"""An article in the words of other machines: schema.org's NewsArticle and BreadcrumbList."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bouquet.kinds.articles.models import Article
from bouquet.kinds.articles.story import Story

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def share_picture(article: Article) -> str:
    """1200 × 630, a whole address; "" while there is none."""
    path = article.poster.share_picture_url if article.poster else ""
    return urljoin(article.site.url, path) if path else ""


def breadcrumbs(story: Story) -> list[tuple[str, str]]:
    trail = [(story.site.name, "/"), (_("Articles"), reverse("articles:home"))]
    if story.section is not None:
        trail.append((story.section.title, story.section.own_path()))
    return trail


def json_ld(article: Article, story: Story) -> SafeString:
    """Both, safe inside a <script> of data. https://schema.org/NewsArticle"""
    return mark_safe(json.dumps([_news(article, story), _trail(story)], ensure_ascii=False).translate(ESCAPES))


def _news(article: Article, story: Story) -> dict[str, Any]:
    site = story.site
    published = article.published_at or article.created_at
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "url": article.address,
        "mainEntityOfPage": article.address,
        "datePublished": published.isoformat(),
        "dateModified": (story.revised_at or published).isoformat(),
        "inLanguage": article.language or site.language,
        "wordCount": article.words,
        "isAccessibleForFree": True,
        "author": [
            {"@type": "Person", "name": author.title, "url": site.url + author.own_path()} for author in story.authors
        ]
        or [{"@type": "Organization", "name": site.name, "url": f"{site.url}/"}],
        "publisher": {"@type": "Organization", "name": site.name, "url": f"{site.url}/"},
        "commentCount": article.comment_count,
    }
    if picture := share_picture(article):
        facts["image"] = [picture]
    if story.section is not None:
        facts["articleSection"] = story.section.title
    if story.themes:
        facts["keywords"] = [name for _slug, name in story.themes]
    if story.corrections:
        facts["correction"] = [
            {"@type": "CorrectionComment", "text": each.words, "datePublished": each.at.isoformat()}
            for each in story.corrections
        ]
    return facts


def _trail(story: Story) -> dict[str, Any]:
    """https://schema.org/BreadcrumbList"""
    steps = [*breadcrumbs(story), (story.page.title, story.page.own_path())]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": story.site.url + path}
            for place, (name, path) in enumerate(steps, start=1)
        ],
    }
