"""Small makers for tests: a site with a newsletter, works to tell of, readers, a mail server of one's own."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Callable, Iterator
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
        self.answers: dict[str, str | Callable[[Any], str]] = {}
        self.port = 0

    def to(self) -> list[str]:
        return [each["To"] for each in self.taken]


@contextmanager
def mail_server(settings: Any) -> Iterator[Post]:
    post = Post()

    class Line(socketserver.StreamRequestHandler):
        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

        def handle(self) -> None:
            self.say("220 test")
            rest = ""
            while line := self.rfile.readline():
                word = line.decode().strip()
                verb = word[:4].upper()
                if verb == "RCPT":
                    rest = re.sub(r".*<(.*)>.*", r"\1", word)
                    post.asked.append(rest)
                    answer = next((each for part, each in post.answers.items() if part in rest), "250 ok")
                    answer = answer(post) if callable(answer) else answer
                    if answer == "drop":
                        return
                    self.say(answer if answer != "drop after data" else "250 ok")
                    self.drops = answer == "drop after data"
                elif verb == "DATA":
                    self.say("354 go on")
                    self.take()
                    if self.drops:
                        return
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

        def take(self) -> None:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line[1:] if line.startswith(b"..") else line)
            if line:  # without the dot nothing was sent (RFC 5321)
                post.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))

    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line) as server:
        server.daemon_threads = True
        post.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield post
        server.shutdown()
