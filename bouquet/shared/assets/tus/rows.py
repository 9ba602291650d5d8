"""What the database is asked for an upload, in threads of its own: the event loop never waits for a row.

A question passes the same middleware as pages do (settings.UPLOAD_MIDDLEWARE): host to site, cookie to session, session
to person, language. A bearer token in `Authorization` comes before the cookie.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from bouquet.shared.assets.actions import UploadRefused, cancel_upload, upload_finished
from bouquet.shared.assets.models import Asset, Upload
from bouquet.shared.assets.tus.protocol import Refusal
from bouquet.shared.assets.tus.receivers import receiver_for
from bouquet.shared.network.models import Site
from bouquet.toolkit.api import Anyone, Problem

Scope = dict[str, Any]
Question = Callable[..., Any]
threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="rows")


async def ask(scope: Scope, question: Question, *arguments: Any) -> Any:
    """Run `question(request, *arguments)` in a thread and give its answer. Raises Refusal."""
    return await asyncio.get_running_loop().run_in_executor(threads, _ask, scope, question, arguments)


async def run(call: Callable[..., Any], *arguments: Any) -> Any:
    """The same for what needs no request."""
    return await asyncio.get_running_loop().run_in_executor(threads, _run, call, arguments)


def find_upload(request: HttpRequest, uid: str) -> Upload:
    """The caller's own open or finished upload. Raises Refusal 401, 404 or 410."""
    person = _person(request)
    upload = Upload.objects.select_related("asset").filter(uid=uid, person=person).first()
    if upload is None:
        raise Refusal(
            404,
            _("There is no upload of yours here"),
            _("It may have been begun with another account: sign in with that one, or begin again."),
        )
    if upload.has_expired:
        raise Refusal(
            410, _("This upload has ended"), _("It was cancelled, or waited too long for its bytes. Begin again.")
        )
    return upload


def open_upload(request: HttpRequest, uid: str) -> Upload:
    """The same, about to receive bytes: its state and its time limit follow."""
    upload = find_upload(request, uid)
    if upload.finished_at is None and upload.asset.state == Asset.State.WAITING:
        Asset.objects.filter(pk=upload.asset_id, state=Asset.State.WAITING).update(state=Asset.State.UPLOADING)
    limit = timezone.now() + timedelta(hours=settings.UPLOAD_EXPIRES_HOURS)
    if upload.finished_at is None and limit - upload.expires_at > timedelta(hours=1):
        upload.expires_at = limit
        upload.save(update_fields=["expires_at"])
    return upload


def begin_upload(request: HttpRequest, size: int, metadata: dict[str, str], raw: str) -> Upload:
    """What `POST /tus/` makes: whatever the receiver for its purpose says. Raises Refusal."""
    person = _person(request)
    filename = metadata.get("filename") or metadata.get("name") or _("upload")
    receive = receiver_for(metadata.get("purpose", ""))
    if receive is None:
        raise Refusal(422, _("Nothing takes this upload"), _("Its metadata names a purpose that is not known here."))
    upload = receive(person, site=request.site, filename=filename, size=size, metadata=metadata)  # type: ignore[attr-defined]
    upload.metadata["raw"] = raw
    upload.save(update_fields=["metadata"])
    return upload


def cancel(request: HttpRequest, uid: str) -> None:
    """DELETE: forget what has come. What has arrived whole is removed where it is shown, not here (409)."""
    upload = find_upload(request, uid)
    if upload.finished_at:
        raise Refusal(409, _("This file has arrived already"), _("Remove what was made of it, on its own page."))
    cancel_upload(upload)


def finish(upload: Upload) -> None:
    upload_finished(upload)


def own_origin(request: HttpRequest, origin: str) -> bool:
    """Whether a page that calls us from another address is one of the network's own."""
    host = urlsplit(origin).hostname or ""
    own = request.get_host().partition(":")[0].lower()
    return host == own or Site.objects.open().filter(host=host).exists()


def _person(request: HttpRequest) -> Any:
    if "Authorization" in request.headers:
        Anyone(request)  # raises Problem 401 for a token that is not valid
    if not request.user.is_authenticated:
        raise Refusal(
            401,
            _("Please sign in"),
            _("Sign in to send files, or send a token in the header “Authorization: Bearer …”."),
            WWW_Authenticate='Bearer realm="Bouquet"',
        )
    return request.user


def _ask(scope: Scope, question: Question, arguments: tuple[Any, ...]) -> Any:
    request = WSGIRequest(_environ(scope))
    request.question = lambda: question(request, *arguments)  # type: ignore[attr-defined]
    try:
        response = _run(_through_middleware(), (request,))
    except Problem as problem:
        raise Refusal(problem.status, str(problem.title), str(problem.detail)) from None
    except UploadRefused as refused:
        raise Refusal(refused.status, _("This file was not taken"), refused.reason) from None
    except Http404:
        response = None
    if not hasattr(response, "answer"):
        raise Refusal(404, _("There is no site at this address"))
    return response.answer


def _run(call: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    close_old_connections()
    try:
        return call(*arguments)
    finally:
        close_old_connections()


@cache
def _through_middleware() -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        response.answer = request.question()  # type: ignore[attr-defined]
        return response

    handler: Callable[[HttpRequest], HttpResponse] = answer
    for name in reversed(settings.UPLOAD_MIDDLEWARE):
        handler = import_string(name)(handler)
    return handler


def _environ(scope: Scope) -> dict[str, Any]:
    host, port = scope.get("server") or ("localhost", 80)
    environ = {
        "REQUEST_METHOD": "GET",  # whatever it is, middleware must not look for a body
        "PATH_INFO": scope["path"].encode("utf-8", "replace").decode("latin-1"),
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": BytesIO(),
    }
    for name, value in scope["headers"]:
        if b"_" not in name:  # X_Forwarded_For must not pass for X-Forwarded-For
            environ["HTTP_" + name.decode("latin-1").upper().replace("-", "_")] = value.decode("latin-1")
    return environ
