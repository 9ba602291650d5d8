"""The requests of tus 1.0, as a plain ASGI application. It is mounted at /tus/ by config/asgi.py.

OPTIONS /tus/        what this server can do          HEAD   /tus/<uid>   how much has come
POST    /tus/        begin an upload                  PATCH  /tus/<uid>   more bytes
                                                      DELETE /tus/<uid>   give it up
"""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import activate
from django.utils.translation import gettext as _

from bouquet.shared.assets.language import language_of
from bouquet.shared.assets.models import Upload
from bouquet.shared.assets.tus import rows
from bouquet.shared.assets.tus.answers import Send, abilities, about, across, answer, refuse
from bouquet.shared.assets.tus.body import Broken, Line, Receive, on_disk, take_body
from bouquet.shared.assets.tus.part import Part, require_room
from bouquet.shared.assets.tus.protocol import (
    Digest,
    Headers,
    Refusal,
    checksum_of,
    headers_of,
    metadata_of,
    number,
    require_octets,
    require_version,
)

log = logging.getLogger(__name__)


@dataclass
class Call:
    """One request. `extra` are headers that every answer to it carries."""

    scope: dict[str, Any]
    receive: Line
    send: Send
    headers: Headers
    method: str
    uid: str
    extra: dict[str, str] = field(default_factory=dict)

    async def answer(self, status: int, headers: dict[str, str]) -> None:
        await answer(self.send, status, headers | self.extra)


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    # A task of its own, so that the language we speak is this request's alone.
    await asyncio.create_task(_serve(scope, receive, send))


async def _serve(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    headers = headers_of(scope)
    activate(language_of(headers))
    method = headers.get("x-http-method-override", scope["method"]).upper()
    has_body = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
    call = Call(
        scope, Line(receive, has_body=has_body), send, headers, method, scope["path"].removeprefix("/tus").strip("/")
    )
    try:
        await _route(call)
    except Refusal as refusal:
        await call.receive.drain()
        await refuse(send, refusal, call.extra, with_body=method != "HEAD")
    except Broken:
        log.info("upload %s: the connection broke; what came is kept", call.uid)
    except Exception:
        log.exception("upload %s: %s failed", call.uid, method)
        wrong = Refusal(500, _("Something went wrong here"), _("What you have sent is kept. Try again in a moment."))
        await refuse(send, wrong, call.extra, with_body=method != "HEAD")


async def _route(call: Call) -> None:
    if extra := across(call.headers, preflight=call.method == "OPTIONS"):
        if not await rows.ask(call.scope, rows.own_origin, call.headers["origin"]):
            raise Refusal(403, _("This page may not send files here"), _("It belongs to another network."))
        call.extra = extra
    if call.method == "OPTIONS":
        return await call.answer(204, abilities())
    require_version(call.headers)
    if not call.uid and call.method == "POST":
        return await _create(call)
    if not re.fullmatch(r"[1-9A-Za-z]{22}", call.uid, re.ASCII):
        raise Refusal(404, _("There is no upload at this address"))
    if call.method not in METHODS:
        raise Refusal(405, _("This cannot be done to an upload"), Allow="OPTIONS, HEAD, PATCH, DELETE")
    return await METHODS[call.method](call)


async def _create(call: Call) -> None:
    size = number(call.headers, "Upload-Length")
    if size is None:
        raise Refusal(400, _("How large is the file?"), _("Send its size in the header “Upload-Length”."))
    metadata = metadata_of(call.headers)
    raw = call.headers.get("upload-metadata", "")
    with_body = "content-type" in call.headers and number(call.headers, "Content-Length") != 0
    if with_body:
        require_octets(call.headers)
    upload = await rows.ask(call.scope, rows.begin_upload, size, metadata, raw)
    call.extra["Location"] = upload.path
    offset = await _receive(call, upload, 0) if with_body else 0
    await call.answer(201, about(upload, offset))


async def _head(call: Call) -> None:
    upload = await rows.ask(call.scope, rows.find_upload, call.uid)
    await _is_whole(upload)
    offset = await on_disk(lambda: upload.offset)
    await call.answer(200, about(upload, offset))


async def _patch(call: Call) -> None:
    require_octets(call.headers)
    offset = number(call.headers, "Upload-Offset")
    if offset is None:
        raise Refusal(400, _("Where do these bytes begin?"), _("Send the header “Upload-Offset”."))
    upload = await rows.ask(call.scope, rows.open_upload, call.uid)
    offset = await _receive(call, upload, offset)
    await call.answer(204, about(upload, offset))


async def _delete(call: Call) -> None:
    await rows.ask(call.scope, rows.cancel, call.uid)
    await call.answer(204, {})


METHODS = {"HEAD": _head, "PATCH": _patch, "DELETE": _delete}


async def _receive(call: Call, upload: Upload, offset: int) -> int:
    """Append the body at `offset` and give the new one. The last byte only renames the file and wakes the pipeline."""
    checksum = checksum_of(call.headers)
    length = number(call.headers, "Content-Length")
    if await _is_whole(upload):
        _require_fit(upload, upload.size, offset, length)
        return upload.size
    part = await on_disk(Part, upload.part_path)
    try:
        call.extra["Upload-Offset"] = str(part.offset)
        _require_fit(upload, part.offset, offset, length)
        await on_disk(require_room, part.path.parent)
        await _append(call, upload, part, checksum)
        call.extra.pop("Upload-Offset")
        if part.offset == upload.size:
            await on_disk(part.sync)
            await rows.run(rows.finish, upload)
        return part.offset
    finally:
        await on_disk(part.close)


async def _is_whole(upload: Upload) -> bool:
    """Whether the last byte has come. Where a server was killed between that byte and the row, the row follows now."""
    if upload.finished_at is None:
        if await on_disk(lambda: upload.offset) < upload.size:
            return False
        await rows.run(rows.finish, upload)
    return True


async def _append(call: Call, upload: Upload, part: Part, checksum: tuple[Digest, bytes] | None) -> None:
    digest, wanted = checksum or (None, b"")
    if digest:
        await on_disk(part.verify_before_keeping)
    try:
        await take_body(call.receive, part, upload.size - part.offset, digest)
        if digest:
            await on_disk(part.keep_if, digest, wanted)
    except (Refusal, Broken) as ending:
        # Without a checksum, bytes that came are good; with one, nobody can tell before the whole request is there.
        if digest or getattr(ending, "status", 0) == 413:
            await on_disk(part.forget)
        call.extra["Upload-Offset"] = str(part.offset)
        raise


def _require_fit(upload: Upload, has: int, offset: int, length: int | None) -> None:
    if offset != has:
        raise Refusal(
            409,
            _("These bytes do not follow"),
            _("The file has %(has)s bytes so far and these begin at %(offset)s.") % {"has": has, "offset": offset},
            Upload_Offset=str(has),
        )
    if length is not None and offset + length > upload.size:
        raise Refusal(413, _("More bytes than were announced"), _("This upload was made for a smaller file."))
