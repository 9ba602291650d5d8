"""The one thing that every way of signing up asks for besides the address. allauth builds its own forms on this one."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import Person


class NameForm(forms.Form):
    field_order = ["name", "email", "password1"]
    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("As others will see it. It can be changed at any time."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Part of allauth's contract; the adapter has saved the name already."""
