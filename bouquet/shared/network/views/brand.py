"""Style sheets and icons of brands, under addresses that change with them: kept for a year by whoever fetched them."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from bouquet.shared.network.brand_css import brand_css, draft_of, fingerprint, network_css, plate_letters
from bouquet.shared.network.brand_icon import SIZES, brand_icon
from bouquet.shared.network.context import brand_of
from bouquet.shared.network.desk.look import desk_css
from bouquet.shared.network.directory import directory
from bouquet.shared.network.models import Brand
from bouquet.toolkit.access import public
from bouquet.toolkit.lettering import woff2_of

FOR_EVER = "public, max-age=31536000, immutable"
A_MINUTE = "public, max-age=60"  # an old page asks for an older version: it gets today's


@public
@gzip_page
@require_safe
def style_sheet(request: HttpRequest, pk: int, version: str) -> HttpResponse:
    return _css(brand_css(_brand(pk)), version)


@public
@gzip_page
@require_safe
def network_style_sheet(request: HttpRequest, version: str) -> HttpResponse:
    return _css(network_css(directory().sites), version)


@public
@require_safe
def letters(request: HttpRequest, pk: int, version: str, part: str) -> HttpResponse:
    """What the names of this brand's sites are written with on the network's front. Never letters that a stranger asks
    for: only what those names have today."""
    names = [site.plate_name for site in directory().sites if site.brand_id == pk]
    cuts = plate_letters(_brand(pk), names) if names else []
    cut = next((each for each in cuts if each.part == part), None)
    if cut is None:
        raise Http404
    kept = FOR_EVER if version == cut.version else A_MINUTE
    return HttpResponse(woff2_of(cut), content_type="font/woff2", headers={"Cache-Control": kept})


@public
@require_safe
def desk_style_sheet(request: HttpRequest, version: str) -> HttpResponse:
    main = directory().main_site
    return _css(desk_css(main.brand if main else None), version)


@public
@require_safe
def draft_style_sheet(request: HttpRequest) -> HttpResponse:
    """A brand that is not saved yet, for the desk's preview: its values are in the address, and only values."""
    brand = draft_of(request.GET)
    if brand is None:
        raise Http404
    return HttpResponse(brand_css(brand), content_type="text/css; charset=utf-8", headers={"Cache-Control": A_MINUTE})


@public
@require_safe
def icon(request: HttpRequest, pk: int, version: str, shape: str, size: int) -> HttpResponse:
    brand = _brand(pk)
    if size not in SIZES:
        raise Http404
    return _png(brand, size, shape == "maskable", FOR_EVER if version == brand.version else A_MINUTE)


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """What browsers ask for at a fixed address, whatever the page says."""
    brand = brand_of(request)
    if brand is None:
        raise Http404
    return _png(brand, 32, False, "public, max-age=3600")


def _brand(pk: int) -> Brand:
    """From what the process knows; brands that no site wears yet (a preview on the desk) from their row."""
    return next((brand for brand in directory().brands if brand.pk == pk), None) or get_object_or_404(Brand, pk=pk)


def _css(text: str, version: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = FOR_EVER if version == fingerprint(text) else A_MINUTE
    return response


def _png(brand: Brand, size: int, maskable: bool, cache: str) -> HttpResponse:
    drawn = _drawn(brand.pk, brand.version, size, maskable)
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": cache})


@lru_cache(maxsize=64)
def _drawn(pk: int, version: str, size: int, maskable: bool) -> bytes:
    return brand_icon(_brand(pk), size, maskable=maskable)
