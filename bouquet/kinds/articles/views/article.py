"""The page of an article. What was removed or withdrawn answers 410, what never was 404."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from bouquet.kinds.articles.actions import prepare_again
from bouquet.kinds.articles.models import Article
from bouquet.kinds.articles.page_keys import keys_of
from bouquet.kinds.articles.parts import Part, part_of
from bouquet.kinds.articles.permissions import is_shown_on, read_article, was_here
from bouquet.kinds.articles.polls.showing import SECONDS_OLD
from bouquet.kinds.articles.related import to_read_next
from bouquet.kinds.articles.replies.showing import published_replies
from bouquet.kinds.articles.story import Story, let_frames_in, story_of
from bouquet.kinds.articles.structured import json_ld, share_picture
from bouquet.shared.audience.actions import ticket_for
from bouquet.shared.comments.actions import panel_for
from bouquet.shared.works.actions import keep_page_with
from bouquet.shared.works.models import CollectionItem, Follow, Reaction, Work
from bouquet.shared.works.permissions import Viewer, can_edit_work
from bouquet.toolkit.access import public
from bouquet.toolkit.page_cache.actions import keep_page


@public
@require_safe
def article(request: HttpRequest, uid: str, slug: str = "") -> HttpResponse:
    viewer = Viewer.of(request)
    try:
        found = read_article(uid, viewer)
    except Http404:
        if was_here(uid):
            return render(request, "articles/gone.html", status=410)
        raise
    site: Any = request.site  # type: ignore[attr-defined]
    _at_home(found, site)
    is_guest = found.site_id != site.pk and is_shown_on(found, site)
    if (found.site_id != site.pk and not is_guest) or slug != (found.slug or "-"):  # its words, or its site, changed
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        place = found.path if is_guest or found.site_id == site.pk else found.address
        moved = redirect(place + query, permanent=True)
        patch_cache_control(moved, max_age=3600)  # else a slug that is given back would turn browsers in a circle
        return moved
    story = story_of(
        found, viewer, guest_of=site if is_guest else None, edition=getattr(request, "network_edition", None)
    )
    related = to_read_next(found, viewer, site if is_guest else found.site)
    part = part_of(found, viewer)
    _keep(request, story, found, related, part)
    if story.lacks_sizes:
        prepare_again(found)
    panel, replies = panel_for(request, found), published_replies(found)
    context = {
        "story": story,
        "article": found,
        "work": found,
        "comments": panel,
        "related": related,
        "part": part,
        "can_edit": can_edit_work(viewer.person, found),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[found.page_id]),
        "json_ld": partial(json_ld, found, story, part),  # called by its template, where that is not remembered
        "share_picture": partial(share_picture, found),
        "replies": replies,
        "ticket": ticket_for(request, found, duration=0),
        **keys_of(request, story, found, panel, related, replies, part),
        **_mine(found, viewer),
    }
    response = render(request, "articles/article.html", context)
    patch_cache_control(response, private=True)
    return let_frames_in(response, story)


def _at_home(found: Article, site: Any) -> None:
    """The site that the reader is on is known with its brand already."""
    for row in (found, found.channel):
        if row is not None and row.site_id == site.pk:
            row.site = site


def _keep(request: HttpRequest, story: Story, found: Article, related: list[Work], part: Part | None) -> None:
    """For strangers: until it, what stands in it, its comments, who signs it, its section or its series change. What to
    read next may be some minutes old."""
    if not request.GET:  # else a comment is sought, or another order
        pages = [f"page:{page.pk}" for page in (story.page, story.section, *story.authors) if page is not None]
        inside = [f"work:{pk}" for pk in story.work_ids]
        if part is not None:
            pages.append(f"page:{part.series.pk}")
            related = [*related, *part.beside]
        keep_page_with(request, [found, *related, *story.translations], f"talk:{found.pk}", *inside, *pages)
        for poll in story.polls:
            if poll.is_open:  # a vote ends no page: what strangers read of it is so old at most
                keep_page(request, seconds=SECONDS_OLD, until=poll.closes_at)


def _mine(found: Article, viewer: Viewer) -> dict[str, object]:
    person = viewer.person
    if person is None:
        return {"likes_it": False, "follows": None, "kept": False}
    return {
        "likes_it": Reaction.objects.filter(person=person, work=found.pk).exists(),
        "follows": Follow.objects.filter(person=person, channel=found.channel_id).first(),
        "kept": CollectionItem.objects.filter(collection__owner=person, work=found.pk).exists(),
    }
