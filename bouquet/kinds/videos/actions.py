"""What people do with videos: send, change, choose a picture, publish, remove."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bouquet.kinds.videos.models import Replacement, Video
from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.permissions import old_enough
from bouquet.shared.assets import actions as assets
from bouquet.shared.assets.models import Asset, Upload
from bouquet.shared.network.models import Site
from bouquet.shared.notifications.actions import notify
from bouquet.shared.works import actions as works
from bouquet.shared.works.models import Channel, Lock

__all__ = [
    "PasswordMissing",
    "UploadRefused",
    "add_video",
    "change_video",
    "choose_cover",
    "choose_poster",
    "decide_reply",
    "drop_cover",
    "drop_poster",
    "move_video",
    "publish_when_playable",
    "remove_video",
    "take_whole_file",
]
UploadRefused = assets.UploadRefused
take_whole_file = assets.take_whole_file


class PasswordMissing(ValueError):
    """A film is to ask for a password, and none was said."""


def add_video(
    *,
    person: Person,
    site: Site,
    title: str,
    size: int,
    filename: str,
    description: str = "",
    visibility: str = Video.Visibility.PUBLIC,
    **fields: Any,
) -> tuple[Video, Upload]:
    """A video whose file is still to come, and the upload that will bring it.

    It is a draft that no list shows until it plays. Raises UploadRefused(reason, status) over a limit.
    """
    if not old_enough(person, site):
        words = {"name": site.name, "age": site.minimum_age}
        raise UploadRefused(_("%(name)s is for people of %(age)s and over.") % words, 403)
    with transaction.atomic():
        asset = assets.receive_asset("video", owner=person, filename=filename, size=size, site=site)
        title = works.one_line(title) or title_of_file(asset.filename)
        video = Video.objects.create(
            asset=asset,
            site=site,
            kind="videos",
            author=person,
            channel=works.channel_of(person, site),
            title=title,
            slug=_slug(title),
            summary=works.plain_text(description),
            visibility=visibility,
            listable=False,
            **{"language": site.language} | fields,
        )
    return video, asset.upload


def change_video(
    video: Video,
    *,
    by: Person,
    password: str = "",
    tags: Iterable[str] | None = None,
    also_on: Iterable[Site] | None = None,
    windows: Iterable[works.Window] | None = None,
    **changes: Any,
) -> Video:
    """New title, description, visibility… The address keeps its uid; its words follow the title.

    Raises PasswordMissing where it is to ask for a password and none is known. Whether `by` may publish on the sites
    of `also_on` is asked before.
    """
    changes = {name: works.plain_text(value) if isinstance(value, str) else value for name, value in changes.items()}
    if "title" in changes:
        changes["title"] = works.one_line(changes["title"]) or video.title
        changes["slug"] = _slug(changes["title"])
    if "translations" in changes:
        changes["translations"] = _plain_translations(changes["translations"])
    visibility = changes.get("visibility", video.visibility)
    if password and visibility == Video.Visibility.PASSWORD:
        works.set_password(video, password)  # slow on purpose, and harmless by itself
    elif visibility == Video.Visibility.PASSWORD and not Lock.objects.filter(work_id=video.pk).exists():
        raise PasswordMissing
    with transaction.atomic():
        works.change_work(video, by=by, **changes)
        if visibility != Video.Visibility.PASSWORD:
            works.forget_password(video)
        if tags is not None:
            works.set_tags(video, tags)
        if also_on is not None:
            works.show_also_on(video, also_on)
        if windows is not None:
            works.set_windows(video, windows)
        if "publish_at" in changes and video.listable and video.state in (Video.State.DRAFT, Video.State.SCHEDULED):
            works.publish_work(video, by=by, at=video.publish_at)
    return video


def _plain_translations(given: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    kept = {
        code: {
            name: tidy(texts[name])
            for name, tidy in (("title", works.one_line), ("summary", works.plain_text))
            if texts.get(name)
        }
        for code, texts in given.items()
    }
    return {code: texts for code, texts in kept.items() if texts}


def choose_poster(video: Video, picture: UploadedFile, *, by: Person) -> Asset:
    """The author's own picture: prepared like any other asset, shown once it is (see listeners)."""
    with transaction.atomic():
        former = video.own_poster
        asset = assets.receive_asset(
            "image", owner=by, filename=picture.name or "poster.jpg", size=picture.size or 0, site=video.site
        )
        video.own_poster = asset
        video.save(update_fields=["own_poster", "updated_at"])
    take_whole_file(asset.upload, picture)
    if former is not None:
        assets.remove_asset(former)
    return asset


