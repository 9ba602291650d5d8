"""What tests of videos stand on: a site with videos, and its host for the client."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

HOST = {"host": "video.bouquet.localhost"}


@pytest.fixture
def door(site: Any) -> Any:
    """A client that talks to the video site; `door(person)` is signed in."""

    def enter(person: Any = None, **options: Any) -> Client:
        client = Client(headers=HOST, **options)
        if person is not None:
            client.force_login(person)
        return client

    return enter
