"""What videos do when their file gets somewhere."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from bouquet.kinds.videos.actions import publish_when_playable
from bouquet.kinds.videos.imports import tasks as imports  # read here so that every worker knows their schedule
from bouquet.kinds.videos.models import Replacement, Video
from bouquet.kinds.videos.replacing import tasks as replacing
from bouquet.kinds.videos.replacing.changing import change_over, hear_anew, note_failure
from bouquet.shared.assets.events import AssetFailed, AssetPlayable, AssetReady, CaptionsChanged, PosterMade
from bouquet.shared.assets.models import Asset
from bouquet.shared.notifications.actions import notify
from bouquet.shared.works import actions as works
from bouquet.shared.works.events import WorkPublished
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.events import on

__all__ = ["imports", "replacing"]
ALREADY_TOLD = timedelta(minutes=2)  # a film that is ready this soon after it could be watched is told of once


@on(AssetPlayable, lane="first")  # others are to see it as soon as its author does
def show_it(event: AssetPlayable) -> None:
    video = _of(event.asset_id)
    if video is None:
        return
    publish_when_playable(video)
    if video.author and not _came_with_import(video) and not _took_a_place(video):
        notify(
            video.author, "videos.playable", url=video.address, key=f"videos.playable:{video.uid}", title=video.title
        )


@on(AssetPlayable, lane="first")
def change_over_as_soon_as_it_plays(event: AssetPlayable) -> None:
    """A film whose maker did not want to wait, or that shows nothing yet."""
    _change_over(event.asset_id)


@on(AssetReady, lane="first")
def change_over_when_it_is_ready(event: AssetReady) -> None:
    _change_over(event.asset_id)
    if asset := Asset.objects.filter(pk=event.asset_id).first():
        hear_anew(asset)


@on(AssetFailed)
def keep_the_film_as_it_is(event: AssetFailed) -> None:
    asset = Asset.objects.filter(pk=event.asset_id).first()
    ended = note_failure(asset) if asset else None
    if ended and ended.by:
        video = ended.video
        key = f"videos.not_replaced:{ended.uid}"
        notify(ended.by, "videos.not_replaced", url=_page_of(video), key=key, title=video.title, reason=ended.reason)


@on(AssetReady)
def tell_that_it_is_ready(event: AssetReady) -> None:
    video = _of(event.asset_id)
    if video is None:
        return
    publish_when_playable(video)  # in case it became playable and ready at one stroke
    asset = video.asset
    soon = asset.playable_at and asset.ready_at and asset.ready_at - asset.playable_at <= ALREADY_TOLD
    if video.author and not soon and not _came_with_import(video) and not _took_a_place(video):
        notify(video.author, "videos.ready", url=video.address, key=f"videos.ready:{video.uid}", title=video.title)


@on(AssetFailed)
def tell_why(event: AssetFailed) -> None:
    video = _of(event.asset_id)
    if video is not None and video.author:
        key = f"videos.failed:{video.uid}"
        reason = video.asset.reason
        notify(video.author, "videos.failed", url=video.address, key=key, title=video.title, reason=reason)


@on(PosterMade, lane="first")
def hang_the_picture(event: PosterMade) -> None:
    """The film's own picture, unless its author chose one; then that one."""
    with transaction.atomic():
        for video in Video.objects.filter(asset_id=event.asset_id, own_poster=None).select_related("asset"):
            works.change_work(video, by=None, poster=video.asset)
        for video in Video.objects.filter(own_poster_id=event.asset_id).select_related("own_poster"):
            works.change_work(video, by=None, poster=video.own_poster)


@on(WorkPublished)
def tell_who_is_answered(event: WorkPublished) -> None:
    """That a film answers theirs, once others can see it."""
    reply = (
        Video.objects.filter(pk=event.work_id).select_related("author", "reply_to__author", "reply_to__site").first()
    )
    original = reply.reply_to if reply is not None else None
    if reply is None or original is None or original.author is None or original.author_id == reply.author_id:
        return
    maker = Viewer.for_person(original.author, territory=original.author.territory)
    if not Video.objects.visible_to(maker).filter(pk=reply.pk).exists():
        return
    held = reply.reply_state == Video.ReplyState.HELD
    path = reverse("videos:replies", args=[original.uid])
    notify(
        original.author,
        "videos.reply_waits" if held else "videos.replied",
        url=f"{original.site.url}{path}" if held else reply.address,
        key=f"videos.replied:{reply.pk}",
        name=reply.author.name if reply.author else "",
        title=original.title,
    )


@on(CaptionsChanged)
def say_that_its_words_changed(event: CaptionsChanged) -> None:
    """For search, which hears of works and knows of no captions."""
    for video in Video.objects.filter(asset_id=event.asset_id):
        works.change_work(video, by=None)


def _change_over(asset_id: int) -> None:
    asset = Asset.objects.filter(pk=asset_id).first()
    ended = change_over(asset) if asset else None
    if ended is None:
        return
    video = Video.objects.select_related("asset", "author", "site").get(pk=ended.video_id)
    publish_when_playable(video)  # where its first file had never played
    if ended.by:
        key = f"videos.replaced:{ended.uid}"
        notify(ended.by, "videos.replaced", url=_page_of(video), key=key, title=video.title)


def _page_of(video: Video) -> str:
    """Where its maker reads what became of it, and may go back."""
    return video.site.url + reverse("videos:replacement", args=[video.uid])


def _took_a_place(video: Video) -> bool:
    """Its maker is told of the change instead."""
    return Replacement.objects.filter(asset_id=video.asset_id).exists()


def _came_with_import(video: Video) -> bool:
    """Hundreds of films at once: the import's own notice and report tell of them."""
    return video.imported_as.exists()


def _of(asset_id: int) -> Video | None:
    """The video of an asset; None where it has been removed meanwhile, or the asset is another kind's."""
    return (
        Video.objects.filter(asset_id=asset_id, asset__kind=Asset.Kind.VIDEO)
        .select_related("asset", "author", "site")
        .first()
    )
