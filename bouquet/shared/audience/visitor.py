"""What is made of an address and a browser's own words before they are forgotten: nothing of either is ever written.

The salt is drawn anew each day and destroyed after the next; without it nobody, we included, can tell whose number it
was, or that two days' numbers are the same person's. The site is part of it: a reader has another number on each site.
"""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from hashlib import blake2b

from crawleruseragents import is_crawler

from bouquet.shared.audience.hits import DEVICES

# Programs that the list leaves out because they can be anything: none of them watches a film.
PROGRAMS = re.compile(r"headless|phantomjs|electron-fetch|\b(curl|wget|python|java|okhttp|axios|libwww|node)\b", re.I)
TV = re.compile(r"smart-?tv|\btv\b|appletv|googletv|hbbtv|tizen|web0s|webos|bravia|crkey|roku|aftt|viera|netcast", re.I)
TABLET = re.compile(r"ipad|tablet|kindle|silk/|playbook|android(?!.*mobile)", re.I)
PHONE = re.compile(r"iphone|ipod|mobile|android|windows phone", re.I)
DESKTOP = re.compile(r"windows nt|macintosh|x11|cros|linux", re.I)
LONGEST_AGENT = 512


def visitor_number(salt: bytes, site: int, address: str, agent: str) -> int:
    return _number(salt, f"{site}|{address}|{agent[:LONGEST_AGENT]}")


def origin_number(salt: bytes, address: str) -> int:
    """One number for a household: an IPv4 address, or the /64 that an IPv6 home has."""
    return _number(salt, _network_of(address))


@lru_cache(maxsize=8192)
def is_robot(agent: str) -> bool:
    return not agent.strip() or bool(PROGRAMS.search(agent)) or is_crawler(agent)


@lru_cache(maxsize=8192)
def device_of(agent: str) -> int:
    """The class of device, a place in DEVICES. (An iPad calls itself a Mac, and is counted as one.)"""
    for name, words in (("tv", TV), ("tablet", TABLET), ("phone", PHONE), ("desktop", DESKTOP)):
        if words.search(agent):
            return DEVICES.index(name)
    return 0


@lru_cache(maxsize=8192)
def _network_of(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if mapped := getattr(parsed, "ipv4_mapped", None):
        return str(mapped)
    return str(parsed) if parsed.version == 4 else str(ipaddress.ip_network((parsed, 64), strict=False))


def _number(salt: bytes, words: str) -> int:
    digest = blake2b(words.encode("utf-8", "replace"), key=salt, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
