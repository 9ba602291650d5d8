"""What a person says about themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.actions import change_picture
from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.picture import PictureRefused
from bouquet.toolkit.countries import country_choices

OLDEST = 120  # years


class ProfileForm(forms.ModelForm):
    new_picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP, AVIF, GIF or HEIC, up to 15 MB. We cut it to a square and remove hidden data."),
        widget=forms.FileInput(attrs={"accept": "image/*,.heic,.heif"}),
    )
    handle = forms.CharField(label=_("Public address"), max_length=40, min_length=2)
    reads = forms.MultipleChoiceField(
        label=_("Languages you read"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    territory = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)

    class Meta:
        model = Person
        fields = ["name", "handle", "about", "language", "reads", "territory"]
        labels = {"name": _("Your name"), "language": _("Language of the pages")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "about": forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
            "language": forms.Select(choices=[("", _("As each site is")), *settings.LANGUAGES]),
        }

    field_order = ["new_picture", "name", "handle", "about", "language", "reads", "territory"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handle"].help_text = _("Your page is at /@%(handle)s.") % {"handle": self.instance.handle}

    def clean_language(self) -> str:
        language = self.cleaned_data["language"]
        if language and language not in dict(settings.LANGUAGES):
            raise ValidationError(_("Choose a language of the list."))
        return language

    def clean_handle(self) -> str:
        handle = slugify(self.cleaned_data["handle"])
        if len(handle) < 2:
            raise ValidationError(_("Use at least two letters or digits, without accents."))
        if handle.startswith("former-"):
            raise ValidationError(_("Somebody has this address already."))
        if Person.objects.exclude(pk=self.instance.pk).filter(handle=handle).exists():
            raise ValidationError(_("Somebody has this address already."))
        return handle

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("new_picture")
        if file and not self.errors:
            self._keep(file)
        return cleaned

    def _keep(self, file: Any) -> None:
        """Read here, because only reading it tells whether it is a picture."""
        try:
            with transaction.atomic():
                change_picture(self.instance, file, size=file.size)
        except PictureRefused as error:
            self.add_error("new_picture", str(error))


class BirthDateForm(forms.Form):
    birth_date = forms.DateField(
        label=_("Your birth date"),
        help_text=_("Nobody else sees it. It can be given once; the team corrects a mistake."),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}),
    )

    def clean_birth_date(self) -> date:
        born, today = self.cleaned_data["birth_date"], timezone.localdate()
        if born > today or today.year - born.year > OLDEST:
            raise ValidationError(_("This cannot be a birth date. Please check the year."))
        return born
