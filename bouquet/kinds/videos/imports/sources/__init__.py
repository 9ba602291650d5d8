"""How others tell of their films: each source is a module with `entries(job) -> Batch`, asked while it says where next.

A new source is a file here and a line in SOURCES.
"""

from __future__ import annotations

from collections.abc import Callable

from bouquet.kinds.videos.imports.entries import Batch
from bouquet.kinds.videos.imports.models import ImportJob
from bouquet.kinds.videos.imports.sources import feed, folder, peertube

SOURCES: dict[str, Callable[[ImportJob], Batch]] = {
    ImportJob.Source.PEERTUBE: peertube.entries,
    ImportJob.Source.FEED: feed.entries,
    ImportJob.Source.FOLDER: folder.entries,
}
