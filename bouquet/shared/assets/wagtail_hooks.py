"""What assets bring to the editors' desk: how the making of one film went, reached from the queue."""

from __future__ import annotations

from typing import Any

from django.urls import path
from wagtail import hooks

from bouquet.shared.assets import desk


@hooks.register("register_admin_urls")
def assets_urls() -> list[Any]:
    return [path("films/<int:number>/", desk.film, name="assets_film")]
