"""What is asked of an entry: on a phone, standing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget

from bouquet.kinds.articles.body_blocks import IN_A_BOX


class EntryForm(forms.Form):
    name = forms.UUIDField(widget=forms.HiddenInput)  # its own, made with the form: sent twice, it is there once
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    text = forms.CharField(label=_("Text"), max_length=20_000)
    pinned = forms.BooleanField(label=_("Keep it at the top"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget = get_rich_text_editor_widget("default", features=IN_A_BOX)


class AmendedForm(EntryForm):
    corrected = forms.CharField(
        label=_("What was wrong"),
        max_length=300,
        required=False,
        help_text=_("Readers see it below the entry. Empty where it was a letter only."),
    )
    field_order = ["name", "title", "text", "corrected", "pinned"]
