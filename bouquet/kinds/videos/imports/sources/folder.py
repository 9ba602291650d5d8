"""A folder on the server, for the operator: every film below it, with what lies beside it under the same name.

2019-04-02 Spring at the lake.mp4     the film; a date at the beginning is its date
2019-04-02 Spring at the lake.jpg     its picture (jpg, png, webp)
2019-04-02 Spring at the lake.txt     its description
2019-04-02 Spring at the lake.fr.vtt  captions, by language: noted among its facts, not kept
2019-04-02 Spring at the lake.info.json   what yt-dlp wrote beside it
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from bouquet.kinds.videos.imports.entries import Batch, Entry, SourceRefused, line
from bouquet.kinds.videos.imports.models import ImportJob
from bouquet.kinds.videos.imports.sources.feed import FILM_ENDINGS

DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[ _-]+(.+)")
CAPTIONS = re.compile(r"\.([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)\.vtt")
NOTE_BYTES = 2 * 1024 * 1024


def entries(job: ImportJob) -> Batch:
    root = Path(job.address)
    if not root.is_dir():
        raise SourceRefused(_("There is no folder “%(path)s” on the server.") % {"path": root})
    return Batch([_entry(path, root) for path in _films(root)], "", root.name)


def _films(root: Path) -> Iterator[Path]:
    """In the order of their names. Links are not followed: they could lead anywhere."""
    for path in sorted(root.rglob("*")):
        hidden = any(step.startswith(".") for step in path.relative_to(root).parts)
        if path.suffix.lower() in FILM_ENDINGS and not hidden and path.is_file() and not _is_linked(path, root):
            yield path


def _is_linked(path: Path, root: Path) -> bool:
    return path.is_symlink() or not path.resolve().is_relative_to(root.resolve())


def _entry(path: Path, root: Path) -> Entry:
    size = path.stat().st_size
    dated = DATED.fullmatch(path.stem)
    entry = Entry(
        key=f"folder:{path.resolve()}:{size}",
        title=line((dated[2] if dated else path.stem).replace("_", " ")),
        address=str(path),
        filename=path.name,
        published_at=_day(dated[1]) if dated else datetime.fromtimestamp(path.stat().st_mtime, UTC),
        size=size,
    )
    if size == 0:
        entry.refusal = _("This file is empty.")
    _read_neighbours(entry, path, root)
    return entry


def _read_neighbours(entry: Entry, path: Path, root: Path) -> None:
    beside = {each.name[len(path.stem) :]: each for each in path.parent.glob(_literally(path.stem) + ".*")}
    beside = {ending: each for ending, each in beside.items() if each.is_file() and not _is_linked(each, root)}
    for ending, each in sorted(beside.items()):
        if found := CAPTIONS.fullmatch(ending):
            entry.captions.append({"language": found[1], "label": "", "address": str(each)})
    entry.thumbnail = next((str(beside[end]) for end in (".jpg", ".jpeg", ".png", ".webp") if end in beside), "")
    if ".txt" in beside:
        entry.description = beside[".txt"].read_bytes()[:20_000].decode("utf-8", "replace").strip()[:5000]
    if ".info.json" in beside and beside[".info.json"].stat().st_size <= NOTE_BYTES:
        _read_note(entry, beside[".info.json"])


def _read_note(entry: Entry, note: Path) -> None:
    try:
        said: Any = json.loads(note.read_bytes())
    except (ValueError, RecursionError):
        return
    if not isinstance(said, dict):
        return
    entry.title = line(said.get("title"))[:140] or entry.title
    entry.description = line_breaks(said.get("description")) or entry.description
    entry.tags = [line(tag) for tag in said.get("tags") or [] if isinstance(tag, str)][:20]
    entry.language = line(said.get("language"))[:8]
    entry.licence = line(said.get("license"))[:80]
    day = str(said.get("upload_date") or "")
    entry.published_at = _day(f"{day[:4]}-{day[4:6]}-{day[6:8]}") or entry.published_at
    page = said.get("webpage_url")
    if isinstance(page, str) and page.startswith(("http://", "https://")) and len(page) < 2000:
        entry.page, entry.old = page, [page]


def line_breaks(text: Any) -> str:
    return text.strip()[:5000] if isinstance(text, str) else ""


def _day(text: str) -> datetime | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None


def _literally(text: str) -> str:
    """For glob: these characters and no pattern."""
    return re.sub(r"([*?[])", r"[\1]", text)
