"""A work's password: said on its page, kept as a key in the session, and not guessed by trying."""

from __future__ import annotations

import hashlib

from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.http import HttpRequest

from bouquet.shared.works.models import Lock, Work
from bouquet.shared.works.viewer import KEYS

TRIES = 10  # by one address, for one work
TRIES_OF_ALL = 200  # by everybody together, for one work: many addresses do not help
WINDOW_SECONDS = 15 * 60
MOST_KEYS = 50


class TooManyTries(Exception):
    """Wait for WINDOW_SECONDS: HTTP 429."""


def open_lock(request: HttpRequest, work: Work, password: str) -> bool:
    """Whether it is the password; if so, this session may open the work from now on. Raises TooManyTries.

    Counted before the hash is worked out: a flood costs no more than counting.
    """
    _count_try(request, work)
    lock = Lock.objects.filter(work_id=work.pk).first()
    if lock is None or not check_password(password[:200], lock.password):
        return False
    keys = [key for key in request.session.get(KEYS, []) if key != lock.key]
    request.session[KEYS] = [*keys, lock.key][-MOST_KEYS:]
    return True


def key_for(request: HttpRequest, work: Work, password: str) -> str:
    """For programs that carry no session: the key, or "". Raises TooManyTries."""
    _count_try(request, work)
    lock = Lock.objects.filter(work_id=work.pk).first()
    return lock.key if lock and check_password(password[:200], lock.password) else ""


def _count_try(request: HttpRequest, work: Work) -> None:
    address = hashlib.blake2b(request.META.get("REMOTE_ADDR", "").encode(), digest_size=12).hexdigest()
    for name, most in ((f"{work.pk}:{address}", TRIES), (f"{work.pk}", TRIES_OF_ALL)):
        counter = f"works.password:{name}"
        if not cache.add(counter, 1, WINDOW_SECONDS) and cache.incr(counter) > most:
            raise TooManyTries
