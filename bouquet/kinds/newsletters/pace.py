"""How often somebody may ask for mail to be sent: counted before anything is done."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from bouquet.kinds.newsletters.models import Newsletter

BY_ONE = 12  # wishes an hour from one network address
FOR_ONE = 1000  # wishes an hour for one list, from everywhere: a flood stops here
HOUR = 3600


def may_ask(request: HttpRequest, newsletter: Newsletter) -> bool:
    address = hashlib.blake2b(caller(request).encode(), digest_size=12).hexdigest()
    within = True
    for name, most in ((f"from:{address}", BY_ONE), (f"list:{newsletter.pk}", FOR_ONE)):
        counter = f"newsletters.wish:{name}"
        if not cache.add(counter, 1, HOUR) and cache.incr(counter) > most:
            within = False
    return within


def caller(request: HttpRequest) -> str:
    """The other end, or what our own proxy wrote last (its name for the client)."""
    given = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY and (chain := request.headers.get("X-Forwarded-For")):
        given = chain.rpartition(",")[2].strip()
    return given
