"""The forms of captions and chapters. They work by themselves; the editor beside the film is laid over them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.videos.forms import spoken_languages
from bouquet.shared.assets.actions import (
    CaptionsRefused,
    ChaptersRefused,
    language_tag,
    read_captions,
    read_chapters,
)
from bouquet.shared.assets.models import Asset, Caption


def kinds_of_captions() -> list[tuple[str, str]]:
    return [(value, str(label)[:1].upper() + str(label)[1:]) for value, label in Caption.Kind.choices]


class CaptionFileForm(forms.Form):
    """A file, or nothing: then an empty page to write on."""

    language = forms.CharField(label=_("Language"), max_length=16, widget=forms.Select)
    kind = forms.ChoiceField(label=_("What it is"), choices=kinds_of_captions, initial=Caption.Kind.SUBTITLES)
    file = forms.FileField(
        label=_("WebVTT or SubRip file"),
        required=False,
        allow_empty_file=True,
        help_text=_("Leave it empty to write them here."),
        widget=forms.ClearableFileInput(attrs={"accept": ".vtt,.srt,text/vtt,application/x-subrip,text/plain"}),
    )
    label = forms.CharField(
        label=_("Name in the menu"), max_length=80, required=False, help_text=_("Empty: the language’s own name.")
    )

    def __init__(self, *args: Any, language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].widget.choices = spoken_languages()[1:]  # type: ignore[attr-defined]
        self.fields["language"].initial = language

    def clean_language(self) -> str:
        try:
            return language_tag(self.cleaned_data["language"])
        except CaptionsRefused as refused:
            raise forms.ValidationError(refused.sentence) from None

    def clean_file(self) -> Any:
        """The cues in the file; None where there is no file."""
        file = self.cleaned_data["file"]
        if not file:
            return None
        try:
            return read_captions(file.read(3 * 1024 * 1024), language=self.cleaned_data.get("language", ""))
        except CaptionsRefused as refused:
            raise forms.ValidationError(refused.sentence) from None


class CaptionTextForm(forms.Form):
    """The whole file in a text area, and the version it was made from."""

    text = forms.CharField(
        label=_("The texts with their times"),
        strip=False,
        max_length=2_100_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "caption-text", "spellcheck": "true", "dir": "auto"}),
    )
    base = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def clean_text(self) -> Any:
        text = self.cleaned_data["text"]
        if not text.strip() or text.strip() == "WEBVTT":
            return []
        try:
            return read_captions(text)
        except CaptionsRefused as refused:
            raise forms.ValidationError(refused.sentence) from None


class ChaptersForm(forms.Form):
    lines = forms.CharField(
        label=_("Chapters, one a line"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 12, "placeholder": "0:00 …\n1:23 …\n4:56 …", "dir": "auto"}),
        help_text=_("A time, a space, a title. The first at 0:00, at least three, each after the one above it."),
    )

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asset = asset

    def clean_lines(self) -> Any:
        try:
            return read_chapters(self.cleaned_data["lines"], self.asset)
        except ChaptersRefused as refused:
            raise forms.ValidationError(refused.sentence) from None
