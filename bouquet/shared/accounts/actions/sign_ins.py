"""One sign-in, valid on every host. Each host's session names it; when it ends, all of them are over.

sign_in_of(request)     what this request's session names, with its person: one query, kept on the request
begin_sign_in           heard from Django's `user_logged_in`, so that every way in makes one
join_sign_in            signs this host's session in under a sign-in that exists (a crossing)
end_sign_in, end_other_sign_ins
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from bouquet.shared.accounts.models import Person, SignIn
from bouquet.shared.accounts.visitor import address_of, device_of

IN_SESSION = "sign_in"
SEEN_EVERY = timedelta(minutes=5)  # how precise “last seen” is: not a write for every page
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in_of(request: HttpRequest) -> SignIn | None:
    """The live sign-in of this session and, as `.person`, who it is. A session whose sign-in is over is emptied."""
    if not hasattr(request, "_sign_in"):
        request._sign_in = _find(request)  # type: ignore[attr-defined]
    return request._sign_in  # type: ignore[attr-defined]


def _find(request: HttpRequest) -> SignIn | None:
    session = request.session
    if SESSION_KEY not in session:
        return None
    sign_in = (
        SignIn.objects.select_related("person")
        .filter(uid=session.get(IN_SESSION, ""), ended_at=None, person_id=session[SESSION_KEY], person__is_active=True)
        .first()
    )
    if sign_in is None or not _same_password(request, sign_in.person):
        session.flush()
        return None
    _mark_seen(request, sign_in)
    return sign_in


def _same_password(request: HttpRequest, person: Person) -> bool:
    """A changed password empties the sessions made with the old one (Django's own rule)."""
    kept = request.session.get(HASH_SESSION_KEY, "")
    return any(
        constant_time_compare(kept, each)
        for each in (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    )


def _mark_seen(request: HttpRequest, sign_in: SignIn) -> None:
    now = timezone.now()
    if now - sign_in.seen_at < SEEN_EVERY:
        return
    if sign_in.seen_at.date() != now.date():
        request.session.modified = True  # once a day the cookie's ninety days begin again
    sign_in.seen_at, sign_in.address = now, address_of(request) or sign_in.address
    sign_in.save(update_fields=["seen_at", "address"])


def begin_sign_in(request: HttpRequest, person: Person) -> SignIn:
    """Give the session that Django has just opened its sign-in: the one it joins, or a new one."""
    sign_in = getattr(request, "_joining", None) or SignIn.objects.create(
        person=person, device=device_of(request), address=address_of(request)
    )
    if before := request.session.get(IN_SESSION):  # signed in again in the same browser: one line in the list, not two
        SignIn.objects.filter(uid=before, ended_at=None).exclude(pk=sign_in.pk).update(ended_at=timezone.now())
    request.session[IN_SESSION] = sign_in.uid
    request._sign_in = request.sign_in = sign_in  # type: ignore[attr-defined]
    return sign_in


def join_sign_in(request: HttpRequest, sign_in: SignIn) -> None:
    """Open this host's own session under a sign-in made on another host of the network."""
    request._joining = sign_in  # type: ignore[attr-defined]
    login(request, sign_in.person, backend=BACKEND)


def end_sign_in(sign_in: SignIn) -> None:
    """Over, on every host: each session that names it is emptied at its next request."""
    SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(ended_at=timezone.now())


def end_other_sign_ins(person: Person, *, but: SignIn | None = None) -> int:
    """End every sign-in of a person except one; returns how many there were."""
    others = person.sign_ins.filter(ended_at=None)
    if but is not None:
        others = others.exclude(pk=but.pk)
    return others.update(ended_at=timezone.now())
