"""The reader's country, from what is known without asking anybody: a header of our own proxy, else data kept offline.

The data (npm `@ip-location-db/geo-whois-asn-country-mmdb`, made from the registries' own files) says where an address
is registered, which is right for most readers and wrong for some: BOUQUET_TERRITORY_DATABASE names a better file of
the same format (MMDB with `country_code`, or MaxMind's `country.iso_code`).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import maxminddb
from django.conf import settings
from django.db import close_old_connections
from django.http import HttpRequest

from bouquet.shared.network.directory import directory

# Readers on it are at home: this machine (RFC 1122), private networks (RFC 1918, 4193), links (RFC 3927, 4291).
OWN_GROUND = [
    *map(ipaddress.ip_network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16")),
    *map(ipaddress.ip_network, ("::1/128", "fc00::/7", "fe80::/10")),
]
_CODE = re.compile(r"^[A-Z]{2}$")
_NOWHERE = {"XX", "ZZ", "T1"}  # what proxies send for "unknown" and for Tor


def territory_of(request: HttpRequest, home: str) -> str:
    """ISO 3166-1 alpha-2, or "" where unknown. A reader on the network's own ground (loopback, LAN) is at `home`."""
    return _territory(request.META.get("REMOTE_ADDR", ""), request.headers, lambda: home)


def territory_at(client: str, headers: Mapping[str, str], *, home: str | None = None) -> str:
    """The same for who has no Django request: `client` is the connection's other end, names of headers are small.

    Where `home` is not said it asks the database (once a second at most) for who comes from the network's own ground.
    """
    return _territory(client, headers, _home if home is None else lambda: home)


def says_the_proxy() -> str:
    """The header in which a proxy of ours names the country; "" where none does, or none is to be believed."""
    return settings.TERRITORY_HEADER if settings.BEHIND_PROXY else ""


def _territory(client: str, headers: Mapping[str, str], home: Callable[[], str]) -> str:
    if header := says_the_proxy():
        said = headers.get(header.lower(), "").strip().upper()
        if _CODE.match(said):
            return "" if said in _NOWHERE else said
    address = _client_address(client, headers)
    if address is None:
        return ""
    if any(address in network for network in OWN_GROUND):
        return home()
    return _country_of(str(address))


def _client_address(client: str, headers: Mapping[str, str]) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Who is asking. Behind our own proxy: the last address of X-Forwarded-For, the one that proxy wrote."""
    if settings.BEHIND_PROXY and (chain := headers.get("x-forwarded-for")):
        client = chain.rsplit(",", 1)[-1]
    try:
        address = ipaddress.ip_address(client.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _home() -> str:
    close_old_connections()
    return directory().network.territory


@lru_cache(maxsize=4096)
def _country_of(address: str) -> str:
    database = _database()
    return country_in(database.get(address)) if database else ""


def country_in(found: Any) -> str:
    """The country that a record of the data names, or ""."""
    if not isinstance(found, dict):
        return ""
    code = found.get("country_code") or (found.get("country") or {}).get("iso_code") or ""
    return code if isinstance(code, str) and _CODE.match(code) else ""


@lru_cache(maxsize=1)
def _database() -> maxminddb.Reader | None:
    try:
        return maxminddb.open_database(settings.TERRITORY_DATABASE)
    except (OSError, maxminddb.InvalidDatabaseError):
        return None  # `bouquet doctor` says so
