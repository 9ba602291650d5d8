from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bouquet.toolkit.fetch.tests.serve import Elsewhere, elsewhere


@pytest.fixture
def world(settings: Any) -> Iterator[Elsewhere]:
    """A server that the operator allowed by name and port: nothing else on this machine is."""
    with elsewhere() as server:
        settings.FETCH_PRIVATE_HOSTS = [server.place]
        yield server
