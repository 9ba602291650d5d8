"""What a person fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.works.models import BUILT_IN, Category, Channel, Collection


class CollectionForm(forms.ModelForm[Collection]):
    class Meta:
        model = Collection
        fields = ["name", "about", "visibility", "channel"]
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "channel": _("Without one it stands on the page of your own channel, where everybody may see it.")
        }

    def __init__(self, *args: Any, owner: Any, **kwargs: Any) -> None:
        """Who has one channel, or none, is not asked which."""
        super().__init__(*args, **kwargs)
        visibility: Any = self.fields["visibility"]
        visibility.choices = [(key, capfirst(str(words))) for key, words in visibility.choices]
        channels = Channel.objects.filter(owner=owner, personal=False).order_by("name")
        if not channels.exists():
            del self.fields["channel"]
            return
        self.fields["channel"].queryset = channels  # type: ignore[attr-defined]
        self.fields["channel"].empty_label = _("my own channel")  # type: ignore[attr-defined]


class InvitationForm(forms.Form):
    handle = forms.CharField(label=_("Name of their account"), max_length=60, help_text=_("As on their page: @name"))

    def clean_handle(self) -> Person:
        handle = self.cleaned_data["handle"].strip().lstrip("@").lower()
        person = Person.objects.active().filter(handle=handle).first()
        if person is None:
            raise forms.ValidationError(_("There is nobody of this name."))
        return person


class TakingDownForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The author reads it: say which rule, and what can be done."),
    )


class CategoryForm(forms.ModelForm[Category]):
    """A name for each language of the network; one is enough."""

    class Meta:
        model = Category
        fields = ["slug", "is_offered"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, language in settings.LANGUAGES:
            label = _("Name (%(language)s)") % {"language": language}
            self.fields[f"name_{code}"] = forms.CharField(label=label, max_length=60, required=False)
            self.initial[f"name_{code}"] = self.instance.names.get(code, "")
        if self.instance.pk:
            self.fields["slug"].disabled = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self.instance.names = {
            code: given[f"name_{code}"] for code, _name in settings.LANGUAGES if given.get(f"name_{code}")
        }
        if not self.instance.names and given.get("slug") not in BUILT_IN:
            raise forms.ValidationError(_("Give it a name in at least one language."))
        return given
