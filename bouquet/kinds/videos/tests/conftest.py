"""What tests of videos stand on: a site with videos, and its host for the client."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

HOST = {"host": "video.bouquet.localhost"}


def queries_of(client: Client, path: str) -> int:
    """How many questions a page asks once the process has read what it reads once (sites, brands)."""
    for _ in range(2):
        assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


@pytest.fixture
def door(site: Any) -> Any:
    """A client that talks to the video site; `door(person)` is signed in."""

    def enter(person: Any = None, **options: Any) -> Client:
        client = Client(headers=HOST, **options)
        if person is not None:
            client.force_login(person)
        return client

    return enter
