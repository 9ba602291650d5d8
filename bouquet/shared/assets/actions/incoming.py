"""Files that come in a plain form: streamed to the disk where uploads live, so that keeping one copies no byte."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from bouquet.shared.assets.actions.files import upload_finished
from bouquet.shared.assets.models import Upload


class FilmHandler(FileUploadHandler):
    """Use it before anything reads `request.POST`: `request.upload_handlers = [FilmHandler(request)]`."""

    chunk_size = 256 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        folder = Path(settings.UPLOADS_ROOT) / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        self.file = tempfile.NamedTemporaryFile(dir=folder, suffix=".film")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        return UploadedFile(self.file, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


def expect_film(request: HttpRequest) -> None:
    request.upload_handlers = [FilmHandler(request)]


def take_whole_file(upload: Upload, file: UploadedFile) -> None:
    """A file that came with a plain form: put where a resumed upload would have put it, then treated the same."""
    keep_file(file, upload.part_path)
    upload_finished(upload)


def keep_file(file: UploadedFile, path: Path) -> None:
    """A second name for the same bytes where the disk allows it; a copy otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    source = getattr(file.file, "name", None)
    file.flush()
    try:
        if not isinstance(source, str):
            raise OSError("this file lies in memory")
        os.link(source, path)
    except OSError:
        file.seek(0)
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy, 1024 * 1024)
    with path.open("rb") as kept:
        os.fsync(kept.fileno())
