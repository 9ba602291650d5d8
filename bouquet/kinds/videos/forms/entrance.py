"""Sending a film, choosing its picture, a channel's own page."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.videos.models import Video
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Channel, offered_categories
from bouquet.toolkit.pictures import MOST_BYTES, PictureRefused, check_picture

PICTURE_BYTES = MOST_BYTES  # of a poster or a cover


def capital_visibilities() -> list[tuple[str, str]]:
    """The choices as lines of a list begin: with a capital. Without the one that needs a password beside it."""
    return [(value, label) for value, label in all_visibilities() if value != Video.Visibility.PASSWORD]


def all_visibilities() -> list[tuple[str, str]]:
    return [(value, capfirst(str(label))) for value, label in Video.Visibility.choices]


def spoken_languages() -> list[tuple[str, str]]:
    """Each by its own name, in the order of their names."""
    local = [(code, info["name_local"]) for code, info in LANG_INFO.items() if "name_local" in info and len(code) <= 3]
    return [("", _("not said")), *sorted(((code, capfirst(name)) for code, name in local), key=itemgetter(1))]


class FilmsInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilmsField(forms.FileField):
    """One file or several; cleaned to a list."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilmsField, self).clean(each, initial) for each in given or [None]]


class SendForm(forms.Form):
    """Works without JavaScript: the files go through a plain multipart POST, to disk."""

    film = FilmsField(
        label=_("The film"),
        help_text=_("Several at once are possible: each then takes its title from its file's name."),
        widget=FilmsInput(attrs={"accept": "video/*,.mkv,.ts,.mts,.avi"}),
        error_messages={
            "required": _("Choose the film to send."),
            "empty": _("This file is empty. Choose another one."),
            "missing": _("No file came with the form. Choose the film again."),
        },
    )
    title = forms.CharField(label=_("Title"), max_length=140, required=False)
    summary = forms.CharField(
        label=_("Description"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    visibility = forms.ChoiceField(label=_("Who may see it"), choices=capital_visibilities, initial="public")
    reply_to = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)


class BatchForm(forms.Form):
    """What several films that are sent together have in common."""

    site = forms.ChoiceField(label=_("Site"))
    visibility = forms.ChoiceField(label=_("Who may see them"), choices=capital_visibilities)
    category = forms.ChoiceField(label=_("Category"), required=False)
    language = forms.ChoiceField(label=_("Language spoken"), choices=spoken_languages, required=False)
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=800, help_text=_("With commas between them: lake, summer, Savoie.")
    )

    def __init__(self, *, sites: list[Site], here: Site) -> None:
        super().__init__(prefix="all", initial={"site": here.slug, "visibility": "public"})
        self.fields["site"].choices = [(site.slug, site.name) for site in sites]  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", _("none")), *offered_categories()]  # type: ignore[attr-defined]


class PosterForm(forms.Form):
    picture = forms.FileField(
        label=_("Your own picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        error_messages={"required": _("Choose a picture."), "empty": _("This picture is empty. Choose another one.")},
    )

    def clean_picture(self) -> UploadedFile:
        """Looks at the header only: sides and format are refused before anything is decoded."""
        file = self.cleaned_data["picture"]
        try:
            check_picture(file, file.size, least=100)
        except PictureRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return file


class CoverForm(PosterForm):
    """A wide picture across the top of a channel's page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].label = _("Cover picture")
        self.fields["picture"].help_text = _("Wide, like 2048 × 512 pixels: its middle is seen on phones, too.")


class ChannelForm(forms.ModelForm[Channel]):
    """The picture is made anew from what comes: `picture_file` is that file, False to have none, None to leave it."""

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text=_("Square. Without one, the channel has its owner’s."),
    )

    class Meta:
        model = Channel
        fields = ["name", "about"]
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["picture"] = self.instance.picture or None

    @property
    def picture_file(self) -> Any:
        return self.cleaned_data.get("picture") if "picture" in self.changed_data else None
