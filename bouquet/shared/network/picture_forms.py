"""A picture that comes to the editors' desk, by whichever form: without a word about who took it where.

What a phone sends as HEIC is kept as a JPEG: every browser and every editor's program opens it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from wagtail.images.forms import BaseImageForm

from bouquet.toolkit.pictures import PictureRefused, check_picture, clean_file


class CleanPictureForm(BaseImageForm):  # type: ignore[misc]
    """WAGTAILIMAGES_IMAGE_FORM_BASE: one file, several at once, or chosen inside an article."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail counts the points itself and falls over a bomb: the house's look stands in that place.
        field: Any = self.fields.get("file")  # of several pictures at once the words come in a second form
        if field is not None:
            field.check_image_pixel_size = _look_at

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file  # what is there already
        try:
            return _cleaned(file)
        except PictureRefused as refused:
            raise ValidationError(str(refused)) from None

    def save(self, commit: bool = True) -> Any:
        """A new picture and its line in the index of the desk's search come at once.

        Wagtail writes that line here, and asks a task for it too: a worker that saw the picture before the line was
        written has written it already, and the second of the two ends with an error.
        """
        if not commit or self.instance.pk:
            return super().save(commit)  # its line is there; and a file that was replaced does not come back
        with transaction.atomic():
            return super().save()


def _look_at(file: UploadedFile) -> None:
    try:
        check_picture(file, file.size)
    except PictureRefused as refused:
        raise ValidationError(str(refused)) from None


def _cleaned(file: UploadedFile) -> UploadedFile:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "source", Path(folder) / "cleaned"
        with source.open("wb") as copy:
            copy.writelines(file.chunks())
        ending = clean_file(source, target)
        name = PurePath(file.name or "picture").stem or "picture"
        return SimpleUploadedFile(f"{name}{ending}", target.read_bytes(), f"image/{ending[1:].replace('jpg', 'jpeg')}")
