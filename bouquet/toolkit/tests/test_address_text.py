"""A NUL byte in a page's address finds nothing; it is no fault of ours (on PostgreSQL it was)."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from bouquet.toolkit.address_text import AddressTextMiddleware

pytestmark = pytest.mark.django_db


def test_it_becomes_the_sign_for_an_unknown_letter() -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.GET["q"])
        return HttpResponse()

    middleware = AddressTextMiddleware(view)
    middleware(RequestFactory().get("/?q=a%00b"))
    middleware(RequestFactory().get("/?q=a%2500b"))  # the letters %00, which are text
    assert seen == ["a\ufffdb", "a%00b"]


@pytest.mark.parametrize(
    "page", ["/feed/?site=%00&kind=%00", "/search/?q=%00&kind=%00&tag=%00", "/feed/rss.xml?kind=%00"]
)
def test_pages_go_on_without_it(client: Any, main_site: Any, page: str) -> None:
    assert client.get(page, headers={"host": main_site.host}).status_code == 200
