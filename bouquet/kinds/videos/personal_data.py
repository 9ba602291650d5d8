"""What videos hold of a person: what they sent. Taken away as links and words; removed with the account."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bouquet.kinds.videos.actions import remove_video
from bouquet.kinds.videos.imports.actions import forget_imports_of
from bouquet.kinds.videos.models import ImportJob, Replacement, Video
from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import personal_data


def export(person: Person) -> list[dict[str, Any]]:
    videos = Video.objects.filter(author=person).select_related("site", "asset", "channel").order_by("pk")
    return [
        {
            "title": video.title,
            "description": video.summary,
            "address": video.address,
            "file": video.asset.filename,
            "bytes": video.asset.size,
            "seconds": video.duration,
            "visibility": video.visibility,
            "publish_at": video.publish_at.isoformat() if video.publish_at else None,
            "state": video.state,
            "others_may_download": video.may_download,
            "sent_at": video.created_at.isoformat(),
            "published_at": video.published_at.isoformat() if video.published_at else None,
            "views": video.views,
        }
        for video in videos
    ]


def export_imports(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "source": job.source,
            "address": job.address,
            "asked_at": job.created_at.isoformat(),
            "state": job.state,
            "repeats": job.repeat,
            "films": [
                {"title": item.title, "address": item.address, "state": item.state, "reason": item.reason}
                for item in job.items.order_by("pk")
            ],
        }
        for job in ImportJob.objects.filter(person=person).order_by("pk")
    ]


def export_replacements(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "film": each.video.address,
            "state": each.state,
            "reason": each.reason,
            "keeps_from": each.starts_at,
            "keeps_until": each.ends_at,
            "asked_at": each.created_at.isoformat(),
        }
        for each in Replacement.objects.filter(by=person).select_related("video__site").order_by("pk")
    ]


def forget_replacements(person: Person) -> None:
    """Those of their own films go with the films; of others' films only the name goes."""
    Replacement.objects.filter(by=person).update(by=None)


def erase(person: Person) -> None:
    for video in Video.objects.filter(author=person).select_related("asset", "own_poster"):
        remove_video(video, by=None)


personal_data(
    "videos",
    export=export,
    erase=erase,
    models=[Video],
    goes=_("Your videos, with their files, and who watched them how often."),
)

personal_data(
    "video_replacements",
    export=export_replacements,
    erase=forget_replacements,
    models=[Replacement],
    goes=_("Which files of films you replaced or cut."),
)

personal_data(
    "video_imports",
    export=export_imports,
    erase=forget_imports_of,
    models=[ImportJob],
    goes=_("What you imported from elsewhere, and from where."),
)
