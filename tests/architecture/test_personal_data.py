"""Whoever holds a person gives their data away and forgets them."""

from __future__ import annotations

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import holdings, models_with_people


def test_every_model_with_a_person_is_in_the_registry() -> None:
    held = {model for holding in holdings() for model in holding.models}
    missing = [
        f"{model.__module__}.{model.__name__}: {', '.join(field.name for field in fields)}"
        for model, fields in models_with_people().items()
        if model not in held and not issubclass(model, tuple(held) or ()) and model is not Person
    ]
    assert not missing


def test_every_app_with_a_model_that_holds_a_person_has_its_own_entry() -> None:
    names = {holding.name for holding in holdings()}
    rooms = {
        model._meta.app_config.name.rpartition(".")[2]
        for model in models_with_people()
        if model.__module__.startswith("bouquet.")
    }
    assert rooms <= names
