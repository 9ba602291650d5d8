"""The form that asks for an import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.videos.imports.models import ImportJob
from bouquet.kinds.videos.imports.sources.table import LARGEST
from bouquet.shared.accounts.models import Person
from bouquet.shared.works.models import Channel, Work

Source = ImportJob.Source
OFFERED = (Source.PEERTUBE, Source.FEED, Source.CSV)


class ImportForm(forms.Form):
    source = forms.ChoiceField(
        label=_("Where are your films?"),
        choices=lambda: [(each.value, capfirst(each.label)) for each in OFFERED],
        initial=Source.PEERTUBE,
        widget=forms.RadioSelect,
    )
    address = forms.CharField(
        label=_("Its address"),
        max_length=2000,
        required=False,
        help_text=_("https://films.example/c/lake, lake@films.example, or the address of the feed. Not for a table."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    )
    table = forms.FileField(
        label=_("The table, for a CSV"),
        required=False,
        help_text=_(
            "A first line of names: url, and where you have them title, description, published_at, page, guid, "
            "language, tags, licence, credit, category, thumbnail. At most 10,000 films."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )
    channel = forms.ModelChoiceField(label=_("Into the channel"), queryset=Channel.objects.none(), required=False)
    visibility = forms.ChoiceField(
        label=_("Who may see the films"),
        choices=lambda: [(value, capfirst(label)) for value, label in Work.Visibility.choices],
        initial="public",
    )
    repeat = forms.ChoiceField(
        label=_("Look for new films"),
        required=False,
        choices=lambda: [(value, capfirst(label)) for value, label in ImportJob.Repeat.choices],
        help_text=_("For PeerTube and feeds: what is new there comes by itself."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channels = Channel.objects.filter(owner=person).order_by("-personal", "name")
        if len(channels) > 1:
            self.fields["channel"].queryset = channels  # type: ignore[attr-defined]
            self.fields["channel"].initial = channels[0]
            self.fields["channel"].empty_label = None  # type: ignore[attr-defined]
        else:
            del self.fields["channel"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        is_table = said.get("source") == Source.CSV
        if is_table and not said.get("table") and "table" not in self.errors:
            self.add_error("table", _("Choose the CSV file."))
        if is_table and said.get("table") and said["table"].size > LARGEST:
            self.add_error("table", _("This table is too large: at most 5 MB are read."))
        if not is_table and "source" in said and not said.get("address") and "address" not in self.errors:
            self.add_error("address", _("Give the address of the channel or the feed."))
        return said
