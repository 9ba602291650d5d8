"""Small makers for tests: a site with a newsletter, works to tell of, readers, a mail server of one's own."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from bouquet.kinds.newsletters import actions
from bouquet.kinds.newsletters.actions import add_newsletter
from bouquet.kinds.newsletters.models import Issue, Newsletter, Subscriber, Subscription
from bouquet.kinds.newsletters.models.reader import fingerprint
from bouquet.shared.network.models import Site
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_channel, make_work

LONG = "The ferry left before the sun, with eleven people and a piano on board, and nobody spoke."


def make_letter(site: Site | None = None, **changes: Any) -> Newsletter:
    site = site or make_site("magazine", kinds=["videos", "newsletters"])
    return add_newsletter(site, changes.pop("name", "The Friday letter"), **changes)


def make_story(site: Site, title: str = "The harbour at dawn", **changes: Any) -> Work:
    changes.setdefault("channel", make_channel(site=site))
    hours = changes.pop("hours", 5)
    fields = {"summary": LONG, "author": None, "published_at": timezone.now() - timedelta(hours=hours)}
    return make_work(site=site, title=title, **(fields | changes))


def make_issue(letter: Newsletter | None = None, stories: int = 2) -> Issue:
    letter = letter or make_letter()
    for number in range(stories):
        make_story(letter.site, f"Story {number + 1}", hours=number + 1)
    return actions.draft_issue(letter)


def make_verified(by: Any, letter: Newsletter | None = None) -> Issue:
    return actions.verify_issue(make_issue(letter), by=by)


def make_readers(letter: Newsletter, number: int, domain: str = "readers.example") -> list[Subscriber]:
    now = timezone.now()
    names = [f"reader{each}@{domain}" for each in range(number)]
    Subscriber.objects.bulk_create(Subscriber(address=each, fingerprint=fingerprint(each)) for each in names)
    rows = list(Subscriber.objects.filter(address__in=names).order_by("pk"))
    Subscription.objects.bulk_create(
        Subscription(subscriber=each, newsletter=letter, state="active", asked_at=now, confirmed_at=now)
        for each in rows
    )
    return rows


def visit(path: str, site: Site, person: Any = None, data: Any = None, **more: Any) -> Any:
    client = Client(enforce_csrf_checks=more.pop("strict", False))
    if person is not None:
        client.force_login(person)
    ask = client.get if data is None else client.post
    return ask(path, data, headers={"host": site.host}, **more)


@contextmanager
def database_for_processes(folder: Path) -> Iterator[None]:
    """What stands in the test's database, in a file that forked processes share. (PostgreSQL is shared anyway.)"""
    if connection.vendor != "sqlite":
        yield
        return
    file, memory, name = folder / "shared.sqlite3", connection.connection, connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM INTO '{file}'")
    connection.settings_dict["NAME"], connection.connection = str(file), None
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.connection = name, memory


class Post:
    """A mail server: what it took, and what it says to whom (`answers`: a word of the address → what to do)."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.asked: list[str] = []
        self.answers: dict[str, str] = {}
        self.port = 0

    def to(self) -> list[str]:
        return [each["To"] for each in self.taken]


class Line(socketserver.StreamRequestHandler):
    """One connection of the mail server `post`."""

    post: Post

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def handle(self) -> None:
        self.answer = "250 ok"
        self.say("220 test")
        while line := self.rfile.readline():
            words = line.decode().strip()
            hear = {"RCPT": self.recipient, "DATA": self.letter, "QUIT": self.farewell}.get(words[:4].upper())
            if hear is None:
                self.say("250 ok")
            elif not hear(words):
                return

    def recipient(self, words: str) -> bool:
        address = re.sub(r".*<(.*)>.*", r"\1", words)
        self.post.asked.append(address)
        self.answer = next((said for part, said in self.post.answers.items() if part in address), "250 ok")
        if self.answer == "silence":
            self.rfile.read()  # until the other side has had enough of it
        elif self.answer != "drop":
            self.say("250 ok" if self.answer.endswith("after data") else self.answer)
        return self.answer not in ("drop", "silence")

    def letter(self, words: str) -> bool:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if line:  # without the dot nothing was sent (RFC 5321)
            self.post.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))
        if self.answer == "silence after data":
            self.rfile.read()
        elif self.answer != "drop after data":
            self.say("250 taken")
        return bool(line) and not self.answer.endswith("after data")

    def farewell(self, words: str) -> bool:
        self.say("221 bye")
        return False


@contextmanager
def post_office() -> Iterator[Post]:
    post = Post()
    line = type("LineOfPost", (Line,), {"post": post})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), line) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        post.port = server.server_address[1]
        yield post
        server.shutdown()


@contextmanager
def mail_server(settings: Any) -> Iterator[Post]:
    """What this process sends goes there."""
    with post_office() as post:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield post
