"""Pictures of the editors' desk: Wagtail images that keep who made them and under which licence.

A model of our own from the first migration: changing Wagtail's image model later means moving every picture.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index


class Picture(AbstractImage):
    """A picture an editor may use. `description` is what it shows, for who cannot see it (the alternative text)."""

    description = models.CharField(
        _("what it shows"), max_length=255, help_text=_("Read aloud to who cannot see it: say what matters in it.")
    )
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Who made it, and for whom."))
    licence = models.CharField(
        _("licence"), max_length=80, blank=True, help_text=_("What lets us show it: “CC BY 4.0”, “AFP, 12 months”…")
    )
    uploaded_by_user = models.ForeignKey(  # Wagtail's field, under a name that leaves Person.picture alone
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="desk_pictures"
    )
    updated_at = models.DateTimeField(auto_now=True, db_index=True)  # a logo whose file changes renews the chrome

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("picture rendition")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_picture_and_filter"
            )
        ]
