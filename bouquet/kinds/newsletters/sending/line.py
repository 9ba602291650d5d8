"""The line to whoever carries our mail: SMTP in two steps, or whatever else the network's mail goes through.

A mail server answers for a mail from the moment it has read the line with a single dot (RFC 5321, 4.1.1.4). Everything
before may be done again, nothing after it. So our SMTP stops before the dot, has `hand_over` note it down, and goes on.
"""

from __future__ import annotations

import re
import smtplib
import socket
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

SECONDS = 30  # a mail server that says nothing for so long is left
DOT_AT_START = re.compile(rb"(?m)^\.")
HandOver = Callable[[], None]


class TwoSteps(smtplib.SMTP):
    hand_over: HandOver

    def data(self, msg: Any) -> tuple[int, bytes]:
        """smtplib's own, but for the pause before the last line."""
        self.putcmd("data")
        code, answer = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, answer)
        body = DOT_AT_START.sub(b"..", msg)
        self.send(body if body.endswith(b"\r\n") else body + b"\r\n")
        self.hand_over()
        self.send(b".\r\n")
        return self.getreply()


class TwoStepsOverTLS(smtplib.SMTP_SSL, TwoSteps):  # the order of parents: SMTP_SSL connects, TwoSteps sends
    data = TwoSteps.data


class LettersBackend(EmailBackend):
    @property
    def connection_class(self) -> Any:
        return TwoStepsOverTLS if self.use_ssl else TwoSteps


class SmtpLine:
    def __init__(self) -> None:
        self.backend = LettersBackend(timeout=settings.EMAIL_TIMEOUT or SECONDS)

    def open(self) -> None:
        """Raises OSError or SMTPException: nothing about any one mail."""
        if self.backend.open():
            connection: Any = self.backend.connection
            # Two small writes before one answer: without this the second waits 40 ms for the first (Nagle).
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def carry(self, message: EmailMessage, hand_over: HandOver) -> str:
        """Gives the server's answer. Raises what smtplib raises."""
        encoding = message.encoding or settings.DEFAULT_CHARSET
        connection: Any = self.backend.connection
        connection.hand_over = hand_over
        connection.sendmail(
            sanitize_address(message.from_email, encoding),
            [sanitize_address(address, encoding) for address in message.recipients()],
            message.message().as_bytes(linesep="\r\n"),  # type: ignore[call-arg]  # Django's, not the library's
        )
        return "250"

    def close(self) -> None:
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            self.backend.connection = None


class OtherLine:
    """A provider's API (Anymail), files, the console: one call for a mail, which is handed over before it."""

    def __init__(self) -> None:
        self.backend = get_connection()

    def open(self) -> None:
        self.backend.open()

    def carry(self, message: EmailMessage, hand_over: HandOver) -> str:
        hand_over()
        self.backend.send_messages([message])
        return str(getattr(getattr(message, "anymail_status", None), "message_id", "") or "")

    def close(self) -> None:
        self.backend.close()


def line() -> SmtpLine | OtherLine:
    return SmtpLine() if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") else OtherLine()
