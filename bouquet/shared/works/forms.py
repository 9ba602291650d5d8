"""What a person fills in."""

from __future__ import annotations

from django import forms

from bouquet.shared.works.models import Collection


class CollectionForm(forms.ModelForm[Collection]):
    class Meta:
        model = Collection
        fields = ["name", "visibility"]
