"""What tests of comments stand on: a film of Chloé's."""

from __future__ import annotations

from typing import Any

import pytest

from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_work


@pytest.fixture
def work(site: Any, chloe: Any) -> Work:
    return make_work(site=site, author=chloe, duration=90.0)
