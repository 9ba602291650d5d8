"""An answer as bytes: its head in one string, its body from what is open, without passing through this process."""

from __future__ import annotations

import os
import socket
import time
from http import HTTPStatus

from bouquet.shared.assets.delivery.answering import Answer, date_of

PHRASES = {each.value: each.phrase for each in HTTPStatus}
MORE = getattr(socket, "MSG_MORE", 0)  # Linux: the head waits for the body, and both go in one segment
NO_LENGTH = (204, 304)


def head_of(answer: Answer, *, stays: bool, version: str = "1.1") -> bytes:
    """`version` is the reader's: one of HTTP/1.0 stays only where that is said."""
    lines = [f"HTTP/1.1 {answer.status} {PHRASES.get(answer.status, '')}\r\nDate: {date_of(int(time.time()))}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    if "Content-Length" not in answer.headers and answer.status not in NO_LENGTH:
        lines.append(f"Content-Length: {len(answer.first)}")
    if not stays:
        lines.append("Connection: close")
    elif version == "1.0":
        lines.append("Connection: keep-alive")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def send(wire: socket.socket, head: bytes, answer: Answer) -> None:
    """OSError where the reader has gone, or takes nothing for as long as `wire` waits (SO_SNDTIMEO)."""
    if not answer.left:
        return wire.sendall(head + answer.first)
    if answer.fd < 0:
        return _pass_on(wire, head, answer)
    wire.sendall(head + answer.first, MORE)
    out = wire.fileno()
    while answer.left:
        sent = os.sendfile(out, answer.fd, answer.position, answer.left)
        if not sent:
            raise ConnectionAbortedError("the file has become shorter than was promised")
        answer.position += sent
        answer.left -= sent


def _pass_on(wire: socket.socket, head: bytes, answer: Answer) -> None:
    """From the object store, which is read as fast as the reader takes it."""
    wire.sendall(head + answer.first)
    while answer.left:
        wire.sendall(answer.next_piece())
