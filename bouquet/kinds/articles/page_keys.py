"""Under which values the parts of an article's page are remembered (`{% remember %}`), for strangers: everything that
its template says of the article, of who signed it, of its section, its languages and its site.

What is not named here must not be said between the tags of articles/article.html. Of the network, its sites and its
pictures the story's edition speaks (in `Story.text_key`); a member's page is made anew but for its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from bouquet.kinds.articles.models import Article, Reply
from bouquet.kinds.articles.parts import Part
from bouquet.kinds.articles.story import Story
from bouquet.shared.works.models import Work


def keys_of(
    request: HttpRequest,
    story: Story,
    article: Article,
    panel: Any,
    related: list[Work],
    replies: Iterable[Reply],
    part: Part | None,
) -> dict[str, tuple[Any, ...] | None]:
    """`shown`: the head and the article; `silent`: its discussion, while nobody has said anything; `beside`: what to
    read next. None where that is made each time."""
    if story.text_key is None or request.user.is_authenticated:
        return {"shown": None, "silent": None, "beside": None}
    place = (story.text_key, story.guest_of and story.guest_of.pk)
    said = article.comment_count or request.GET  # somebody looks for a comment, or wants another order
    section = story.section and (story.section.pk, story.section.title, story.section.slug)
    return {
        "shown": (
            place,
            *(*_page(story), *_work(article), section, _part(part)),
            *(*_signed(story), *_later(story, replies)),
        ),
        "silent": None if said else (place, article.slug, *_opening(panel.opening)),
        "beside": (place, section, *(work.shown_on_card for work in related)),
    }


def _page(story: Story) -> tuple[Any, ...]:
    page = story.page
    words = (page.title, page.seo_title, page.search_description, page.form, page.lead, page.caption)
    return (*words, story.minutes, story.published_at, story.revised_at, tuple(story.themes))


def _work(article: Article) -> tuple[Any, ...]:
    poster, channel = article.poster, article.channel
    return (
        *(article.slug, article.title, article.summary, article.language, article.words),
        *(article.published_at, article.likes, article.comment_count),
        poster and (poster.uid, str(poster.poster)),
        channel and (channel.slug, channel.name, channel.site_id),
    )


def _opening(opening: Any) -> tuple[Any, ...]:
    return opening.policy, opening.why, opening.since, opening.closes_at


def _part(part: Part | None) -> tuple[Any, ...] | None:
    if part is None:
        return None
    beside = (work and (work.title, work.address) for work in (part.before, part.after))
    return (part.series.title, part.series.slug, part.number, part.total, *beside)


def _signed(story: Story) -> Iterable[tuple[Any, ...]]:
    return ((author.title, author.slug, author.picture_id) for author in story.authors)


def _later(story: Story, replies: Iterable[Reply]) -> Iterable[tuple[Any, ...]]:
    """Corrections, replies by right, translations."""
    yield from ((each.at, each.words) for each in story.corrections)
    yield from ((each.pk, each.name, each.text, each.decided_at) for each in replies)
    yield from ((each.address, each.language) for each in story.translations)
