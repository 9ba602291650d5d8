"""The moment of the change: the new file takes the old one's place in one transaction, and old ones go in their time.

The former asset is kept aside: its signed addresses are in players that are in the middle of the film, and its maker
may want it back.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.replacing.models import Replacement, old_enough_to_go
from bouquet.kinds.videos.tracks import chapters_of
from bouquet.shared.assets import actions as assets
from bouquet.shared.assets.models import Asset
from bouquet.shared.works import actions as works

State = Replacement.State


def change_over(asset: Asset) -> Replacement | None:
    """Called when a file can be played, and when it is ready. Gives the replacement that it ended, if it did."""
    with transaction.atomic():
        found = Replacement.objects.filter(asset=asset, state=State.COMING).select_related("asset", "video").first()
        if found is None:
            return None
        video = (
            Video.objects.select_for_update(of=("self",)).select_related("asset", "own_poster").get(pk=found.video_id)
        )
        if not _is_time(found, video):
            return None
        now = timezone.now()
        # Whoever comes second (the same news twice, a cancellation) finds it ended.
        if not Replacement.objects.filter(pk=found.pk, state=State.COMING).update(
            state=State.DONE, former=video.asset, ended_at=now
        ):
            return None
        found.state, found.former, found.ended_at = State.DONE, video.asset, now
        if found.keeps_texts:
            found.left_out = _carry_texts(found, video)
            found.save(update_fields=["left_out"])
        _put(video, asset)
    return found


def hear_anew(asset: Asset) -> bool:
    """Called when a file is ready that took another's place: a machine that listened to that one listens to this one.

    A cut film has the words of the former already, moved, unless the machine was still at it.
    """
    found = Replacement.objects.filter(asset=asset, state=State.DONE, keeps_texts=True).select_related("former").first()
    if found is None or found.former is None:
        return False
    heard = assets.hearing_of(asset)
    language = assets.language_heard(found.former, unfinished=found.is_trim)
    if heard is None or heard.state != "offered" or language is None:
        return False
    try:
        assets.begin_hearing(asset, language=language)
    except assets.CaptionsRefused:  # people have written in that language
        return False
    return True


def note_failure(asset: Asset) -> Replacement | None:
    """The new file cannot be used: the film stays what it is, and its maker is told why."""
    with transaction.atomic():
        found = Replacement.objects.filter(asset=asset, state=State.COMING).select_related("video", "by").first()
        if found is None:
            return None
        found.state, found.reason, found.ended_at = State.FAILED, asset.reason, timezone.now()
        found.save(update_fields=["state", "reason", "ended_at"])
        assets.remove_asset(asset)
    return found


def change_back(video: Video, replacement: Replacement) -> bool:
    """Inside a transaction that holds the video's row. False where there is nothing to go back to."""
    row = Replacement.objects.select_related("former").get(pk=replacement.pk)
    if row.state != State.DONE or row.former is None or row.asset_id != video.asset_id:
        return False
    former = row.former
    row.state, row.former, row.ended_at = State.UNDONE, None, timezone.now()
    row.save(update_fields=["state", "former", "ended_at"])
    _put(video, former)
    return True


def clear_up() -> int:
    """Former films whose days are over, and files that were put back aside. Gives how many went."""
    days_ago = timezone.now() - timedelta(days=settings.FORMER_FILM_DAYS)
    kept_long = Q(gave_way__state=State.DONE, gave_way__ended_at__lt=min(days_ago, old_enough_to_go()))
    undone = Q(replacement__state=State.UNDONE, replacement__ended_at__lt=old_enough_to_go())
    gone = 0
    for asset in Asset.objects.filter(kept_long | undone, video__isnull=True)[:500]:
        assets.remove_asset(asset)
        gone += 1
    return gone


def _is_time(replacement: Replacement, video: Video) -> bool:
    """When it is ready; earlier where its maker wants that, or where there is nothing better to be seen."""
    asset = replacement.asset
    if asset is None:
        return False
    if asset.state == Asset.State.READY:
        return True
    return asset.is_playable and (replacement.at_once or not video.asset.is_playable)


def _put(video: Video, asset: Asset) -> None:
    """The film is this file. A picture that its maker chose stays; else the file's own follows."""
    changes: dict[str, object] = {"asset": asset, "duration": asset.duration}
    if video.own_poster_id is None and asset.poster:
        changes["poster"] = asset  # one that is still to be made is hung when it is (listeners)
    works.change_work(video, by=None, **changes)


def _carry_texts(replacement: Replacement, video: Video) -> int:
    """A trim moves what is said and the chapters with the picture; those of a description are written down then,
    for its times speak of the former film."""
    former, asset = video.asset, replacement.asset
    if asset is None:
        return 0
    marks = None
    if replacement.is_trim and not former.chapters.exists():
        marks = chapters_of(video)
    # Another file may say something else: what a machine heard in the former one is heard anew (`hear_anew`).
    automatic = replacement.is_trim or not assets.can_hear()
    begins_at = replacement.begins_at or 0.0
    return assets.carry_texts(former, asset, starts_at=begins_at, chapters=marks, automatic=automatic)
