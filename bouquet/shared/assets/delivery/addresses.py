"""Signed addresses of files. One rule that this server and nginx's secure_link both check, without a query.

    /m/<end>/<signature>/<asset uid>/<path>      what was made of an asset: playlists, segments, storyboard
    /f/<end>/<signature>/<asset uid>/<filename>  the original, saved under its name

`end` is the moment it expires (Unix seconds), and for what is limited to countries the one it was made in:
`1790000000`, or `1790000000-FR` (XX: nobody knew where). The signature is base64url(md5("<end>:<uid> <secret>")):
secure_link knows md5 only, and a secret behind the message leaves no room for length extension. The prefix of /m/
covers the whole folder of one asset, so that the relative addresses in playlists inherit it. The moment is rounded up
to a quarter of an hour: who asks in the same quarter gets the same address, and caches can share what they hold.
Streams are at BOUQUET_STREAM_ORIGIN where the operator has put a CDN before them.
"""

from __future__ import annotations

import hmac
import re
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import md5
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from bouquet.shared.assets.models import Asset

QUARTER = 15 * 60
UNKNOWN = "XX"  # the country of who comes from nobody knows where
SIGNED = (
    r"/(?P<end>(?P<expires>[0-9]{1,12})(?:-(?P<territory>[A-Z]{2}))?)/(?P<signature>[\w-]{22})/(?P<uid>[1-9A-Za-z]{22})"
)
STREAM = re.compile(rf"/m{SIGNED}/(?P<path>[^\x00]+)", re.ASCII)
ORIGINAL = re.compile(rf"/f{SIGNED}/(?P<path>[^/\x00]+)", re.ASCII)


NOTHING_HERE = _("There is nothing at this address.")


class Refused(Exception):
    """An address that leads nowhere: status 403 (not signed by us), 404 (no such address), 410 (it has expired), 451
    (it is for another country) or 503 (what has the file does not answer: ask again in `again` seconds)."""

    def __init__(self, status: int, reason: Any = NOTHING_HERE, *, again: int = 0) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.again = again


@dataclass(frozen=True)
class Signed:
    """What a good address leads to. `territory`: the only country it is good in ("": for who is nobody knows where)."""

    asset_uid: str
    path: str
    expires: int
    territory: str | None = None

    def require(self, here: str) -> None:
        """Refused (451) to a reader whose country is another."""
        if self.territory is not None and self.territory != here:
            raise Refused(451, _("This address was made for a reader in another country. Open the page again."))


def stream_prefix(
    asset: Asset, *, seconds: int | None = None, until: datetime | None = None, territory: str | None = None
) -> str:
    """`/m/<end>/<signature>/<uid>/`, good for `seconds` (else BOUQUET_STREAM_ADDRESS_HOURS) or `until` a moment, and
    in that `territory` only, where one is given."""
    end = _end(seconds, until, territory)
    return f"{settings.STREAM_ORIGIN}/m/{end}/{signature(end, asset.uid)}/{asset.uid}/"


def file_address(
    asset: Asset,
    filename: str = "",
    *,
    seconds: int | None = None,
    until: datetime | None = None,
    territory: str | None = None,
) -> str:
    """Where the original can be fetched; a browser saves it as `filename` (else as its owner called it)."""
    end = _end(seconds, until, territory)
    name = (filename or asset.filename or asset.uid).replace("/", "_")
    return f"/f/{end}/{signature(end, f'{asset.uid}:{name}')}/{asset.uid}/{quote(name, safe='')}"


def check_stream(path: str) -> Signed:
    """Read and check an address of /m/, as it stands decoded in the request. Raises Refused."""
    return _check(STREAM, path, lambda found: found["uid"])


def check_original(path: str) -> Signed:
    """Read and check an address of /f/. Raises Refused."""
    return _check(ORIGINAL, path, lambda found: f"{found['uid']}:{found['path']}")


def expiry(seconds: int | None, until: datetime | None) -> int:
    wanted = settings.STREAM_ADDRESS_HOURS * 3600 if seconds is None else seconds
    rounded = (int(time.time() + wanted) // QUARTER + 1) * QUARTER
    return rounded if until is None else min(rounded, int(until.timestamp()))


def _end(seconds: int | None, until: datetime | None, territory: str | None) -> str:
    place = "" if territory is None else f"-{territory or UNKNOWN}"
    return f"{expiry(seconds, until)}{place}"


def signature(end: int | str, what: str) -> str:
    digest = md5(f"{end}:{what} {secret()}".encode(), usedforsecurity=False).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


@cache
def secret() -> str:
    """The key of signatures, drawn from the network's secret key. nginx must know it: `bouquet nginx` writes it."""
    return salted_hmac("bouquet.delivery", "addresses", algorithm="sha256").hexdigest()


def _check(form: re.Pattern[str], path: str, what) -> Signed:  # type: ignore[no-untyped-def]
    found = form.fullmatch(path)
    if found is None:
        raise Refused(404)
    if not hmac.compare_digest(signature(found["end"], what(found)), found["signature"]):
        raise Refused(403, _("This address was not signed by this network, or has been altered."))
    if int(found["expires"]) < time.time():
        raise Refused(410, _("This address has expired. Open the page again to get a fresh one."))
    territory = "" if found["territory"] == UNKNOWN else found["territory"]
    return Signed(found["uid"], found["path"], int(found["expires"]), territory)
