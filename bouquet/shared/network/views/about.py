"""Who publishes a site, for people (/legal/) and what robots may read (/robots.txt)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bouquet.shared.network.directory import directory_of
from bouquet.toolkit.access import public

# What has no use in a search engine: accounts, the desk, lists made for one person, and machines' doors.
NOT_FOR_ROBOTS = ("/admin/", "/accounts/", "/me/", "/notices/", "/search/", "/api/", "/m/", "/tus/", "/language/")


@public
@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """What French law asks of an online publisher (LCEN, article 1-1): who publishes, who answers for it, who hosts."""
    return render(request, "network/legal.html", _publisher_of(request))


@public
@require_safe
def who_we_are(request: HttpRequest) -> HttpResponse:
    """The site in its own words, who answers for it, and where its promises stand."""
    return render(request, "network/about.html", _publisher_of(request))


def _publisher_of(request: HttpRequest) -> dict[str, Any]:
    """A site of another publisher has that one's address, and the network's only where it names none itself."""
    site, network = request.site, directory_of(request).network  # type: ignore[attr-defined]
    own = bool(site.publisher) and site.publisher != network.publisher
    return {
        "publisher": site.publisher or network.publisher,
        "publisher_address": site.publisher_address or ("" if own else network.publisher_address),
        "director": site.director or network.director,
    }


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    site = request.site  # type: ignore[attr-defined]
    rules = [f"Disallow: {path}" for path in NOT_FOR_ROBOTS] if site.is_open else ["Disallow: /"]
    text = "\n".join(["User-agent: *", *rules, "", f"Sitemap: {site.url}/sitemap.xml", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
