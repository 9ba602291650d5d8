"""What a request says of who is calling: network address and device, in a form that can be kept and shown."""

from __future__ import annotations

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
ROBOT = re.compile(
    r"bot\b|crawl|spider|slurp|preview|facebookexternalhit|embed|fetch|curl|wget|python|monitor|lighthouse", re.I
)


def address_of(request: HttpRequest) -> str | None:
    """The caller's IP address. Behind our own proxy it is what the proxy wrote last; never what a client claims."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For")):
        given = forwarded.rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(given))
    except ValueError:
        return None


def device_of(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "")[:200]


def device_name(words: str) -> str:
    """A browser's own words as people say it: “Firefox on Android”."""
    browser = next((name for mark, name in BROWSERS if mark in words), "")
    system = next((name for mark, name in SYSTEMS if mark in words), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")


def is_robot(request: HttpRequest) -> bool:
    words = device_of(request)
    return not words or bool(ROBOT.search(words))
