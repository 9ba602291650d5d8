"""An album is a work; its photos hang in it in an order, each with its words, its maker and an address of its own."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bouquet.shared.assets.models import Asset
from bouquet.shared.works.models import LICENCES, Work, licence_called
from bouquet.toolkit.ids import short_id

RESERVED = "reserved"


def licence_choices() -> list[tuple[str, Any]]:
    return [(each.code, each.name) for each in LICENCES.values()]


class Album(Work):
    """`credit` and `licence` (Work's own) are what its next photos begin with."""

    may_download = models.BooleanField(_("others may save the photos in their full size"), default=False)
    cover = models.ForeignKey("Photo", models.SET_NULL, null=True, blank=True, related_name="+")  # else its first one
    card = models.OneToOneField(Asset, models.SET_NULL, null=True, related_name="card_of_album")  # a cut of the cover
    card_of = models.CharField(max_length=120, blank=True)  # of which photo, cut how: cards.py

    class Meta:
        verbose_name = _("album")
        verbose_name_plural = _("albums")


class PhotoQuerySet(models.QuerySet["Photo"]):
    def in_order(self) -> PhotoQuerySet:
        return self.select_related("asset").order_by("position", "pk")

    def shown(self) -> PhotoQuerySet:
        """Those that are ready to be seen."""
        return self.exclude(asset__poster="")

    def without_words(self) -> PhotoQuerySet:
        """Those that say nothing to who cannot see them."""
        return self.filter(alternative="")

    def before(self, photo: Photo) -> PhotoQuerySet:
        place = Q(position__lt=photo.position) | Q(position=photo.position, pk__lt=photo.pk)
        return self.filter(place).order_by("-position", "-pk")

    def after(self, photo: Photo) -> PhotoQuerySet:
        place = Q(position__gt=photo.position) | Q(position=photo.position, pk__gt=photo.pk)
        return self.filter(place).order_by("position", "pk")


class Photo(models.Model):
    """`focus_x` and `focus_y`: what matters in it, in hundredths of its sides; its cuts keep that in sight."""

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    album = models.ForeignKey(Album, models.CASCADE, related_name="photos")
    asset = models.OneToOneField(Asset, models.PROTECT, related_name="photo")
    position = models.PositiveIntegerField(default=0)
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    alternative = models.CharField(
        _("what it shows"),
        max_length=300,
        blank=True,
        help_text=_("Read aloud to who cannot see it: say what matters in it."),
    )
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Who made it."))
    licence = models.CharField(_("licence"), max_length=80, default=RESERVED)
    taken_at = models.DateTimeField(_("taken on"), null=True, blank=True)
    focus_x = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    focus_y = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        indexes = [models.Index("album", "position", "id", name="photos_in_order")]

    def __str__(self) -> str:
        return self.caption or self.alternative or self.uid

    @property
    def path(self) -> str:
        """Its page on its album's site. Fetch `album` along."""
        return reverse("photos:photo", args=[self.album.uid, self.uid])

    @property
    def address(self) -> str:
        return f"{self.album.site.url}{self.path}"

    @property
    def said(self) -> str:
        """For who cannot see it: its own words, else its caption."""
        return self.alternative or self.caption

    @property
    def is_shown(self) -> bool:
        return bool(self.asset.poster)

    @property
    def terms(self) -> Any:
        return licence_called(self.licence)

    @property
    def camera_line(self) -> list[str]:
        """What the camera wrote beside it, in the order photographers say it."""
        facts = self.asset.facts.get("picture", {})
        return [
            facts[name] for name in ("camera", "lens", "focal", "aperture", "exposure", "sensitivity") if name in facts
        ]
