"""The one API of the network: every app's `api.py` brings a `router`."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from bouquet.toolkit.api import make_api

api = make_api()
for config in apps.get_app_configs():
    if config.name.startswith(("bouquet.shared.", "bouquet.kinds.", "bouquet.toolkit.tasks")) and find_spec(
        f"{config.name}.api"
    ):
        api.add_router("", import_module(f"{config.name}.api").router)
