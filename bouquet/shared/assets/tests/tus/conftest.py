"""The tus application, called as a server would, on the test's own database connection."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from bouquet.shared.accounts.actions import issue_token
from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.tests.caller import Caller
from bouquet.shared.assets.tests.make import make_upload
from bouquet.shared.assets.tus import rows
from bouquet.shared.assets.tus.application import application

OCTETS = {"Content_Type": "application/offset+octet-stream"}


@pytest.fixture
def rows_of_the_test(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The threads that ask the database share the connection of this test, whose rows nobody else can see.

    They must not tidy it up: a connection in the middle of a transaction, as a test's always is, looks forgotten to
    `close_old_connections`. (Django's own test client does the same. SQLite in memory cannot be closed, so that only
    PostgreSQL shows it.)
    """
    mine = {alias: connections[alias] for alias in connections}

    def share() -> None:
        for alias, connection in mine.items():
            connections[alias] = connection

    for connection in mine.values():
        connection.inc_thread_sharing()
    with ThreadPoolExecutor(max_workers=1, initializer=share) as thread:
        monkeypatch.setattr(rows, "threads", thread)
        monkeypatch.setattr(rows, "close_old_connections", lambda: None)
        yield
    for connection in mine.values():
        connection.dec_thread_sharing()


@pytest.fixture
def caller_of(rows_of_the_test: None, site: Any) -> Any:
    def make(person: Person) -> Caller:
        token = issue_token(person, name="test")[1]
        return Caller(application, headers={"tus-resumable": "1.0.0", "authorization": f"Bearer {token}"})

    return make


@pytest.fixture
def tus(caller_of: Any, chloe: Any) -> Caller:
    """Chloé's client."""
    return caller_of(chloe)


@pytest.fixture
def upload(chloe: Any) -> Any:
    """Ten bytes that Chloé has announced."""
    return make_upload(person=chloe, size=10)
