"""What a person fills in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bouquet.shared.works.models import Collection


class CollectionForm(forms.ModelForm[Collection]):
    class Meta:
        model = Collection
        fields = ["name", "visibility"]


class TakingDownForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The author reads it: say which rule, and what can be done."),
    )
