"""Who does not want to be counted: the browser's own word (Sec-GPC, DNT), or the choice made on /counting/.

The choice is kept in the one cookie this app knows, which says only that: it is the same for everybody who chose so.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

COOKIE = "bq_uncounted"
COOKIE_AGE = 60 * 60 * 24 * 395


def refuses(headers: dict[bytes, str]) -> bool:
    """As the collector sees a request: raw names in small letters."""
    if headers.get(b"sec-gpc") == "1" or headers.get(b"dnt") == "1":
        return True
    return f"{COOKIE}=1" in headers.get(b"cookie", "").replace(" ", "").split(";")


def browser_refuses(request: HttpRequest) -> bool:
    return request.headers.get("Sec-GPC") == "1" or request.headers.get("DNT") == "1"


def has_refused(request: Any) -> bool:
    return browser_refuses(request) or request.COOKIES.get(COOKIE) == "1"
