"""What tests of photos stand on: a members' site with photos, and its host for the client."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from bouquet.shared.network.models import Site
from bouquet.shared.network.tests.make import make_site


@pytest.fixture
def club(db: None) -> Site:
    return make_site("club", kinds=["photos"])


@pytest.fixture
def door(club: Site) -> Any:
    """A client that talks to that site; `door(person)` is signed in."""

    def enter(person: Any = None, **options: Any) -> Client:
        client = Client(headers={"host": club.host}, **options)
        if person is not None:
            client.force_login(person)
        return client

    return enter
