"""Being forgotten is confirmed by typing one's own address: nobody does that by accident."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import Person


class ErasureForm(forms.Form):
    address = forms.CharField(
        label=_("Type your e-mail address to confirm"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        others = Person.objects.active().filter(is_superuser=True).exclude(pk=self.person.pk)
        if self.person.is_superuser and not others.exists():
            raise ValidationError(_("You are the only one who runs this network: let somebody else run it first."))
        return super().clean() or {}

    def clean_address(self) -> str:
        if self.cleaned_data["address"].strip().lower() != self.person.email:
            raise ValidationError(_("This is not the address of this account. Nothing was erased."))
        return self.cleaned_data["address"]
