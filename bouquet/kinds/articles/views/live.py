"""The entries of a live article alone, for its page to look again: 304 for who has them (RFC 9110 §13)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from bouquet.kinds.articles.models import Article
from bouquet.kinds.articles.permissions import find_article
from bouquet.kinds.articles.story import story_of
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.toolkit.access import public


@public
@require_safe
def live(request: HttpRequest, uid: str) -> HttpResponse:
    """A few queries while nothing has changed; the whole story only where something has."""
    viewer = Viewer.of(request)
    known = find_work(Article.objects.all(), uid, viewer)
    hour = timezone.now().strftime("%d%H")  # what is going on ends by itself
    etag = f'"{known.updated_at.timestamp()}-{hour}-{get_language()}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = render(request, "articles/live.html", {"story": story_of(find_article(uid, viewer), viewer)})
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response
