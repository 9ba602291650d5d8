"""How far a film is, in words that its author understands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from bouquet.kinds.videos.models import Video
from bouquet.shared.assets.models import Asset, Step

WORDS: dict[str, Any] = {
    "probe": _("Looking at the file"),
    "poster": _("Taking a picture from it"),
    "first": _("Making its beginning playable"),
    "film": _("Making the whole film playable"),
    "ladder": _("Making every quality"),
    "storyboard": _("Drawing the preview pictures"),
    "loudness": _("Measuring the sound"),
    "largest": _("Making the largest qualities"),
}
REFRESH_MILLISECONDS = 1500


@dataclass(frozen=True)
class Progress:
    state: str
    share: float
    steps: list[tuple[Any, str, float]]
    ahead: int  # films that arrived earlier and cannot be watched yet

    @property
    def again(self) -> int:
        """Milliseconds until it is worth asking again; 0: nothing will change by itself."""
        return REFRESH_MILLISECONDS if self.state in ("waiting", "uploading", "processing") else 0


def progress_of(video: Video) -> Progress:
    """Wants the asset with its upload, renditions and steps; asks one query more while the film waits."""
    asset = video.asset
    state = asset.public_state
    steps = [
        (WORDS[step.name], step.state, step.progress)
        for step in sorted(asset.steps.all(), key=lambda step: step.pk)
        if step.name in WORDS
    ]
    is_waiting = state == "processing" and all(step.state == Step.State.WAITING for step in asset.steps.all())
    return Progress(state, asset.progress, steps, _films_ahead(asset) if is_waiting else 0)


def _films_ahead(asset: Asset) -> int:
    return Asset.objects.filter(
        state=Asset.State.PROCESSING, kind=asset.kind, playable_at=None, received_at__lt=asset.received_at
    ).count()
