"""A video in the words of other machines: schema.org for search engines, sizes for embeds."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.screen import share_picture_address
from bouquet.kinds.videos.tracks import chapters_of
from bouquet.shared.works.models import category_name, licence_called

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_ld(video: Video) -> SafeString:
    """https://schema.org/VideoObject, safe inside a <script> of data."""
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": video.shown_title,
        "description": video.shown_summary or video.shown_title,
        "url": video.address,
        "embedUrl": embed_address(video),
        "thumbnailUrl": [picture] if (picture := share_picture_address(video)) else [],
        "uploadDate": (video.published_at or video.created_at).isoformat(),
        "duration": iso_duration(video.duration or video.asset.duration or 0),
        "inLanguage": video.language or video.site.language,
        "width": video.asset.width,
        "height": video.asset.height,
        "isFamilyFriendly": video.rating < 16,
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": {"@type": "WatchAction"},
            "userInteractionCount": video.views,
        },
        "publisher": {"@type": "Organization", "name": video.site.name, "url": video.site.url + "/"},
    }
    if clips := _clips(video):
        facts["hasPart"] = clips
    if tags := [tag.name for tag in video.tags.all()]:
        facts["keywords"] = tags
    if category := category_name(video.category):
        facts["genre"] = category
    if licence := licence_called(video.licence):
        facts["license"] = licence.url or str(licence.name)
    if video.rating:
        facts["contentRating"] = f"{video.rating}+"
    if video.channel:
        facts["author"] = {"@type": "Person", "name": video.channel.name}
    return mark_safe(json.dumps(facts, ensure_ascii=False).translate(ESCAPES))


def _clips(video: Video) -> list[dict[str, Any]]:
    """Chapters as https://schema.org/Clip: search engines show them as key moments."""
    marks = chapters_of(video)
    ends = [*(mark.seconds for mark in marks[1:]), video.asset.duration or video.duration]
    return [
        {
            "@type": "Clip",
            "name": mark.title,
            "startOffset": mark.seconds,
            "endOffset": end,
            "url": f"{video.address}?t={int(mark.seconds)}",
        }
        for mark, end in zip(marks, ends, strict=False)
    ]


def embed_address(video: Video) -> str:
    return f"{video.site.url}/embed/{video.uid}"


def embed_size(video: Video, *, width: int = 640, tallest: int = 0) -> tuple[int, int]:
    """The player's size in the film's own proportions, at most so wide and so tall."""
    real_width, real_height = video.shape
    height = round(width * real_height / real_width)
    limit = tallest or 720
    return (round(limit * real_width / real_height), limit) if height > limit else (width, height)


def embed_code(video: Video, *, width: int = 640, tallest: int = 0) -> str:
    size = embed_size(video, width=width, tallest=tallest)
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" allow="autoplay; fullscreen; picture-in-picture"'
        ' allowfullscreen loading="lazy" referrerpolicy="strict-origin-when-cross-origin"'
        ' style="border:0;width:100%;max-width:{}px;height:auto;aspect-ratio:{}/{}"></iframe>',
        embed_address(video),
        *size,
        video.shown_title,
        size[0],
        *size,
    )


def iso_duration(seconds: float) -> str:
    """83 → PT1M23S (ISO 8601)."""
    hours, rest = divmod(round(seconds), 3600)
    minutes, seconds = divmod(rest, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + f"{seconds}S"


def absolute(request: HttpRequest, path: str) -> str | None:
    return request.build_absolute_uri(path) if path else None
