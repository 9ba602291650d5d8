"""Who holds what about a person: the registry behind “take my data” and “forget me” (accounts' own entry: own_data.py).

Every app with a foreign key to Person has a `personal_data.py` that registers one entry. `goes` and `stays` are read
to the person before they decide (lazy translations, whole sentences).

    personal_data(
        "works",
        models=[Work, Channel, Reaction],
        export=lambda person: {"works": [...]},     # plain values that JSON can carry
        erase=erase_works,                          # runs inside one transaction; no call to the outside
        files=lambda person: [("videos/beach.mp4", Path(...))],
        goes=_("Your videos, comments and reactions."),
        stays=_("Invoices: the law asks us to keep them for ten years."),
    )
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model

Export = Callable[[Any], Any]
Erase = Callable[[Any], None]
Files = Callable[[Any], Iterable[tuple[str, Path]]]


@dataclass(frozen=True)
class Holding:
    """What one app holds about people, and how it gives it away and forgets it."""

    name: str
    models: tuple[type[Model], ...]
    export: Export
    erase: Erase
    files: Files | None = None
    goes: Any = ""
    stays: Any = ""


_HOLDINGS: dict[str, Holding] = {}


def personal_data(
    name: str,
    *,
    export: Export,
    erase: Erase,
    models: Iterable[type[Model]],
    files: Files | None = None,
    goes: Any = "",
    stays: Any = "",
) -> Holding:
    """Register what an app holds. Its name is the JSON file of the export; the same name again replaces the entry."""
    holding = Holding(name, tuple(models), export, erase, files, goes, stays)
    _HOLDINGS[name] = holding
    return holding


def holdings() -> list[Holding]:
    """Every app's entry, from the highest floor to the lowest: what refers to a person goes before the person."""
    order = {config.label: place for place, config in enumerate(apps.get_app_configs())}
    return sorted(_HOLDINGS.values(), key=lambda holding: order.get(holding.name, len(order)))


def models_with_people() -> dict[type[Model], list[Field]]:
    """Every model that points at a person, with the fields that do, in whichever installed app."""
    found: dict[type[Model], list[Field]] = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            own = field.model is model and field.concrete and not field.many_to_many  # through models say the rest
            if field.is_relation and own and _is_person(field.related_model):
                found.setdefault(model, []).append(cast(Field, field))
    return found


def models_without_handler() -> list[str]:
    """What an architecture test prints: models holding a person that no entry names."""
    handled = {model for holding in holdings() for model in holding.models}
    return sorted(model._meta.label for model in models_with_people() if model not in handled)


def _is_person(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, Model) and model._meta.label == settings.AUTH_USER_MODEL
