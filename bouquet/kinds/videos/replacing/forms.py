"""Choosing another file for a film, and what of a film is kept."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOMENT = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,3})?)|(\d{1,6}(?:[.,]\d{1,3})?)")


class ReplacementForm(forms.Form):
    film = forms.FileField(
        label=_("The new film"),
        widget=forms.ClearableFileInput(attrs={"accept": "video/*,.mkv,.ts,.mts,.avi"}),
        error_messages={
            "required": _("Choose the film to send."),
            "empty": _("This file is empty. Choose another one."),
            "missing": _("No file came with the form. Choose the film again."),
        },
    )
    at_once = forms.BooleanField(
        label=_("Change over as soon as it plays"),
        required=False,
        help_text=_("Otherwise viewers see the present film until every quality of the new one is made."),
    )
    keeps_texts = forms.BooleanField(
        label=_("Keep captions and chapters"),
        required=False,
        initial=True,
        help_text=_("Leave them out when the new film runs differently."),
    )


class MomentField(forms.CharField):
    """“1:23.5”, “0:01:23” or seconds; cleaned to seconds."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 14)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"})
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> float:
        text = super().clean(value).strip()
        found = MOMENT.fullmatch(text)
        if found is None:
            raise forms.ValidationError(_("Write a moment of the film, such as 1:23.5."))
        hours, minutes, seconds, alone = found.groups()
        if alone:
            return float(alone.replace(",", "."))
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))


class TrimForm(forms.Form):
    starts_at = MomentField(label=_("Begin at"))
    ends_at = MomentField(label=_("End at"))
    way = forms.ChoiceField(
        label=_("How to cut"),
        choices=[
            (
                "quick",
                _("Quickly, without encoding: the beginning moves to the nearest picture where films can be cut"),
            ),
            ("exact", _("Exactly there: the film is encoded once more, which takes a while")),
        ],
        widget=forms.RadioSelect,
        initial="quick",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts is not None and ends is not None and ends <= starts:
            self.add_error("ends_at", _("The end comes after the beginning."))
        return given


def written(seconds: float) -> str:
    """How a moment stands in the form: 83.5 → “1:23.5”."""
    milliseconds = round(seconds * 1000)
    whole, rest = divmod(milliseconds, 1000)
    hours, minutes, left = whole // 3600, whole // 60 % 60, whole % 60
    text = f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"
    return f"{text}.{rest:03d}".rstrip("0") if rest else text
