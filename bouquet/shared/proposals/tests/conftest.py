"""What tests of proposals stand on: a film of Chloé's, and a magazine that Basile edits."""

from __future__ import annotations

from typing import Any

import pytest

from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.models import Site
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_work


@pytest.fixture
def work(site: Any, chloe: Any) -> Work:
    return make_work(site=site, author=chloe, duration=90.0)


@pytest.fixture
def magazine(basile: Any) -> Site:
    make_main_site()
    site = make_site("magazine", front=True)
    appoint_editor(site, basile)
    return site
