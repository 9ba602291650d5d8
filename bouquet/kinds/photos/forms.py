"""What people fill in about albums and photos."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.photos.models import Album, Photo, licence_choices
from bouquet.shared.works.actions import MOST_TAGS
from bouquet.shared.works.models import licence_called, offered_categories

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,.heic,.heif"
AT_ONCE = 100  # files of one form


def visibilities() -> list[tuple[str, str]]:
    """Without the one that needs a password beside it."""
    choices = Album.Visibility.choices
    return [(value, capfirst(str(label))) for value, label in choices if value != Album.Visibility.PASSWORD]


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Any number of files; cleaned to a list."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [each for each in (data if isinstance(data, (list, tuple)) else [data]) if each]


class PhotosForm(forms.Form):
    photos = PhotosField(
        label=_("Photos"),
        required=False,
        widget=PhotosInput(attrs={"accept": ACCEPTED}),
        help_text=_("Several at once: JPEG, PNG, WebP, AVIF or HEIC, up to 60 MB each."),
    )


class AlbumForm(forms.ModelForm[Album]):
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=800,
        help_text=_("With commas between them: lake, summer, Savoie."),
    )
    category = forms.ChoiceField(label=_("Theme"), required=False)
    visibility = forms.ChoiceField(label=_("Who may see it"), choices=visibilities, initial="public")
    licence = forms.ChoiceField(label=_("Licence"), choices=licence_choices)

    class Meta:
        model = Album
        fields = ["title", "summary", "visibility", "category", "tags", "credit", "licence", "may_download"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "credit": _("Who made the photos. Each photo begins with it and can say another name."),
            "may_download": _("Readers find a button on each photo."),
        }

    def __init__(self, *args: Any, for_the_site: str = "", **kwargs: Any) -> None:
        """`for_the_site`: its name, for those who may publish in it."""
        super().__init__(*args, **kwargs)
        album = self.instance
        self.fields["credit"].required = True
        category: Any = self.fields["category"]
        category.choices = _with([("", _("none")), *offered_categories()], album.category)
        licence: Any = self.fields["licence"]
        licence.choices = _with(licence_choices(), album.licence)
        visibility: Any = self.fields["visibility"]
        visibility.choices = _with(visibilities(), album.visibility)
        if album.pk:
            self.initial["tags"] = ", ".join(tag.name for tag in album.tags.all())
        elif for_the_site:
            self.fields["for_the_site"] = forms.BooleanField(
                label=_("Publish it in the name of %(name)s") % {"name": for_the_site}, required=False
            )

    def clean_tags(self) -> list[str]:
        names = [name.strip() for name in re.split(r"[,;\n]", self.cleaned_data["tags"]) if name.strip()]
        if len(names) > MOST_TAGS:
            raise forms.ValidationError(_("%(most)s tags are enough.") % {"most": MOST_TAGS})
        if any(len(name) > 40 for name in names):
            raise forms.ValidationError(_("A tag is a word or two: at most 40 characters."))
        return names

    def words(self) -> dict[str, Any]:
        """For `actions`."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PhotoForm(forms.ModelForm[Photo]):
    licence = forms.ChoiceField(label=_("Licence"), choices=licence_choices)
    taken_at = forms.DateTimeField(
        label=_("Taken on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    focus_x = forms.IntegerField(min_value=0, max_value=100, label=_("What matters in it: hundredths from the left"))
    focus_y = forms.IntegerField(min_value=0, max_value=100, label=_("What matters in it: hundredths from the top"))

    class Meta:
        model = Photo
        fields = ["caption", "alternative", "credit", "licence", "taken_at", "focus_x", "focus_y"]
        widgets = {"caption": forms.Textarea(attrs={"rows": 2}), "alternative": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        licence: Any = self.fields["licence"]
        licence.choices = _with(licence_choices(), self.instance.licence)

    def clean_taken_at(self) -> Any:
        moment = self.cleaned_data["taken_at"]
        if moment and moment > timezone.now() + timedelta(days=1):
            raise forms.ValidationError(_("This moment is still to come."))
        return moment

    def words(self) -> dict[str, Any]:
        given = self.cleaned_data
        words = {name: given[name] for name in ("caption", "alternative", "credit", "licence", "taken_at")}
        return words | {"focus": (given["focus_x"], given["focus_y"])}


def words_given(photos: list[Photo], given: Any) -> list[tuple[Photo, dict[str, Any]]]:
    """The captions and what photos show, of several at once, that have changed. Too long is cut where it ends."""
    changed = []
    for photo in photos:
        words = {}
        for name, most in (("caption", 500), ("alternative", 300)):
            text = given.get(f"{name}-{photo.uid}")
            if text is not None and " ".join(text.split())[:most] != getattr(photo, name):
                words[name] = " ".join(text.split())[:most]
        if words:
            changed.append((photo, words))
    return changed


def _with(choices: list[tuple[str, Any]], value: str) -> list[tuple[str, Any]]:
    """What is kept stays a choice, also where it is offered no more."""
    if not value or value in dict(choices):
        return choices
    known = licence_called(value)
    return [*choices, (value, known.name if known else value)]
