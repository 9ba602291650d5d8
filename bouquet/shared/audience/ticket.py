"""The ticket a page gives its player: which work, on which host, seen from where, whether the viewer is its maker or
staff. It is signed and bound to the page's host, so that the collector needs neither database nor cookie to believe a
player's word, and no word can be said about a work that was not shown to who says it.

    <work>.<channel>.<site>.<duration>.<flags>.<country>.<issued>.<signature>      numbers in base 36
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from django.utils.crypto import salted_hmac

VALID_SECONDS = 24 * 3600
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Ticket:
    work: int
    channel: int
    site: int
    duration: int  # seconds, rounded up
    marks: int
    country: str
    issued: int  # Unix seconds

    def seal(self, host: str) -> str:
        numbers = (self.work, self.channel, self.site, self.duration, self.marks)
        words = ".".join([*(_base36(number) for number in numbers), self.country, _base36(self.issued)])
        return f"{words}.{_signature(words, host).decode()}"

    @classmethod
    def open(cls, sealed: str, host: str) -> Ticket | None:
        """None where it was not signed by us for this host."""
        words, _dot, signature = sealed.rpartition(".")
        if not words.isascii() or not hmac.compare_digest(_signature(words, host), signature.encode()):
            return None
        work, channel, site, duration, marks, country, issued = words.split(".")
        return cls(
            int(work, 36), int(channel, 36), int(site, 36), int(duration, 36), int(marks, 36), country, int(issued, 36)
        )


def bare_host(host: str) -> str:
    """As names are compared: without a port, in small letters."""
    return host.rsplit("]", 1)[0].rsplit(":", 1)[0].lower() if host.count(":") < 2 else host.lower()


@cache
def _key() -> bytes:
    return bytes.fromhex(salted_hmac("bouquet.audience", "tickets", algorithm="sha256").hexdigest())


def _signature(words: str, host: str) -> bytes:
    digest = blake2b(f"{host}|{words}".encode(), key=_key(), digest_size=12).digest()
    return urlsafe_b64encode(digest)


def _base36(number: int) -> str:
    text = ""
    while True:
        number, rest = divmod(number, 36)
        text = DIGITS[rest] + text
        if not number:
            return text
