"""What is said in a film, as text with times: one row for each language and kind."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class CaptionQuerySet(models.QuerySet["Caption"]):
    def for_menus(self) -> Self:
        """Without the cues, which may be long: what a player's menu and a list of captions need."""
        return self.defer("cues").order_by("language", "kind")


class Caption(models.Model):
    """The row is the truth; the file that players fetch is written from it under a name that says its version."""

    class Kind(models.TextChoices):
        SUBTITLES = "subtitles", _("subtitles: what is said")
        CAPTIONS = "captions", _("captions: what is said, and sounds, for who does not hear")
        DESCRIPTIONS = "descriptions", _("descriptions: what is to be seen, for who does not see")

    class Origin(models.TextChoices):
        UPLOADED = "uploaded", _("from a file")
        EDITED = "edited", _("written here")
        AUTOMATIC = "automatic", _("automatic")

    asset = models.ForeignKey("assets.Asset", models.CASCADE, related_name="captions")
    language = models.CharField(max_length=16)  # BCP 47
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.SUBTITLES)
    label = models.CharField(max_length=80, blank=True)  # as menus show it; empty: the language's own name
    origin = models.CharField(max_length=9, choices=Origin.choices, default=Origin.UPLOADED)
    cues = models.JSONField(default=list)  # [start, end, text, settings]; times in milliseconds
    length = models.PositiveIntegerField(default=0)  # how many cues
    version = models.CharField(max_length=16)  # of its content: another one, another file
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="captions")
    changed_at = models.DateTimeField(auto_now=True)

    objects = CaptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asset", "language", "kind"], name="one_caption_per_language_and_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} of asset {self.asset_id}"

    @property
    def path(self) -> str:
        """Below the asset's stream folder: served by the same signed address as the film."""
        return f"captions/{self.language}-{self.kind}-{self.version}.vtt"

    @property
    def shown_label(self) -> Any:
        """As menus call it."""
        name: Any = self.label or language_name(self.language)
        if self.kind == self.Kind.DESCRIPTIONS:
            name = _("%(language)s, descriptions") % {"language": name}
        elif self.kind == self.Kind.CAPTIONS:
            name = _("%(language)s, with sounds") % {"language": name}
        return _("%(language)s (automatic)") % {"language": name} if self.origin == self.Origin.AUTOMATIC else name


def language_name(tag: str) -> str:
    """By its own name: “Français”; the tag where nobody knows it."""
    info = LANG_INFO.get(tag.lower()) or LANG_INFO.get(tag.partition("-")[0].lower()) or {}
    return capfirst(info.get("name_local", "")) or tag
