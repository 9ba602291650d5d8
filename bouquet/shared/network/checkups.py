"""What `bouquet doctor` asks of the network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from bouquet.shared.network.country_table import countries_table
from bouquet.shared.network.kinds import all_kinds, kind_named
from bouquet.shared.network.models import Brand, Network, Site
from bouquet.shared.network.territory import says_the_proxy
from bouquet.toolkit.doctor import Finding, bad, checkup, ok, warn


@checkup("Sites")
def sites() -> Iterator[Finding]:
    main = Site.objects.filter(is_main=True).first()
    if main is None:
        yield bad(
            "The network has no front of its own.",
            mend=f"bouquet site add {settings.MAIN_HOST} --name NAME --main",
        )
    elif main.host != settings.MAIN_HOST:
        yield warn(
            f"The network's own front is at {main.host}, but people sign in at {settings.MAIN_HOST} (BOUQUET_HOST).",
            mend=f"Set BOUQUET_HOST={main.host}, or change the host of the site on the editors' desk.",
        )
    for site in Site.objects.all():
        yield from _about(site)
    yield ok(f"{Site.objects.open().count()} sites are open.")


def _about(site: Site) -> Iterator[Finding]:
    if unknown := [slug for slug in site.kinds if kind_named(slug) is None]:
        known = ", ".join(kind.slug for kind in all_kinds()) or "none"
        mend = f"Switch them off on the editors' desk, or install them (BOUQUET_KINDS). Installed: {known}."
        yield warn(f"{site.host} offers {', '.join(unknown)}, which this installation has not.", mend=mend)
    if site.wagtail_site is None or site.editors is None or site.moderators is None or site.collection is None:
        yield bad(f"{site.host} has no full place on the editors' desk.", mend="Save it once on the editors' desk.")
    if not _resolves(site.host):
        yield warn(f"{site.host} does not resolve from this machine.", mend="Add it to the DNS (or /etc/hosts).")


def _resolves(host: str) -> bool:
    """Browsers know *.localhost by themselves, whatever the system says (RFC 6761)."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return bool(socket.getaddrinfo(host, None))
    except OSError:
        return False


@checkup("Brands")
def brands() -> Iterator[Finding]:
    unreadable = [brand.name for brand in Brand.objects.all() if not brand.is_readable]
    if unreadable:
        yield warn(f"Hard to read: {', '.join(unreadable)}.", mend="Open them on the editors' desk.")
    else:
        yield ok("All colours are readable.")


@checkup("Legal notice")
def law() -> Iterator[Finding]:
    network = Network.current()
    wanted = {"publisher": "publisher", "director": "director of publication", "host_provider": "hosting provider"}
    missing = [words for field, words in wanted.items() if not getattr(network, field)]
    if missing:
        yield warn(
            f"The legal notice does not name its {', '.join(missing)}: French law asks for them.",
            mend="Editors' desk → Network → Publisher and law.",
        )
    else:
        yield ok(f"Published by {network.publisher}.")


@checkup("Readers' country")
def country() -> Iterator[Finding]:
    if settings.BEHIND_PROXY and settings.TERRITORY_HEADER:
        yield ok(f"The proxy says it in {settings.TERRITORY_HEADER}.")
    elif Path(settings.TERRITORY_DATABASE).is_file():
        yield ok(f"Looked up in {settings.TERRITORY_DATABASE}.")
    else:
        yield warn(
            "Nobody's country is known: works that are limited to countries are shown to nobody outside this machine.",
            mend="npm ci, or BOUQUET_TERRITORY_DATABASE=/path/to/country.mmdb",
        )
    yield from _nginx_knows()


def _nginx_knows() -> Iterator[Finding]:
    """Streams that are limited to countries are refused by nginx itself: it must know what pages know."""
    table, data = countries_table(), Path(settings.TERRITORY_DATABASE)
    if table.is_file() and data.is_file() and table.stat().st_mtime < data.stat().st_mtime:
        yield warn(
            "nginx looks up readers' countries in an older table than the pages: some are refused films (451) that"
            " their pages offer.",
            mend="Write nginx's configuration again (`bouquet nginx`) and reload nginx.",
        )
    elif settings.X_ACCEL and not table.is_file() and not says_the_proxy():
        yield warn(
            "nginx in front may not know readers' countries: no table was written for it. Films that are limited to"
            " countries are then refused (403 or 451) to everybody.",
            mend="Write nginx's configuration again (`bouquet nginx`) and reload nginx. Ignore this if nginx was given"
            " --country, a module of its own.",
        )


@checkup("Kinds")
def kinds() -> Iterator[Finding]:
    for kind in all_kinds():
        for name in filter(None, (kind.home, kind.creates)):
            try:
                reverse(name)
            except NoReverseMatch:
                yield bad(f"The kind {kind.slug} names a page that does not exist: {name}.")
    yield ok(f"Installed: {', '.join(kind.slug for kind in all_kinds()) or 'none'}.")
