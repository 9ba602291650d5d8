"""The forms of videos: send one, change one, a channel's own page."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from bouquet.kinds.videos.models import Video
from bouquet.shared.works.models import Channel

PICTURE_BYTES = 12 * 1024 * 1024
PICTURE_SIDE = 12_000
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def capital_visibilities() -> list[tuple[str, str]]:
    """The choices as lines of a list begin: with a capital."""
    return [(value, capfirst(str(label))) for value, label in Video.Visibility.choices]


def spoken_languages() -> list[tuple[str, str]]:
    """Each by its own name, in the order of their names."""
    local = [(code, info["name_local"]) for code, info in LANG_INFO.items() if "name_local" in info and len(code) <= 3]
    return [("", _("not said")), *sorted(((code, capfirst(name)) for code, name in local), key=itemgetter(1))]


class SendForm(forms.Form):
    """Works without JavaScript: the file goes through a plain multipart POST, to disk."""

    film = forms.FileField(
        label=_("The film"),
        widget=forms.ClearableFileInput(attrs={"accept": "video/*,.mkv,.ts,.mts,.avi"}),
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


class VideoForm(forms.ModelForm[Video]):
    publish_at = forms.DateTimeField(
        label=_("Publish on"),
        required=False,
        help_text=_("Leave it empty to publish as soon as it plays."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    class Meta:
        model = Video
        fields = ["title", "summary", "visibility", "publish_at", "may_download", "language", "credit", "licence"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "summary": _("Addresses become links; a time such as 1:23 leads to that moment of the film."),
            "may_download": _("Viewers find a button to save the original."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language spoken"), choices=spoken_languages, required=False, initial=self.instance.language
        )
        self.fields["visibility"].choices = capital_visibilities()  # type: ignore[attr-defined]
        if self.instance.state not in (Video.State.DRAFT, Video.State.SCHEDULED):
            del self.fields["publish_at"]

    def clean_publish_at(self) -> Any:
        moment = self.cleaned_data["publish_at"]
        if moment and moment < timezone.now() and moment != self.instance.publish_at:
            raise forms.ValidationError(_("This moment has passed. Choose one to come, or leave the field empty."))
        return moment


class PosterForm(forms.Form):
    picture = forms.FileField(
        label=_("Your own picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={"required": _("Choose a picture."), "empty": _("This picture is empty. Choose another one.")},
    )

    def clean_picture(self) -> UploadedFile:
        """Looks at the header only: sides and format are refused before anything is decoded."""
        file = self.cleaned_data["picture"]
        if file.size > PICTURE_BYTES:
            raise forms.ValidationError(_("This picture is too large: send one of at most 12 MB."))
        try:
            picture = Image.open(file, formats=PICTURE_FORMATS)
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
            raise forms.ValidationError(
                _("This is not a picture we can read. Send a JPEG, PNG, WebP or GIF.")
            ) from None
        if max(picture.size) > PICTURE_SIDE or min(picture.size) < 100:
            raise forms.ValidationError(_("A side of this picture is too long or too short: 100 to 12,000 pixels."))
        file.seek(0)
        return file


class ChannelForm(forms.ModelForm[Channel]):
    class Meta:
        model = Channel
        fields = ["name", "about", "picture"]
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}
