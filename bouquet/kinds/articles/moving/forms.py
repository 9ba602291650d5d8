"""The form that asks for an import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.articles.moving.models import ArticleImport
from bouquet.shared.network.models import Site

Source = ArticleImport.Source


class ArticleImportForm(forms.Form):
    site = forms.ModelChoiceField(label=_("Into the site"), queryset=Site.objects.none(), empty_label=None)
    source = forms.ChoiceField(
        label=_("Where are the articles?"),
        choices=lambda: [(each.value, capfirst(each.label)) for each in Source],
        initial=Source.WXR,
    )
    file = forms.FileField(
        label=_("The file"),
        required=False,
        help_text=_("WordPress: Tools → Export (an .xml file). Ghost: Settings → Labs → Export (a .json file)."),
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )
    address = forms.CharField(
        label=_("Or the address of the feed"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    )
    home = forms.CharField(
        label=_("Where they were published"),
        required=False,
        max_length=500,
        help_text=_(
            "https://old.example – pictures are fetched from there and old addresses led here. A WordPress file "
            "says it itself; for Ghost it is needed."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    )
    section = forms.CharField(label=_("Section of articles that have none"), required=False, max_length=120)
    with_pages = forms.BooleanField(label=_("Take pages, too, as articles"), required=False)

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("file") and "file" not in self.errors:
            if said.get("source") != Source.RSS:
                self.add_error("file", _("Choose the file."))
            elif not said.get("address"):
                self.add_error("address", _("Choose a file, or give the address of the feed."))
        if said.get("source") == Source.GHOST and not said.get("home") and "home" not in self.errors:
            self.add_error("home", _("Ghost’s file does not say where it was published: write it here."))
        return said
