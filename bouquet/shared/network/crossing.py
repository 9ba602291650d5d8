"""Carries a sign-in to a site on another domain, where the network's cookie does not reach. No third-party cookies.

    reader's site                         main host                              reader's site
    depart ── nonce cookie, its hash ──▶  /accounts/crossing/  ── signed code ──▶ /accounts/arrival/
                                          (signs in first where nobody is)        own session, same SignIn

The code is signed, bound to one host and to the browser that departed (the nonce: nobody can be signed in to somebody
else's account by following a link), lives 30 seconds and works once (its row says so, whichever process is asked).
A *quiet* crossing asks on a reader's first page whether they are signed in, and comes back either way.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from bouquet.shared.accounts.actions import sign_in_of
from bouquet.shared.accounts.cookies import host_of, is_related
from bouquet.shared.accounts.models import SignIn
from bouquet.shared.network.models import Crossing, Site
from bouquet.toolkit.ids import long_id

SALT = "bouquet.crossing"
SECONDS = 30
NONCE_COOKIE = "bq_crossing"  # only for /accounts/, for as long as signing up may take
NONCE_SECONDS = 60 * 60
PROOF = re.compile(r"[0-9a-f]{64}")


class CrossingRefused(Exception):
    """This code signs nobody in: tampered with, too old, used, for another host or another browser."""


@dataclass(frozen=True)
class Arrival:
    sign_in: SignIn
    path: str


def needs_crossing(request: HttpRequest) -> bool:
    """Is this a site of the network whose cookies are its own?"""
    site, host = getattr(request, "site", None), host_of(request)
    return site is not None and site.host == host and not is_related(host)


def site_to_cross_to(host: str) -> Site | None:
    """Only an open site of the network can be a destination, and only one that needs it."""
    return None if is_related(host) else Site.objects.open().filter(host=host).first()


def safe_path(path: str) -> str:
    """A path of the same host, or the front page: never a way out."""
    inside = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if inside and len(path) <= 2000 else "/"


def depart(request: HttpRequest, path: str, *, quiet: bool = False, entrance: str = "") -> HttpResponse:
    """Send the reader to the main host, to come back signed in. `entrance`: the page to show where nobody is."""
    nonce = request.COOKIES.get(NONCE_COOKIE) or long_id()
    question = {"host": host_of(request), "to": safe_path(path), "proof": _proof(nonce)} | (
        {"quiet": 1} if quiet else {}
    )
    address = f"{reverse('network_crossing')}?{urlencode(question)}"
    if entrance:
        address = f"{entrance}?{urlencode({'next': address})}"
    response = redirect_unkept(settings.WAGTAILADMIN_BASE_URL + address)
    response.set_cookie(
        NONCE_COOKIE, nonce, max_age=NONCE_SECONDS, path="/accounts/", secure=settings.SESSION_COOKIE_SECURE,
        httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def give_code(request: HttpRequest, site: Site, *, path: str, proof: str, quiet: bool) -> str:
    """On the main host: a code for this reader's sign-in. Needs somebody signed in."""
    sign_in = sign_in_of(request)
    if sign_in is None or not PROOF.fullmatch(proof):
        raise CrossingRefused
    Crossing.objects.filter(made_at__lt=timezone.now() - timedelta(days=1)).delete()
    crossing = Crossing.objects.create(code=long_id(), sign_in=sign_in, host=site.host)
    words = {"code": crossing.code, "host": site.host, "proof": proof, "to": safe_path(path), "quiet": quiet}
    return signing.dumps(words, salt=SALT, compress=True)


def take_code(request: HttpRequest, code: str) -> Arrival:
    """On the reader's site: whose sign-in is it, and where did they want to go? Uses the code up."""
    try:
        words = signing.loads(code, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        raise CrossingRefused from None
    nonce = request.COOKIES.get(NONCE_COOKIE, "")
    if words["host"] != host_of(request) or not hmac.compare_digest(words["proof"], _proof(nonce)):
        raise CrossingRefused
    now = timezone.now()
    unused = Crossing.objects.filter(
        code=words["code"], host=words["host"], used_at=None, made_at__gt=now - timedelta(seconds=SECONDS)
    )
    if unused.update(used_at=now) != 1:
        raise CrossingRefused
    sign_in = (
        SignIn.objects.select_related("person")
        .filter(pk__in=Crossing.objects.filter(code=words["code"]).values("sign_in"), ended_at=None)
        .first()
    )
    if sign_in is None or not sign_in.person.is_active:
        raise CrossingRefused
    return Arrival(sign_in, safe_path(words["to"]))


def was_quiet(code: str) -> str | None:
    """The path of a quiet crossing whose code was refused: its reader asked for nothing and gets their page."""
    try:
        words = signing.loads(code, salt=SALT, max_age=60 * 60)
    except signing.BadSignature:
        return None
    return safe_path(words["to"]) if words["quiet"] else None


def redirect_unkept(address: str) -> HttpResponseRedirect:
    """A redirect that no cache keeps and that tells nobody where the reader came from."""
    response = HttpResponseRedirect(address)
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _proof(nonce: str) -> str:
    return hashlib.sha256(nonce.encode()).hexdigest()
