"""A form that sends mail is not for programs: so many requests of one address in an hour."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

MOST, WINDOW_SECONDS = 5, 3600


def is_too_fast(request: HttpRequest, email: str) -> bool:
    """Counts this one. Of the one who asks, and of the one who would get the mail."""
    return any([_is_above(request.META.get("REMOTE_ADDR", "")), _is_above(email.lower())])


def _is_above(what: str) -> bool:
    name = "articles.replies:" + hashlib.blake2b(what.encode(), digest_size=12).hexdigest()
    return not cache.add(name, 1, WINDOW_SECONDS) and cache.incr(name) > MOST
