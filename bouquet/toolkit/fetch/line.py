"""One connection to one numeric address, ended for good when its time is over."""

from __future__ import annotations

import socket
import ssl
import threading
from functools import cache
from typing import Any

import certifi
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection

from bouquet.toolkit.fetch.addresses import Target, machines_of
from bouquet.toolkit.fetch.refusals import Unreachable

CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 30.0  # without a byte


class Leash:
    """Shuts the socket when the time is over, whatever it is doing: a handshake, headers or a body in drops.

    Holds a second handle on the connection, because TLS takes the first one away.
    """

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self._handle = sock.dup()
        self.overdue = False
        self._timer = threading.Timer(seconds, self._pull)
        self._timer.daemon = True
        self._timer.start()

    def _pull(self) -> None:
        self.overdue = True
        try:
            self._handle.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def release(self) -> None:
        self._timer.cancel()
        self._handle.close()


class _Plain(HTTPConnection):
    made: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.made


class _Secure(HTTPSConnection):
    made: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.made


def connect(target: Target, seconds: float) -> tuple[Any, Leash]:
    """A connection (urllib3's, not yet used) to a checked machine, and its leash.

    The name goes into the Host header and the certificate's check; where the bytes go was decided by `machines_of`.
    """
    sock = _first_that_answers(machines_of(target), target, min(CONNECT_SECONDS, seconds))
    leash = Leash(sock, seconds)
    sock.settimeout(min(SILENCE_SECONDS, seconds))
    options: dict[str, Any] = {"host": target.host, "port": target.port, "timeout": SILENCE_SECONDS}
    line = _Secure(**options, ssl_context=trust()) if target.scheme == "https" else _Plain(**options)
    line.made = sock
    return line, leash


@cache
def trust() -> ssl.SSLContext:
    """The machine's own authorities (an intranet's too), and the usual ones where it has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _first_that_answers(numbers: list[str], target: Target, seconds: float) -> socket.socket:
    for number in numbers[:4]:
        try:
            return socket.create_connection((number, target.port), timeout=seconds)
        except OSError:
            continue
    raise Unreachable(_("“%(host)s” does not answer.") % {"host": target.host})
