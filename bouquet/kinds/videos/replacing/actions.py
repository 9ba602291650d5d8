"""What people do with a film's file: send another one, cut it, give that up, go back, let the former one go."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.replacing.changing import change_back
from bouquet.kinds.videos.replacing.models import Replacement
from bouquet.shared.accounts.models import Person
from bouquet.shared.assets import actions as assets
from bouquet.shared.assets.models import Asset, Upload

State = Replacement.State
SHORTEST = 1.0  # seconds that a trim leaves
UploadRefused = assets.UploadRefused


class ReplacementRefused(Exception):
    """It cannot be done now; the sentence says why. `status` is the answer of HTTP."""

    def __init__(self, reason: str, status: int = 409) -> None:
        super().__init__(reason)
        self.reason, self.status = reason, status


def replace_file(
    video: Video, *, by: Person, size: int, filename: str, at_once: bool = False, keeps_texts: bool = True
) -> Upload:
    """An upload whose file will take the place of the film's. The present one plays on until then.

    Whether `by` may edit the film is asked before. Raises UploadRefused over a limit (the present file counts until it
    is gone) and ReplacementRefused.
    """
    with transaction.atomic():
        _require_peace(video)
        asset = assets.receive_asset("video", owner=by, filename=filename, size=size, site=video.site)
        Replacement.objects.create(
            video=video, asset=asset, by=by, at_once=at_once, keeps_texts=keeps_texts, was_seconds=video.asset.duration
        )
    return asset.upload


def trim_film(video: Video, *, by: Person, starts_at: float, ends_at: float, exact: bool = False) -> Replacement:
    """Keep what lies between two moments (seconds). Without `exact` the picture is copied, not encoded again: the
    beginning then moves to the nearest place where the film can be cut.

    Raises ReplacementRefused, and UploadRefused where there is no room for the cut file.
    """
    with transaction.atomic():
        _require_peace(video)
        former = video.asset
        length = former.duration or 0.0
        if former.state != Asset.State.READY or not length:
            raise ReplacementRefused(_("A film is cut once every quality of it is ready. Wait a moment."))
        if former.no_original:
            raise ReplacementRefused(former.no_original + " " + _("It cannot be cut here."), 410)
        ends_at = min(ends_at, length)
        if not 0 <= starts_at < ends_at or ends_at - starts_at < SHORTEST:
            raise ReplacementRefused(_("Choose a beginning and an end at least a second apart, within the film."), 422)
        if ends_at - starts_at > length - 0.04:
            raise ReplacementRefused(_("This keeps the whole film: move its beginning or its end."), 422)
        asset = assets.cut_asset(former, by=by, starts_at=starts_at, ends_at=ends_at, exact=exact)
        return Replacement.objects.create(
            video=video,
            asset=asset,
            by=by,
            starts_at=starts_at,
            ends_at=ends_at,
            exact=exact,
            at_once=True,
            was_seconds=length,
        )


def cancel_replacement(replacement: Replacement) -> bool:
    """Nothing changes for the film; what has come of the new file is removed. False where it had ended already."""
    with transaction.atomic():
        _lock(replacement.video)
        coming = Replacement.objects.filter(pk=replacement.pk, state=State.COMING)
        asset = replacement.asset
        if not coming.update(state=State.CANCELLED, ended_at=timezone.now(), asset=None):
            return False
        if asset is not None:
            assets.remove_asset(asset)
    return True


def return_to_former(replacement: Replacement) -> None:
    """The film as it was before, with its captions and chapters of then. Raises ReplacementRefused."""
    with transaction.atomic():
        video = _lock(replacement.video)
        _require_peace(video)
        if not change_back(video, replacement):
            raise ReplacementRefused(_("The former film is not kept any more."), 410)


def drop_former(replacement: Replacement) -> None:
    """Its maker needs the former film no more: its files go now, and their space is free."""
    with transaction.atomic():
        _lock(replacement.video)
        row = Replacement.objects.select_related("former").get(pk=replacement.pk)
        if row.state == State.DONE and row.former is not None:
            assets.remove_asset(row.former)


def replacement_of(video: Video) -> Replacement | None:
    """The latest one, with its assets; what its maker is shown. One query."""
    found = video.replacements.select_related("asset", "asset__upload", "former").order_by("-pk")
    return found.first()


def _require_peace(video: Video) -> None:
    """One at a time, and only for a film that has arrived."""
    _lock(video)
    if Replacement.objects.filter(video=video, state=State.COMING).exists():
        raise ReplacementRefused(_("Another file for this film is on its way already. Wait for it, or cancel it."))
    if video.is_on_its_way:
        raise ReplacementRefused(_("The film itself has not arrived yet."))


def _lock(video: Video) -> Video:
    """For two clicks at once. Fresh from its row."""
    return Video.objects.select_for_update(of=("self",)).select_related("asset", "site", "own_poster").get(pk=video.pk)
