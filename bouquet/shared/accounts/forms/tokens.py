"""Making an access token: what it is for, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DAYS = [("30", _("30 days")), ("90", _("90 days")), ("365", _("a year")), ("", _("until I withdraw it"))]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("For example: “upload script on my laptop”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    days = forms.ChoiceField(label=_("It works for"), choices=DAYS, required=False, initial="90")

    def expires_at(self) -> datetime | None:
        days = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=int(days)) if days else None
