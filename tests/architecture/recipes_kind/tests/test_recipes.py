"""Run inside the copy, by tests/architecture/test_new_kind.py."""

from __future__ import annotations

from typing import Any

import pytest
from bouquet.kinds.recipes.actions import add_recipe
from django.apps import apps
from django.test import Client

from bouquet.shared.network.kinds import kind_named
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.toolkit.tasks.testing import run_all_tasks


@pytest.fixture
def kitchen(db: None) -> Any:
    make_main_site()
    return make_site("kitchen", kinds=["recipes"])


@pytest.fixture
def tart(kitchen: Any, chloe: Any) -> Any:
    tart = add_recipe(person=chloe, site=kitchen, title="Tarte aux mirabelles", portions=6)
    run_all_tasks()
    return tart


def read(client: Client, where: str, host: str) -> str:
    answer = client.get(where, headers={"host": host})
    assert answer.status_code == 200, (where, answer.status_code)
    return answer.content.decode()


def test_the_kind_is_known() -> None:
    assert apps.is_installed("bouquet.kinds.recipes")
    assert str(kind_named("recipes").label) == "Recipes"


def test_its_pages_are_there_where_a_site_has_it(client: Client, kitchen: Any, tart: Any, site: Any) -> None:
    assert "Tarte aux mirabelles" in read(client, "/recipes/", kitchen.host)
    assert "Tarte aux mirabelles" in read(client, tart.path, kitchen.host)
    assert client.get("/recipes/", headers={"host": site.host}).status_code == 404


def test_its_works_are_in_the_lists_that_everybody_has(client: Client, kitchen: Any, tart: Any) -> None:
    assert "Tarte aux mirabelles" in read(client, "/feed/", kitchen.host)
    assert "Tarte aux mirabelles" in read(client, "/feed/", "bouquet.localhost")


def test_search_finds_it(client: Client, kitchen: Any, tart: Any) -> None:
    assert "mirabelles" in read(client, "/search/?q=mirabelle", kitchen.host)


def test_the_api_has_it_and_says_so(client: Client, kitchen: Any, tart: Any) -> None:
    assert "Tarte aux mirabelles" in read(client, "/api/v1/recipes", kitchen.host)
    assert "/api/v1/recipes" in read(client, "/api/v1/openapi.json", kitchen.host)
