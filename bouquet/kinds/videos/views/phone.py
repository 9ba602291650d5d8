"""A site as an app on a phone: its manifest, its service worker, and the page shown without a connection."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bouquet.shared.network.models import Brand
from bouquet.toolkit.access import public


@public
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """https://www.w3.org/TR/appmanifest/, and the share target where this site takes videos."""
    site = request.site
    brand = site.brand
    dark = brand.scheme == "dark"
    facts = {
        "id": f"/?app={site.uid}",
        "name": site.name,
        "short_name": (brand.wordmark or site.name)[:12],
        "description": site.tagline,
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": brand.dark_paper if dark else brand.paper,
        "theme_color": brand.dark_paper if dark else brand.paper,
        "icons": _icons(brand),
    }
    if site.has_kind("videos"):
        facts["share_target"] = {
            "action": "/share-target",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"title": "title", "text": "text", "files": [{"name": "films", "accept": ["video/*"]}]},
        }
        facts["shortcuts"] = [{"name": _("Send a video"), "url": "/videos/new/"}]
    response = JsonResponse(facts, content_type="application/manifest+json")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _icons(brand: Brand) -> list[dict[str, str]]:
    return [
        {
            "src": brand.icon_path(size, maskable=purpose == "maskable"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]


@public
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(_service_worker(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "videos/offline.html")


@cache
def _service_worker() -> str:
    return (Path(__file__).parents[1] / "frontend" / "sw.js").read_text()
