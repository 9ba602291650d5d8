"""Foreign keys follow the floors, also those that strings hide: a row points down or beside itself in its own app."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model

from tests.architecture.floors import floor_of


def relations() -> list[tuple[type[Model], str, type[Model]]]:
    return [
        (model, field.name, field.related_model)
        for model in apps.get_models(include_auto_created=True)
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.is_relation and isinstance(field.related_model, type)
    ]


def test_every_relation_points_down() -> None:
    wrong = []
    for model, name, target in relations():
        mine, other = model._meta.app_config.name, target._meta.app_config.name
        if mine.startswith("bouquet.") and mine != other and floor_of(mine) >= floor_of(other):
            wrong.append(f"{mine}: {model.__name__}.{name} → {other}: {target.__name__}")
    assert not wrong


def test_there_are_relations_to_look_at() -> None:
    ours = [each for each in relations() if each[0].__module__.startswith("bouquet.")]
    assert len(ours) > 20
