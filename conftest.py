"""The ground of every test: a data folder of its own, and the cast."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="Leave out what asks no database anything.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--database-only"):
        return
    found: dict[bool, list[pytest.Item]] = {True: [], False: []}
    for item in items:
        found[bool(item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames))].append(
            item
        )  # type: ignore[attr-defined]
    config.hook.pytest_deselected(items=found[False])
    items[:] = found[True]


@pytest.fixture(scope="session", autouse=True)
def _leave_nothing_behind() -> Iterator[None]:
    yield
    shutil.rmtree(os.environ["BOUQUET_DATA"], ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Counters, throttles and cached menus of one test are no concern of the next."""
    from django.core.cache import cache

    cache.clear()
    yield


@pytest.fixture
def ada(db: None) -> Any:
    """The owner of the network."""
    from bouquet.toolkit.testing.cast import make_person

    return make_person(name="Ada", email="ada@bouquet.example", is_staff=True, is_superuser=True)


@pytest.fixture
def basile(db: None) -> Any:
    """An editor."""
    from bouquet.toolkit.testing.cast import make_person

    return make_person(name="Basile", email="basile@bouquet.example", is_staff=True)


@pytest.fixture
def chloe(db: None) -> Any:
    """A member."""
    from bouquet.toolkit.testing.cast import make_person

    return make_person(name="Chloé", email="chloe@bouquet.example")


@pytest.fixture
def driss(db: None) -> Any:
    """A stranger: signed in, and with nothing to do with what the test is about."""
    from bouquet.toolkit.testing.cast import make_person

    return make_person(name="Driss", email="driss@bouquet.example")


@pytest.fixture
def network(db: None) -> Any:
    from bouquet.shared.network.models import Network

    return Network.current()


@pytest.fixture
def site(db: None) -> Any:
    from bouquet.shared.network.tests.make import make_site

    return make_site()


@pytest.fixture
def main_site(db: None) -> Any:
    from bouquet.shared.network.tests.make import make_main_site

    return make_main_site()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where every part is installed (CI), a skipped test is a failure: it proves nothing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("BOUQUET_NO_SKIPS"):
        print("\nskipped, but everything should be here:", *[report.nodeid for report in skipped], sep="\n  ")  # noqa: T201
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
