"""What every API door shares: the API object, problem+json errors, keyset pages."""

from __future__ import annotations

from ninja import NinjaAPI


def make_api() -> NinjaAPI:
    return NinjaAPI(title="Bouquet", version="1", urls_namespace="api", openapi_url="openapi.json", docs_url="docs")
