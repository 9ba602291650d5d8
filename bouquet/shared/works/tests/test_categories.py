"""Categories: built in, in the reader's language; the operator adds, renames and withdraws."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.works.models import category_name, offered_categories

pytestmark = pytest.mark.django_db
HOST = {"host": "magazine.bouquet.localhost"}
PAGE = "/admin/categories/"


@pytest.fixture
def magazine() -> Any:
    make_main_site()
    return make_site("magazine", front=True)


def test_names_are_in_the_readers_language() -> None:
    assert category_name("nature") == "Animals and nature"
    with translation.override("fr"):
        assert category_name("nature") == "Animaux et nature"
        assert dict(offered_categories())["music"] == "Musique"
    assert category_name("") == ""
    assert category_name("long-gone") == "long-gone"


def test_the_operator_adds_renames_and_withdraws(client: Client, ada: Any, magazine: Any) -> None:
    client.force_login(ada)
    assert client.get(PAGE, headers=HOST).status_code == 200
    new = {"slug": "surf", "name_fr": "Glisse", "is_offered": "on"}
    assert client.post(PAGE, new, headers=HOST).status_code == 302
    assert client.post(PAGE, new, headers=HOST).status_code == 422  # there is one
    renamed = {"slug": "music", "name_en": "Sounds", "is_offered": "on"}
    assert client.post(f"{PAGE}?slug=music", renamed, headers=HOST).status_code == 302
    assert client.post(f"{PAGE}?slug=news", {"slug": "news"}, headers=HOST).status_code == 302
    for wrong in ({"slug": "No!", "name_fr": "x"}, {"slug": "nameless"}, {"slug": "x" * 100_000, "name_fr": "x"}):
        assert client.post(PAGE, wrong, headers=HOST).status_code == 422
    offered = dict(offered_categories())
    assert (offered["surf"], offered["music"]) == ("Glisse", "Sounds")
    assert "news" not in offered
    assert category_name("news") == "News and politics"  # films keep it


def test_an_editor_of_a_site_does_not_decide_for_the_network(client: Client, basile: Any, magazine: Any) -> None:
    appoint_editor(magazine, basile)
    client.force_login(basile)
    assert client.post(PAGE, {"slug": "surf", "name_fr": "Glisse"}, headers=HOST).status_code in (302, 403)
    assert "surf" not in dict(offered_categories())
