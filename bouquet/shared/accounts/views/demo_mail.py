"""/accounts/mailbox/: on a demo network the mails that would be sent, on screen. It does not exist anywhere else."""

from __future__ import annotations

import email
from email import policy
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from bouquet.toolkit.access import public

LATEST = 20


@public
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO_MAILBOX:
        raise Http404
    return render(request, "accounts/mailbox.html", {"letters": _latest_letters()})


def _latest_letters() -> list[dict[str, str]]:
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:LATEST]
    return [letter for path in files for letter in reversed(_letters(path))][:LATEST]


def _letters(path: Path) -> list[dict[str, str]]:
    """Django's file backend writes the mails of one connection one under another, with a line of dashes after each."""
    letters = path.read_bytes().split(b"\n" + b"-" * 79 + b"\n")
    found = [email.message_from_bytes(letter, policy=policy.default) for letter in letters if letter.strip()]
    return [
        {"to": each["To"] or "", "subject": each["Subject"] or "", "date": each["Date"] or "", "text": _text(each)}
        for each in found
    ]


def _text(message: email.message.EmailMessage) -> str:
    body = message.get_body(("plain",))
    return body.get_content().strip() if body else ""
