"""The reader's country, from what is known without asking anybody: a header of our own proxy, else data kept offline.

The data (npm `@ip-location-db/geo-whois-asn-country-mmdb`, made from the registries' own files) says where an address
is registered, which is right for most readers and wrong for some: BOUQUET_TERRITORY_DATABASE names a better file of
the same format (MMDB with `country_code`, or MaxMind's `country.iso_code`).
"""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import Any

import maxminddb
from django.conf import settings
from django.http import HttpRequest

_CODE = re.compile(r"^[A-Z]{2}$")
_NOWHERE = {"XX", "ZZ", "T1"}  # what proxies send for "unknown" and for Tor


def territory_of(request: HttpRequest, home: str) -> str:
    """ISO 3166-1 alpha-2, or "" where unknown. A reader on the network's own ground (loopback, LAN) is at `home`."""
    if settings.BEHIND_PROXY and settings.TERRITORY_HEADER:
        said = request.headers.get(settings.TERRITORY_HEADER, "").strip().upper()
        if _CODE.match(said):
            return "" if said in _NOWHERE else said
    address = client_address(request)
    if address is None:
        return ""
    if address.is_private or address.is_loopback or address.is_link_local:
        return home
    return _country_of(str(address))


def client_address(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Who is asking. Behind our own proxy: the last address of X-Forwarded-For, the one that proxy wrote."""
    text = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY and (chain := request.headers.get("X-Forwarded-For")):
        text = chain.rsplit(",", 1)[-1]
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


@lru_cache(maxsize=4096)
def _country_of(address: str) -> str:
    database = _database()
    found: Any = database.get(address) if database else None
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
