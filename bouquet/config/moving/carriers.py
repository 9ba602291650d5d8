"""Pictures, works and pages by names that hold in another installation (see fronts/carrying.py)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from bouquet.shared.fronts.carrying import clean_text
from bouquet.shared.network.models import Picture, Site
from bouquet.shared.works.models import Work
from bouquet.toolkit.ids import short_id
from bouquet.toolkit.parcel import ParcelReader, ParcelWriter
from bouquet.toolkit.pictures import PictureRefused, check_picture

WORDS = ("title", "description", "credit", "licence")
POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".heic"}


class Outward:
    """Writes each picture into the parcel the first time that something names it."""

    def __init__(self, parcel: ParcelWriter, pages: dict[int, str], *, with_readers: bool = False) -> None:
        self.parcel, self.pages, self.with_readers = parcel, pages, with_readers
        self.pictures: dict[int, str | None] = {}
        self.works: dict[int, str] = {}
        self.facts: dict[str, dict[str, Any]] = {}
        self.missing: list[str] = []  # pictures whose file is not there
        self.left: list[str] = []  # what stays behind: sentences, for both sides

    def picture(self, value: Any) -> str | None:
        key = int(value)
        if key not in self.pictures:
            picture = Picture.objects.filter(pk=key).first()
            self.pictures[key] = self._put(picture) if picture is not None else None
        return self.pictures[key]

    def work(self, value: Any) -> str | None:
        key = int(value)
        if key not in self.works:
            self.works[key] = Work.objects.filter(pk=key).values_list("uid", flat=True).first() or ""
        return self.works[key] or None

    def page(self, value: Any) -> str | None:
        return self.pages.get(int(value)) if str(value).isdigit() else None

    def text(self, html: str) -> str:
        return html

    def _put(self, picture: Picture) -> str | None:
        said = {name: getattr(picture, name) for name in (*WORDS, *POINT)}
        ending = PurePath(picture.file.name).suffix.lower()
        try:
            file = picture.file.open("rb")
            print_of_it = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            self.missing.append(picture.title)
            return None
        with file:  # what goes wrong from here on is the parcel's own disk
            words = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
            name = f"pictures/{print_of_it[:24]}-{words[:8]}{ending if ending in ENDINGS else '.bin'}"
            file.seek(0)
            self.parcel.put_file(name, file)
        self.facts[name] = said
        return name


class Inward:
    """Makes each picture the first time that something names it. What comes later in the parcel sets `lacking`."""

    def __init__(self, parcel: ParcelReader, site: Site, *, with_readers: bool = False) -> None:
        self.parcel, self.site, self.with_readers = parcel, site, with_readers
        self.facts = parcel.get("pictures.json", {})
        self.pages: dict[Any, int] = {}
        self.uids: dict[str, str] = {}  # of the works that came, where they had to take another
        self.lacking = False
        self.made: dict[str, int | None] = {}
        self.undo: list[Callable[[], Any]] = []  # how files that were written go again, where the import fails
        self.notes: list[str] = []
        self.absent: set[str] = set()  # works that something names and that are not here (yet)

    def picture(self, value: Any) -> int | None:
        name = str(value)
        if name not in self.made:
            self.made[name] = self._make(name)
        return self.made[name]

    def work(self, value: Any) -> int | None:
        uid = self.uids.get(str(value), str(value))[:16]
        key = Work.objects.filter(uid=uid).values_list("pk", flat=True).first()
        if key is None:
            self.lacking = True
            self.absent.add(uid)
        return key

    def page(self, value: Any) -> int | None:
        key = self.pages.get(value) if isinstance(value, str) else None
        self.lacking = self.lacking or key is None
        return key

    def text(self, html: str) -> str:
        return clean_text(html)

    def _make(self, name: str) -> int | None:
        said = self.facts.get(name) if isinstance(self.facts, dict) else None
        if not name.startswith("pictures/") or not isinstance(said, dict) or PurePath(name).suffix not in ENDINGS:
            self.notes.append(_("The picture %(name)s is not in the parcel.") % {"name": name[:80]})
            return None
        body = self.parcel.body(name)
        try:
            check_picture(BytesIO(body), len(body))
        except PictureRefused as refused:
            self.notes.append(
                _("The picture “%(title)s” stays behind: %(reason)s")
                % {"title": str(said.get("title") or name)[:80], "reason": refused}
            )
            return None
        picture = Picture(collection=self.site.collection) if self.site.collection else Picture()
        for field in WORDS:
            longest = Picture._meta.get_field(field).max_length
            setattr(picture, field, str(said.get(field) or "")[:longest])
        for field in POINT:
            value = said.get(field)
            setattr(picture, field, value if isinstance(value, int) and 0 <= value < 100_000 else None)
        own = f"{PurePath(name).stem}-{short_id()[:6].lower()}{PurePath(name).suffix}"  # free: it is known beforehand
        place, storage = picture.file.field.generate_filename(picture, own), picture.file.storage
        self.undo.append(lambda: storage.delete(place))  # also what a full disk let be written of it
        picture.file = ContentFile(body, name=own)
        picture.save()
        return picture.pk
