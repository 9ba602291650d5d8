"""What every page needs to know of the network, kept in the process: sites by host, brands, menus, logos.

A page asks `directory()` and pays no query for it: at most once a second the process asks the database, in one query,
whether anything has changed, and only then reads it all again. A change made anywhere shows within a second in every
process; nobody has to announce it.
"""

from __future__ import annotations

import itertools
import logging
import time
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from wagtail.images.models import SourceImageIOError
from wagtail.models import Site as WagtailSite

from bouquet.shared.network.models import Brand, HostAlias, NavigationItem, Network, Picture, Site

log = logging.getLogger(__name__)
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
LOGO = "max-640x128|format-webp|webpquality-90"


@dataclass(frozen=True)
class Logo:
    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Directory:
    """Read only: its rows are shared by all requests of the process. `request.site` is a copy of one of them."""

    network: Network
    sites: list[Site]  # all, open or closed, in the order of the bar
    aliases: dict[str, Site] = field(default_factory=dict)
    menus: dict[int, list[NavigationItem]] = field(default_factory=dict)  # by site
    logos: dict[int, Logo] = field(default_factory=dict)  # by picture
    edition: int = field(default_factory=itertools.count(1).__next__)  # which reading this is, in this process

    @property
    def main_site(self) -> Site | None:
        return next((site for site in self.sites if site.is_main), None)

    @property
    def open_sites(self) -> list[Site]:
        return [site for site in self.sites if site.is_open]

    @property
    def brands(self) -> list[Brand]:
        return list({site.brand_id: site.brand for site in self.sites}.values())

    def site_at(self, host: str) -> Site | None:
        """The site whose own host this is. This machine itself gets the main site: servers and tools call it so."""
        if host in LOOPBACK:
            return next((site for site in self.sites if site.host == host), self.main_site)
        return next((site for site in self.sites if site.host == host), None)


_kept: tuple[Any, Directory] | None = None
_asked_at = 0.0


def directory() -> Directory:
    global _kept, _asked_at
    if _kept is not None and time.monotonic() - _asked_at < settings.DIRECTORY_SECONDS:
        return _kept[1]
    state = _state_of_rows()
    if _kept is None or _kept[0] != state:
        _kept = (state, _read())
    _asked_at = time.monotonic()
    return _kept[1]


def directory_of(request: Any) -> Directory:
    """As SiteMiddleware saw it when the request came: the same for the whole page."""
    return getattr(request, "_directory", None) or directory()


def _state_of_rows() -> Any:
    """Counts and latest changes of the tables in question, in one query."""
    counted = [model._meta.db_table for model in (Network, Brand, Site, HostAlias, NavigationItem)]
    parts = [f'(select count(*) from "{table}"), (select max(updated_at) from "{table}")' for table in counted]  # noqa: S608
    parts.append(f'(select max(updated_at) from "{Picture._meta.db_table}")')  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("select " + ", ".join(parts))
        return cursor.fetchone()


def _read() -> Directory:
    # Wagtail keeps the paths of sites for an hour in each process; another process may have added a site.
    WagtailSite.clear_site_root_paths_cache()
    rows = Site.objects.in_order().select_related(
        "brand__logo", "brand__logo_dark", "wagtail_site__root_page", "wagtail_site__root_page__locale"
    )
    sites = list(rows)
    by_pk = {site.pk: site for site in sites}
    menus: dict[int, list[NavigationItem]] = {}
    for item in NavigationItem.objects.all():
        menus.setdefault(item.site_id, []).append(item)
    aliases = {alias.host: by_pk[alias.site_id] for alias in HostAlias.objects.all()}
    return Directory(Network.current(), sites, aliases, menus, _logos(sites))


def _logos(sites: list[Site]) -> dict[int, Logo]:
    pictures = {picture for site in sites for picture in (site.brand.logo, site.brand.logo_dark) if picture}
    logos = {}
    for picture in pictures:
        try:
            rendition = picture.get_rendition(LOGO)
        except (OSError, SourceImageIOError):
            log.exception("The file of logo %s cannot be read; its site shows its name in letters.", picture.pk)
            continue
        logos[picture.pk] = Logo(rendition.url, rendition.width, rendition.height)
    return logos