def choose_cover(channel: Channel, picture: UploadedFile, *, by: Person) -> Asset:
    """A channel's wide picture: prepared like any other asset; until it is, none is shown. Raises UploadRefused."""
    with transaction.atomic():
        former = channel.cover
        asset = assets.receive_asset(
            "image", owner=by, filename=picture.name or "cover.jpg", size=picture.size or 0, site=channel.site
        )
        channel.cover = asset
        channel.save(update_fields=["cover"])
    take_whole_file(asset.upload, picture)
    if former is not None:
        assets.remove_asset(former)
    return asset


def drop_cover(channel: Channel) -> None:
    former = channel.cover
    if former is not None:
        channel.cover = None
        channel.save(update_fields=["cover"])
        assets.remove_asset(former)


def decide_reply(reply: Video, *, show: bool, by: Person) -> None:
    """Whether a film that answers another is shown below that one, as its maker says. Who answered is told of a yes."""
    state = Video.ReplyState.LIVE if show else Video.ReplyState.REFUSED
    if reply.reply_state == state or reply.reply_to is None:
        return
    with transaction.atomic():
        works.change_work(reply, by=by, reply_state=state)
        if show and reply.author is not None and reply.author != by:
            key = f"videos.reply_shown:{reply.pk}"
            notify(reply.author, "videos.reply_shown", url=reply.reply_to.address, key=key, title=reply.title)


def drop_poster(video: Video, *, by: Person) -> None:
    """Back to the picture that was taken from the film."""
    former = video.own_poster
    if former is None:
        return
    picture = video.asset if video.asset.poster else None
    works.change_work(video, by=by, own_poster=None, poster=picture)
    assets.remove_asset(former)


def move_video(video: Video, site: Site, *, by: Person | None) -> None:
    """To another site of the network: its page moves, and its old address leads there."""
    if video.site_id != site.pk:
        with transaction.atomic():
            works.change_work(video, by=by, site=site)
            video.also_on.remove(site)


def publish_when_playable(video: Video) -> None:
    """Called each time the film becomes playable; publishes it the first time, when its author wanted."""
    with transaction.atomic():
        if not video.listable:
            video.listable = True
            video.duration = video.asset.duration
            video.save(update_fields=["listable", "duration", "updated_at"])
        if video.state == Video.State.DRAFT and video.author is not None:
            works.publish_work(video, by=video.author, at=video.publish_at)


def remove_video(video: Video, *, by: Person | None) -> None:
    """Its rows and files, wherever it is on its way: an upload stops with 404, an encode finds nothing to keep."""
    with transaction.atomic():
        named = {video.asset_id, video.own_poster_id}
        for coming, former in Replacement.objects.filter(video=video).values_list("asset_id", "former_id"):
            named |= {coming, former}
        works.remove_work(video, by=by)
        for asset in Asset.objects.filter(pk__in=[pk for pk in named if pk is not None]):
            assets.remove_asset(asset)


def title_of_file(filename: str) -> str:
    """“IMG_2031.MOV” is a poor title, but better than none: words instead of underscores, without the ending."""
    return PurePath(filename).stem.replace("_", " ").strip()[:140] or _("Untitled")


def _slug(title: str) -> str:
    return slugify(title, allow_unicode=True)[:80].strip("-") or "video"
