"""Which page does a request ask for? Everything that makes the pages of two strangers differ, in one key.

    host, scheme, path, query     as they were asked (without what only follows readers)
    language, light or dark       the cookies that say so, else the site's
    counted or not                an article's page carries a ticket for who may be counted (shared/audience)
    territory                     where the reader is: what they may see, and which notices

Who has a session, a token, a message waiting or a cookie of ours that is not named here is somebody in particular:
their pages are made for them. So is a reader who is about to be asked whether they are signed in (network/crossing).
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections

from bouquet.config.bridge import environ_of
from bouquet.shared.accounts.cookies import is_related
from bouquet.shared.audience.refusal import COOKIE as UNCOUNTED
from bouquet.shared.audience.ticket import bare_host
from bouquet.shared.network.crossing_middleware import ASKED as ASKED_WHO
from bouquet.shared.network.crossing_middleware import may_ask
from bouquet.shared.network.directory import Directory, directory
from bouquet.shared.network.models import Site
from bouquet.shared.network.territory import says_the_proxy, territory_at
from bouquet.toolkit.page_cache.asked import Asked
from bouquet.toolkit.page_cache.door import Sort
from bouquet.toolkit.page_cache.log import ClearingLog
from bouquet.toolkit.page_cache.notes import EVERYTHING

SCHEME, THEATRE = "bq_scheme", "bq_theatre"
CHOICES = {SCHEME: ("light", "dark"), THEATRE: ("1",)}
IN_KEY = {settings.LANGUAGE_COOKIE_NAME, UNCOUNTED, *CHOICES}
# Cookies that change no page which may be kept: what carries a token sets this one, and is not kept.
BESIDE = {settings.CSRF_COOKIE_NAME, ASKED_WHO}
SOMEBODYS = {settings.SESSION_COOKIE_NAME, "messages", "sessionid"}


class Look:
    """What is known now: the network, and what was cleared since the last time."""

    def __init__(self) -> None:
        self._log = ClearingLog()
        self._directory: Directory | None = None
        self._print: Any = None

    def __call__(self) -> tuple[Directory, list[list[str]]]:
        close_old_connections()
        cleared, known = self._log.news(), directory()
        if known is not self._directory:
            fingerprint = _fingerprint(known)
            if fingerprint != self._print:  # the bar of every page names every site
                cleared.append([EVERYTHING])
            self._directory, self._print = known, fingerprint
        return known, cleared


def _fingerprint(known: Directory) -> Any:
    """All that pages show of the network. A picture added at the desk makes a new directory, and no new page."""
    lines = [line for lines in known.menus.values() for line in lines]
    rows = [known.network, *known.sites, *known.brands, *lines]
    values = [[type(row).__name__, *_values(row)] for row in rows]
    return repr((values, sorted((host, site.pk) for host, site in known.aliases.items()), sorted(known.logos.items())))


def _values(row: Any) -> list[Any]:
    return [str(row.__dict__.get(field.attname)) for field in row._meta.concrete_fields if field.name != "updated_at"]


def key_of(asked: Asked, known: Directory, scope: dict[str, Any]) -> Sort | None:
    cookies, headers = asked.cookies, asked.headers
    if b"authorization" in headers:
        return None
    for name in cookies:
        if name in SOMEBODYS or (name.startswith("bq_") and name not in IN_KEY and name not in BESIDE):
            return None
    host = headers.get(b"host", b"").decode("latin-1").lower()
    bare = bare_host(host)
    site = known.site_at(bare)
    if site is None or not site.is_open:
        return None
    if bare == site.host and not is_related(bare) and may_ask(WSGIRequest(environ_of(scope, BytesIO()))):
        return None
    proxy = says_the_proxy()
    key = (
        host,
        headers.get(b"x-forwarded-proto", b"") if settings.BEHIND_PROXY else asked.scheme,
        asked.path,
        asked.query,
        _language(site, cookies),
        *(cookies[name] if cookies.get(name) in allowed else "" for name, allowed in CHOICES.items()),
        cookies.get(UNCOUNTED) == "1" or headers.get(b"sec-gpc") == b"1" or headers.get(b"dnt") == b"1",
        _territory(
            asked.client,
            headers.get(b"x-forwarded-for", b""),
            headers.get(proxy.lower().encode(), b"") if proxy else b"",
            known.network.territory,
        ),
    )
    return Sort(key, may_make=settings.CSRF_COOKIE_NAME not in cookies)


def _language(site: Site, cookies: dict[str, str]) -> str:
    """As SiteLocaleMiddleware says it to a stranger."""
    spoken = dict(settings.LANGUAGES)
    chosen = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    chosen = chosen if chosen in spoken else site.language
    return chosen if chosen in spoken else settings.LANGUAGE_CODE


@lru_cache(maxsize=8192)
def _territory(client: str, forwarded: bytes, said: bytes, home: str) -> str:
    headers = {"x-forwarded-for": forwarded.decode("latin-1")} if forwarded else {}
    if proxy := says_the_proxy():
        headers[proxy.lower()] = said.decode("latin-1")
    return territory_at(client, headers, home=home)
