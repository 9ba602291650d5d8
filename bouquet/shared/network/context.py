"""What every template knows of the network. Lazy: a page that shows no bar pays for none of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from bouquet.shared.network.brand_css import brand_css_path, network_css_path
from bouquet.shared.network.directory import Directory, Logo, directory_of
from bouquet.shared.network.kinds import SiteKind, all_kinds, kind_named
from bouquet.shared.network.models import Brand, Site
from bouquet.shared.network.permissions import groups_of
from bouquet.toolkit.remembered import remembered

MOST_NOTICES = 99


@dataclass(frozen=True)
class Link:
    label: Any
    url: str
    icon: str = ""
    is_current: bool = False


def network(request: HttpRequest) -> dict[str, Any]:
    """site, network, network_sites (open, in order), main_site, brand, brand_css_url, network_css_url, brand_logo,
    brand_logo_dark, brand_attributes, site_menu, bar_kinds, create_links, kind_heads, kind_footers, contact,
    unread_notices, may_edit_site, network_edition (what is made of the network alone is remembered by it), house (the
    same, of this site and its brand: None where a page shows another brand, which may be a draft), menu_now (which
    lines of the menu lead here),
    LANGUAGE_CODE, languages.
    """
    return {name: _lazy(make, request) for name, make in VALUES.items()} | {"site": getattr(request, "site", None)}


def _lazy(make: Callable[[Any], Any], request: HttpRequest) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: make(request))


def brand_of(request: Any) -> Brand | None:
    """The site's brand; the one a page shows instead (the style guide sets `request.brand`); where there is no site
    (an unknown host), the network's own front's."""
    if getattr(request, "brand", None):
        return request.brand
    if getattr(request, "site", None):
        return request.site.brand
    return main.brand if (main := directory_of(request).main_site) else None


def brand_attributes(brand: Brand | None) -> dict[str, str]:
    """The data attributes of <html> that style sheets ask about."""
    brand = brand or Brand()
    names = ("masthead", "cards", "shape", "typefaces", "scheme")
    return {f"data-{name}": getattr(brand, name) for name in names}


def site_menu(request: Any) -> list[Link]:
    """The site's own lines; without any, what it offers; on the network's own front, the sites."""
    site, known = request.site, directory_of(request)
    if site is None:
        return []
    if lines := known.menus.get(site.pk):
        return [Link(line.label, line.target, is_current=_is_here(request, line.target)) for line in lines]
    if site.is_main:
        return [Link(each.name, f"{each.url}/") for each in known.open_sites if not each.is_main]
    return bar_kinds(request)


def bar_kinds(request: Any) -> list[Link]:
    links = []
    for kind in _kinds_of(request.site):
        if url := _path(kind.home):
            links.append(Link(kind.label, url, kind.icon, _is_here(request, url)))
    return links


def create_links(request: Any) -> list[Link]:
    """What a member can make here. The network's own front leads to the first site that has the kind."""
    known, site = directory_of(request), request.site
    if site is None:
        return []
    if not site.is_main:
        made_here = [(kind, _path(kind.creates)) for kind in _kinds_of(site)]
        return [Link(kind.create_label, path, kind.icon) for kind, path in made_here if path]
    links = []
    for kind in all_kinds():
        home = next((each for each in known.open_sites if each.has_kind(kind.slug)), None)
        if home and (path := _path(kind.creates)):
            links.append(Link(kind.create_label, home.url + path, kind.icon))
    return links


def kind_heads(request: Any) -> list[str]:
    """What kinds add to the head of every page. The network's own front gathers them all, so it takes part in each."""
    site = request.site
    kinds = all_kinds() if site and site.is_main else _kinds_of(site)
    return [kind.head for kind in kinds if kind.head]


def kind_footers(request: Any) -> list[str]:
    """Lines that a site's kinds add to the list “About” below every page."""
    return [kind.footer for kind in _kinds_of(request.site) if kind.footer]


def contact_of(request: Any) -> str:
    """Where readers of this site write to."""
    site = getattr(request, "site", None)
    return (site.contact if site else "") or directory_of(request).network.contact


def _kinds_of(site: Site | None) -> list[SiteKind]:
    return [kind for slug in (site.kinds if site else []) if (kind := kind_named(slug))]


def _path(name: str) -> str:
    """ "" where a kind names no page, or one that it does not have (yet): a menu must not break every page."""
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""


def _is_here(request: Any, url: str) -> bool:
    return request.path == url or (url != "/" and request.path.startswith(url))


def unread_notices(request: Any) -> int:
    """At most MOST_NOTICES are counted: a badge needs no more. One query, for who is signed in."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return 0
    return person.notices.filter(read_at=None)[:MOST_NOTICES].count()


def _may_edit_site(request: Any) -> bool:
    """Whether the bar shows the way to the editors' desk: any editor's, since the desk itself asks again."""
    person = getattr(request, "user", None)
    if not person or not person.is_authenticated or not (person.is_superuser or groups_of(person)):
        return False  # rights to the desk come from its groups: who is in none is not asked about theirs
    return bool(person.has_perm("wagtailadmin.access_admin"))


def _logo(request: Any, picture_id: int | None) -> Logo | None:
    return directory_of(request).logos.get(picture_id) if picture_id else None


def _brand_logo(request: Any) -> Logo | None:
    brand = brand_of(request)
    return _logo(request, brand.logo_id) if brand else None


def _brand_logo_dark(request: Any) -> Logo | None:
    brand = brand_of(request)
    return (_logo(request, brand.logo_dark_id) or _logo(request, brand.logo_id)) if brand else None


def _house(request: Any) -> tuple[int, int] | None:
    site = getattr(request, "site", None)
    if site is None or getattr(request, "brand", None) or getattr(request, "shown_scheme", ""):
        return None
    return directory_of(request).edition, site.pk


def _brand_css_url(request: Any) -> str:
    house, brand = _house(request), brand_of(request)
    if house is None or brand is None:
        return brand_css_path(brand)
    url: str = remembered(("brand css", house, brand.pk), lambda: brand_css_path(brand))
    return url


def _network_css_url(request: Any) -> str:
    known = directory_of(request)
    url: str = remembered(("network css", known.edition), lambda: network_css_path(known.sites))
    return url


def _network_sites(request: Any) -> list[Site]:
    return directory_of(request).open_sites


def _known(name: str) -> Callable[[Any], Any]:
    def read(request: Any) -> Any:
        known: Directory = directory_of(request)
        return getattr(known, name)

    return read


VALUES: dict[str, Callable[[Any], Any]] = {
    "network": _known("network"),
    "network_sites": _network_sites,
    "main_site": _known("main_site"),
    "network_edition": _known("edition"),
    "brand": brand_of,
    "house": _house,
    "brand_css_url": _brand_css_url,
    "network_css_url": _network_css_url,
    "brand_logo": _brand_logo,
    "brand_logo_dark": _brand_logo_dark,
    "brand_attributes": lambda request: brand_attributes(brand_of(request)),
    "site_menu": site_menu,
    "menu_now": lambda request: tuple(line.is_current for line in site_menu(request)),
    "bar_kinds": bar_kinds,
    "create_links": create_links,
    "kind_heads": kind_heads,
    "kind_footers": kind_footers,
    "contact": contact_of,
    "unread_notices": unread_notices,
    "may_edit_site": _may_edit_site,
    "LANGUAGE_CODE": lambda request: get_language() or settings.LANGUAGE_CODE,
    "languages": lambda request: settings.LANGUAGES,
}
