"""What account tests do again and again: come in by the door, read the mail."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.test import Client

from bouquet.shared.network.directory import directory
from bouquet.toolkit.tasks.testing import run_all_tasks
from bouquet.toolkit.testing.cast import PASSWORD

MAIN = {"host": "bouquet.localhost"}
VIDEO = {"host": "video.bouquet.localhost"}
CODE = re.compile(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b")


def sign_in(person: Any, client: Client | None = None, **more: Any) -> Client:
    """A browser that has signed in at the main host, through the form."""
    client = client or Client()
    answer = client.post(
        "/accounts/login/", {"login": person.email, "password": PASSWORD}, headers=MAIN, query_params=more
    )
    assert answer.status_code == 302, answer.content[:2000]
    return client


def letters() -> list[Any]:
    """Every mail so far, after the workers have done their part."""
    run_all_tasks()
    return mail.outbox


def code_in(letter: Any) -> str:
    found = CODE.search(letter.body)
    assert found, letter.body
    return found[1]


def forget_directory() -> None:
    directory.__globals__["_kept"] = None
