"""Where and when a film is shown: one form for each window."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bouquet.shared.works.actions import Window
from bouquet.toolkit.countries import country_choices
from bouquet.toolkit.hours import HourField

MOMENT = "%Y-%m-%dT%H:%M"
WHERE = [("", _("everywhere")), ("only", _("only in these countries")), ("but", _("everywhere but there"))]


class WindowForm(forms.Form):
    where = forms.ChoiceField(
        label=_("Where"),
        required=False,
        choices=lambda: [(key, capfirst(str(words))) for key, words in WHERE],
    )
    territories = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        choices=lambda: country_choices()[1:],
        widget=forms.CheckboxSelectMultiple,
    )
    opens_at = HourField(
        label=_("From"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )
    closes_at = HourField(
        label=_("Until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("where") and not given.get("territories"):
            self.add_error("territories", _("Choose at least one country."))
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The end comes after the beginning."))
        return given

    def window(self) -> Window:
        given = self.cleaned_data
        where = given.get("where", "")
        return Window(
            territories=tuple(given.get("territories", ())) if where else (),
            excluded=where == "but",
            opens_at=given.get("opens_at"),
            closes_at=given.get("closes_at"),
        )


WindowForms = forms.formset_factory(WindowForm, extra=1, max_num=20, absolute_max=20)


def windows_in(found: list[Window]) -> list[dict[str, Any]]:
    """What the forms begin with."""
    return [
        {
            "where": ("but" if window.excluded else "only") if window.territories else "",
            "territories": list(window.territories),
            "opens_at": window.opens_at,
            "closes_at": window.closes_at,
        }
        for window in found
    ]
