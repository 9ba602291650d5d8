"""An old WordPress on this machine, and imports that run without a worker."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bouquet.kinds.articles.models import ArticleImport
from bouquet.kinds.articles.moving import tasks
from bouquet.kinds.articles.moving.actions import add_import, start_import
from bouquet.kinds.articles.tests.make import make_newsroom
from bouquet.shared.network.models import Site
from bouquet.toolkit.fetch.tests.conftest import world  # noqa: F401


@pytest.fixture(autouse=True)
def _own_disk(settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def site(db: None) -> Site:
    return make_newsroom()


@pytest.fixture
def photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (64, 64), "#345678").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def bring(site: Site) -> Callable[..., ArticleImport]:
    """An import of `text`, looked at; taken with `start=True`."""

    def make(source: str, text: str | bytes, *, start: bool = True, **changes: Any) -> ArticleImport:
        body = text.encode() if isinstance(text, str) else text
        job = add_import(site=site, source=source, file=BytesIO(body), address="old.xml", **changes)
        run(job, start=start)
        return job

    return make


def run(job: ArticleImport, *, start: bool = True) -> None:
    tasks.look_at_articles.func(job.pk)
    job.refresh_from_db()
    if start and job.may_start:
        start_import(job)
        tasks.take_articles.func(job.pk)
        job.refresh_from_db()
