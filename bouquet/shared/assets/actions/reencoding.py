"""Encoding a film once more, while it goes on playing: in a better codec, or the rungs that it has not."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from bouquet.shared.assets.ffmpeg import has_encoder
from bouquet.shared.assets.models import Asset, Step
from bouquet.shared.assets.pipeline.job import Job
from bouquet.shared.assets.pipeline.ladder import missing_rungs
from bouquet.shared.assets.tasks import encode_better

REENCODE_CODECS = ("av1", "h264")


class CannotReencode(Exception):
    """Why not, in a sentence."""


def reencode_asset(asset: Asset, *, codec: str = "av1", dry_run: bool = False) -> list[str]:
    """Order it, in the lane for spare time; gives the names of the rungs that will be added to what plays.

    "av1" adds every rung in AV1, "h264" those that are missing (a larger one is allowed now, or a step was given up).
    Raises CannotReencode.
    """
    _check(asset, codec)
    job = Job(asset, Step(asset=asset, name=codec))
    asset.facts["largest"] = settings.VIDEO_LARGEST_RUNG  # what is set now counts, for this and all that follows
    rungs = job.plan.av1 if codec == "av1" else missing_rungs(job)
    if not rungs:
        raise CannotReencode(_("It has every rung already."))
    if not dry_run:
        with transaction.atomic():
            row = Asset.objects.select_for_update().get(pk=asset.pk)  # nobody moves or drops its original meanwhile
            if row.no_original:
                raise CannotReencode(row.no_original)
            asset.save(update_fields=["facts"])
            asset.steps.filter(name=codec).delete()
            Step.objects.create(asset=asset, name=codec)
            encode_better.enqueue(asset.pk)
    return [rung.name for rung in rungs]


def _check(asset: Asset, codec: str) -> None:
    if codec not in REENCODE_CODECS:
        raise ValueError(codec)
    if asset.kind != Asset.Kind.VIDEO or asset.state != Asset.State.READY:
        raise CannotReencode(_("It is not ready yet."))
    if asset.no_original:
        raise CannotReencode(asset.no_original)
    if codec == "av1" and not has_encoder("libsvtav1"):
        raise CannotReencode(_("ffmpeg was built without libsvtav1."))
    if asset.steps.filter(name=codec, state__in=[Step.State.WAITING, Step.State.RUNNING]).exists():
        raise CannotReencode(_("It is being encoded already."))
    if codec == "av1" and asset.renditions.filter(codecs__startswith="av01").exists():
        raise CannotReencode(_("It has AV1 already."))
