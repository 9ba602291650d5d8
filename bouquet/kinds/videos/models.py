"""Videos: a work whose asset is a film."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.kinds.videos.replacing.models import Replacement
from bouquet.shared.assets.models import Asset
from bouquet.shared.network.models import EmbedRule
from bouquet.shared.works.models import Work

__all__ = ["ImportItem", "ImportJob", "Replacement", "Video"]


class Video(EmbedRule, Work):
    class ReplyState(models.TextChoices):
        LIVE = "live", _("shown")
        HELD = "held", _("waiting for a decision")
        REFUSED = "refused", _("not shown")

    asset = models.OneToOneField(Asset, models.PROTECT, related_name="video")
    may_download = models.BooleanField(_("others may download it"), default=False)
    own_poster = models.OneToOneField(Asset, models.SET_NULL, null=True, blank=True, related_name="poster_for_video")
    publish_at = models.DateTimeField(_("publish on"), null=True, blank=True)  # empty: as soon as it plays
    # The film that this one answers, and what its maker thinks of that (replies.py).
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    reply_state = models.CharField(max_length=8, choices=ReplyState.choices, blank=True)

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    @property
    def is_on_its_way(self) -> bool:
        """The file is not whole yet: its author may go on sending it."""
        return self.asset.state in (Asset.State.WAITING, Asset.State.UPLOADING)

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height of the player before the film is known: 16:9."""
        return (self.asset.width or 1280, self.asset.height or 720)
