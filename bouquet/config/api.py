"""The one API of the network: every app's `api.py` brings a `router`."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

from bouquet.toolkit.api import make_api

api = make_api()
for app in [*(f"shared.{name}" for name in settings.SHARED), *(f"kinds.{name}" for name in settings.KINDS)]:
    if find_spec(f"bouquet.{app}.api"):
        module = import_module(f"bouquet.{app}.api")
        api.add_router("", module.router)
