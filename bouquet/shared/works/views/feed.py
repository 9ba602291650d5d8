"""The network's feed: everything, this site, and what a member follows; and as RSS."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bouquet.shared.works.feed import followed_page
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members, public
from bouquet.toolkit.pages import Page, keyset_page

RSS_ITEMS = 30


@public
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """The latest of every site."""
    return _show(request, "feed", keyset_page(Work.objects.listed_for(Viewer.of(request)).cards(), request))


@public
@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """The latest of this site."""
    works = Work.objects.on(request.site).listed_for(Viewer.of(request)).cards()
    return _show(request, "feed_here", keyset_page(works, request))


@members
@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """The latest of the channels that a member follows, on whatever site."""
    return _show(request, "feed_followed", followed_page(request.user, Viewer.of(request), request))


@public
@require_safe
@cache_control(public=True, max_age=300)
def rss(request: HttpRequest) -> HttpResponse:
    """What everybody may see of this site; on the network's own front, of all. The same for every reader."""
    site = request.site
    feed = Rss201rev2Feed(
        title=site.name,
        link=f"{site.url}/",
        description=site.tagline or site.name,
        language=site.language,
        feed_url=f"{site.url}{reverse('works:feed_rss')}",
    )
    viewer = Viewer.stranger(request)
    for work in Work.objects.on(site).listed_for(viewer).latest().cards()[:RSS_ITEMS]:
        feed.add_item(
            title=_text(work.said_in(site.language, "title")),
            link=work.address,
            description=_text(work.said_in(site.language, "summary")),
            pubdate=work.published_at,
            unique_id=f"{work.site.url}{reverse('works:work', args=[work.uid])}",
            author_name=_text(work.channel.name) if work.channel else None,
            categories=[work.kind],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _text(words: str) -> str:
    """Without the control characters that XML cannot carry: the generator refuses them."""
    return "".join(each for each in words if each >= " " or each in "\t\n\r")


def _show(request: HttpRequest, current: str, page: Page[Work]) -> HttpResponse:
    return render(request, "works/feed.html", {"page": page, "tabs": _tabs(request, current), "current": current})


def _tabs(request: HttpRequest, current: str) -> list[tuple[str, str, bool]]:
    names = {"feed": _("The whole network")}
    if not request.site.is_main:
        names["feed_here"] = request.site.name
    names["feed_followed"] = _("What I follow")
    return [(label, reverse(f"works:{name}"), name == current) for name, label in names.items()]
