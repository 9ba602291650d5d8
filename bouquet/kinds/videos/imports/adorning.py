"""What comes with a film: its picture. Where that cannot be had, the film's own does, and the report says why."""

from __future__ import annotations

import io
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from bouquet.kinds.videos.actions import UploadRefused, choose_poster
from bouquet.kinds.videos.forms import PICTURE_BYTES, PosterForm
from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.kinds.videos.models import Video
from bouquet.toolkit.fetch import FetchError, read


def adorn(item: ImportItem) -> None:
    """Once: a poster that is there already stays."""
    item.reason = ""
    video = Video.objects.select_related("asset", "site", "own_poster").get(pk=item.came_as)
    if item.fact("thumbnail") and video.own_poster is None:
        _hang_picture(item, video)


def _hang_picture(item: ImportItem, video: Video) -> None:
    address = item.fact("thumbnail")
    try:
        data = _bytes_of(item, address)
        name = PurePath(urlsplit(address).path).name or "poster"
        picture = UploadedFile(io.BytesIO(data), name, size=len(data))
        form = PosterForm({}, MultiValueDict({"picture": [picture]}))
        if form.is_valid():
            choose_poster(video, form.cleaned_data["picture"], by=item.job.person)
            return
        why = " ".join(str(error) for error in form.errors.get("picture", []))
    except (FetchError, UploadRefused) as refusal:
        why = refusal.reason
    except OSError as error:
        why = str(error.strerror)
    item.reason = _("The film is here; its picture is not: %(why)s") % {"why": why}


def _bytes_of(item: ImportItem, address: str) -> bytes:
    if item.job.source == ImportJob.Source.FOLDER:
        with Path(address).open("rb") as file:
            return file.read(PICTURE_BYTES + 1)
    return read(address, at_most=PICTURE_BYTES, seconds=30).body
