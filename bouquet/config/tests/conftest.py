from __future__ import annotations

from collections.abc import Iterator

import pytest

from bouquet.config.tests.running import Running


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One served network for all tests that do not end it for good: each leaves it running."""
    network = Running(tmp_path_factory.mktemp("network") / "data")
    network.data.mkdir()
    network.fill()
    network.serve("--with-workers", "1")
    yield network
    network.remove()
