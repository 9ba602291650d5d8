"""A mixin that puts our words on a form of allauth's."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms


class Plain:
    """Labels and hints by field name; no placeholders, which vanish when they are needed."""

    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}
    attributes: ClassVar[dict[str, dict[str, Any]]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)
            field.widget.attrs.update(self.attributes.get(name, {}))
