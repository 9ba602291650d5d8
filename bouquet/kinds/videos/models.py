"""Videos: a work whose asset is a film."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bouquet.shared.assets.models import Asset
from bouquet.shared.works.models import Work


class Video(Work):
    asset = models.OneToOneField(Asset, models.PROTECT, related_name="video")
    may_download = models.BooleanField(_("others may download it"), default=False)
