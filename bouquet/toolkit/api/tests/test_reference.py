from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("bouquet.toolkit.api.tests.try_urls")]


@pytest.fixture
def document(client: Client, main_site: Any) -> Any:
    return client.get("/api/try/openapi.json", headers={"host": main_site.host}).json()


def test_every_operation_says_how_it_may_refuse(document: Any) -> None:
    for operations in document["paths"].values():
        for operation in operations.values():
            for status in ("400", "429", "500", "default"):
                content = operation["responses"][status]["content"]
                assert list(content) == ["application/problem+json"]
    cakes = document["paths"]["/api/try/cakes"]["post"]
    assert {"401", "413", "415", "422"} <= set(cakes["responses"])


def test_who_may_call_is_said(document: Any) -> None:
    assert document["components"]["securitySchemes"].keys() == {"bearer"}
    assert document["paths"]["/api/try/mine"]["get"]["security"] == [{"bearer": []}]
    assert document["paths"]["/api/try/cakes"]["post"]["security"] == [{}, {"bearer": []}]
    assert "security" not in document["paths"]["/api/try/often"]["get"]


def test_the_reference_is_a_plain_page_without_foreign_parts(client: Client, main_site: Any) -> None:
    answer = client.get("/api/try/docs", headers={"host": main_site.host})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "/api/try/cakes" in page
    assert "curl http" in page
    assert not re.search(r"<script(?![^>]*src=./static/)", page)
    assert not re.findall(r"(?:src|href)=.https?://(?!bouquet|[\w.]+\.localhost)", page)
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]


def test_the_reference_of_the_true_api_opens(client: Client, main_site: Any) -> None:
    assert client.get("/api/v1/docs", headers={"host": main_site.host}).status_code == 200
