"""Every address wears a mark that says who may come in, and means it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from ninja.constants import NOT_SET

from bouquet.config.api import api
from bouquet.shared.network.kinds import all_kinds
from bouquet.shared.network.models import Site
from bouquet.shared.network.tests.make import make_site

# Libraries that guard their own doors: sign-in is open to all, an API operation says who may call it (test below).
UNDERSTOOD = ("allauth.", "wagtail.", "ninja.")
# Wagtail asks for the right to enter the desk around every view below /admin/, but for its door and its icons.
DESK = "/admin/"
DESK_DOOR = ("/admin/login/", "/admin/logout/", "/admin/password_reset/", "/admin/jsi18n/", "/admin/sprite/")
MARKS = {"public", "members", "editors"}


@pytest.fixture
def site(db: None) -> Site:
    """With every kind there is: what a site has not is not found on it, whoever asks."""
    return make_site(kinds=[kind.slug for kind in all_kinds()])


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for where, view, _whose in entries(resolver, prefix):
        yield where, view


def entries(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any, str]]:
    """Each address with its view, and whose it is: the module of the view or of the list of addresses."""
    resolver = resolver or get_resolver()
    conf = getattr(resolver.urlconf_module, "__name__", "")
    for each in resolver.url_patterns:
        where = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield where, each.callback, conf if conf.startswith(UNDERSTOOD) else module_of(each.callback)
        else:
            yield from entries(each, where)


def mark_of(view: Any) -> str | None:
    """The mark of a function, of a class-based view, or of what a partial or a decorator wraps."""
    while view is not None:
        for bearer in (view, getattr(view, "view_class", None)):
            if mark := getattr(bearer, "access", None):
                return mark
        view = view.func if isinstance(view, partial) else getattr(view, "__wrapped__", None)
    return None


def module_of(view: Any) -> str:
    while isinstance(view, partial):
        view = view.func
    return getattr(view, "view_class", view).__module__


def test_every_view_wears_a_mark() -> None:
    bare = [
        f"/{where} → {whose}"
        for where, view, whose in entries()
        if mark_of(view) not in MARKS and not f"/{where}".startswith(DESK) and not whose.startswith(UNDERSTOOD)
    ]
    assert not bare


def test_every_operation_of_the_api_says_who_may_call_it() -> None:
    silent = [
        f"{operation.methods} {path}"
        for bound in api._get_bound_routers()
        for path, views in bound.path_operations.items()
        for operation in views.operations
        if operation.auth_param is NOT_SET
    ]
    assert not silent


def plain(mark: str) -> list[str]:
    """Addresses without a variable part whose view wears this mark."""
    return [f"/{where}" for where, view in addresses() if mark_of(view) == mark and not set("<^(\\") & set(where)]


@pytest.mark.parametrize("where", plain("members"))
def test_what_is_for_members_sends_a_stranger_to_the_door(client: Client, site: Any, where: str) -> None:
    answer = client.get(where, headers={"host": site.host})
    assert answer.status_code in (302, 401), where
    if answer.status_code == 302:
        assert "/accounts/" in answer["Location"]


@pytest.mark.parametrize("where", plain("editors"))
def test_what_is_for_editors_does_not_exist_for_others(client: Client, site: Any, chloe: Any, where: str) -> None:
    # below /admin/ the desk's own door stands first, and leads to the sign-in page
    hidden = (302, 404) if where.startswith("/admin/") else (404,)
    assert client.get(where, headers={"host": site.host}).status_code in hidden
    client.force_login(chloe)
    assert client.get(where, headers={"host": site.host}).status_code in hidden


@pytest.mark.parametrize("where", plain("public"))
def test_what_is_public_opens_without_an_error(client: Client, main_site: Any, site: Any, where: str) -> None:
    assert client.get(where, headers={"host": site.host}).status_code < 500


def desk_addresses() -> list[str]:
    found = [f"/{where}" for where, _view in addresses() if not set("<^(\\") & set(where)]
    return [where for where in found if where.startswith(DESK) and not where.startswith(DESK_DOOR)]


def test_the_desk_is_closed_to_strangers_and_members(client: Client, site: Any, chloe: Any) -> None:
    assert len(desk_addresses()) > 50
    for _somebody in ("a stranger", "a member"):
        for where in desk_addresses():
            answer = client.get(where, headers={"host": site.host})
            assert answer.status_code in (302, 403, 404), where
            if answer.status_code == 302:
                assert not answer["Location"].startswith(DESK) or "/login/" in answer["Location"], where
        client.force_login(chloe)
