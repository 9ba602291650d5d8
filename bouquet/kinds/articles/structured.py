"""An article in the words of other machines: schema.org's NewsArticle with its pictures and films, BreadcrumbList."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from bouquet.kinds.articles.live.reading import GOES_ON
from bouquet.kinds.articles.models import Article
from bouquet.kinds.articles.parts import Part
from bouquet.kinds.articles.pictures import IN_TEXT
from bouquet.kinds.articles.story import Piece, Story
from bouquet.shared.works.models import Work
from bouquet.shared.works.syndication import embed_address

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def share_picture(article: Article) -> str:
    """1200 × 630, a whole address; "" while there is none."""
    path = article.poster.share_picture_url if article.poster else ""
    return urljoin(article.site.url, path) if path else ""


def breadcrumbs(story: Story) -> list[tuple[str, str]]:
    trail = [((story.guest_of or story.site).name, "/"), (_("Articles"), reverse("articles:home"))]
    if story.section is not None and story.guest_of is None:
        trail.append((story.section.title, story.section.own_path()))
    return trail


def json_ld(article: Article, story: Story, part: Part | None = None) -> SafeString:
    """Both, safe inside a <script> of data. https://schema.org/NewsArticle"""
    return mark_safe(json.dumps([_news(article, story, part), _trail(story)], ensure_ascii=False).translate(ESCAPES))


def _news(article: Article, story: Story, part: Part | None) -> dict[str, Any]:
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
        "publisher": {
            "@type": "Organization",
            "name": site.name,
            "url": f"{site.url}/",
            "logo": {"@type": "ImageObject", "url": site.url + site.brand.icon_path(512), "width": 512, "height": 512},
        },
        "commentCount": article.comment_count,
    }
    if pictures := _pictures(article, story):
        facts["image"] = pictures
        if story.gallery:  # https://schema.org/ImageGallery
            wall = [{"@type": "ImageObject", "contentUrl": each["url"]} for each in pictures[-len(story.gallery) :]]
            facts["hasPart"] = {"@type": "ImageGallery", "name": article.title, "image": wall}
    if films := [_film(piece.more["work"]) for piece in story.pieces if piece.more.get("frame")]:
        facts["video"] = films
    if story.translations:
        facts["workTranslation"] = [
            {"@type": "NewsArticle", "url": each.address, "inLanguage": each.language}
            for each in story.translations
            if each.pk != article.pk
        ]
    if entries := sorted(story.entries, key=lambda each: each.value["at"], reverse=True):
        newest = entries[0].value["at"]
        facts |= {
            "@type": "LiveBlogPosting",
            "coverageStartTime": entries[-1].value["at"].isoformat(),
            "coverageEndTime": (newest if entries[0].value["last"] else newest + GOES_ON).isoformat(),
            "dateModified": max(newest, story.revised_at or published).isoformat(),
            "liveBlogUpdate": [_entry(story, piece) for piece in entries],
        }
    if part is not None:
        address = story.site.url + part.series.own_path()
        facts["isPartOf"] = {"@type": "CreativeWorkSeries", "name": part.series.title, "url": address}
        facts["position"] = part.number
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


def _entry(story: Story, piece: Piece) -> dict[str, Any]:
    """https://schema.org/BlogPosting, an entry of a LiveBlogPosting"""
    at, words = piece.value["at"].isoformat(), strip_tags(str(piece.more["html"])).strip()
    return {
        "@type": "BlogPosting",
        "headline": (piece.value["title"] or words)[:110],
        "articleBody": words,
        "datePublished": at,
        "url": f"{story.address}#{piece.more['anchor']}",
    }


def _pictures(article: Article, story: Story) -> list[dict[str, Any]]:
    """https://schema.org/ImageObject, with what Google asks of a licence: who made it, under which terms."""
    first = share_picture(article)
    found = [_picture(first, story.picture, 1200, 630)] if first else []
    for piece in story.picture_pieces:
        picture = piece.value["picture"]
        try:
            rendition = picture.get_rendition(IN_TEXT[-1])
        except (SourceImageIOError, OSError):
            continue
        address = urljoin(story.site.url, rendition.url)
        found.append(_picture(address, picture, rendition.width, rendition.height, piece.value["caption"]))
    return found


def _picture(address: str, picture: Any, width: int, height: int, caption: str = "") -> dict[str, Any]:
    facts = {"@type": "ImageObject", "url": address, "contentUrl": address, "width": width, "height": height}
    if picture is not None:
        said = {"caption": caption or picture.description, "creditText": picture.credit}
        facts |= {name: value for name, value in said.items() if value}
        if picture.credit:
            facts["creator"] = {"@type": "Person", "name": picture.credit}
            facts["copyrightNotice"] = f"{picture.credit} · {picture.licence}" if picture.licence else picture.credit
    return facts


def _film(work: Work) -> dict[str, Any]:
    """https://schema.org/VideoObject: a film of the network that stands in the text."""
    published = work.published_at or work.created_at
    facts: dict[str, Any] = {
        "@type": "VideoObject",
        "name": work.title,
        "description": work.summary or work.title,
        "url": work.address,
        "embedUrl": embed_address(work),
        "uploadDate": published.isoformat(),
    }
    if work.poster and (path := work.poster.poster_url(1280)):
        facts["thumbnailUrl"] = [urljoin(work.site.url, path)]
    if work.duration:
        minutes, seconds = divmod(round(work.duration), 60)
        facts["duration"] = f"PT{minutes}M{seconds}S"
    return facts


def _trail(story: Story) -> dict[str, Any]:
    """https://schema.org/BreadcrumbList"""
    base = (story.guest_of or story.site).url
    steps = [*breadcrumbs(story), (story.page.title, story.page.own_path())]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": base + path}
            for place, (name, path) in enumerate(steps, start=1)
        ],
    }
