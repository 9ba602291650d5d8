"""A channel (or an account) of PeerTube, by its public API: docs.joinpeertube.org/api-rest-reference.html."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, make_aware
from django.utils.translation import gettext as _

from bouquet.kinds.videos.imports.entries import Batch, Entry, SourceRefused, line
from bouquet.kinds.videos.imports.models import ImportJob
from bouquet.toolkit.fetch import FetchError, read
from bouquet.toolkit.tasks import heartbeat

PAGE = 20  # films a batch: one question for the list, one to three for each
PUBLIC = 1  # VideoPrivacy
PUBLISHED = 1  # VideoState
HANDLE = re.compile(r"@?(?P<name>[\w.-]{1,80})@(?P<host>[\w.:-]{3,253})", re.ASCII)
PLACES = {"c": "video-channels", "video-channels": "video-channels", "a": "accounts", "accounts": "accounts"}


def entries(job: ImportJob) -> Batch:
    base, shelf, name = whereabouts(job.address)
    start = int(job.place or 0)
    path = f"/api/v1/{shelf}/{quote(name, safe='@')}"
    title = "" if start else line(_ask(base, path).get("displayName"))
    listed = _ask(base, f"{path}/videos?start={start}&count={PAGE}&sort=publishedAt&nsfw=both")
    rows = [row for row in _rows(listed, "data") if isinstance(row.get("uuid"), str)]
    found = []
    for row in rows:
        found.append(_entry(base, row))
        heartbeat()
    total = listed.get("total")
    more = isinstance(total, int) and rows and start + PAGE < total
    return Batch(found, str(start + PAGE) if more else "", title)


def whereabouts(address: str) -> tuple[str, str, str]:
    """("https://films.example", "video-channels", "lake") from a page's address or from lake@films.example."""
    if found := HANDLE.fullmatch(address.strip()):
        return f"https://{found['host']}", "video-channels", found["name"]
    parts = urlsplit(address.strip())
    steps = [step for step in parts.path.split("/") if step]
    if parts.scheme in ("http", "https") and parts.netloc and len(steps) >= 2 and steps[0] in PLACES:
        return f"{parts.scheme}://{parts.netloc}", PLACES[steps[0]], steps[1]
    raise SourceRefused(
        _("Give the address of a PeerTube channel, such as https://films.example/c/lake or lake@films.example.")
    )


def _entry(base: str, row: dict[str, Any]) -> Entry:
    """The list's row says little; the film's own answer says the rest. One that does not answer is refused, not all."""
    uuid = row["uuid"]
    entry = Entry(key=f"peertube:{uuid}", title=line(row.get("name")) or uuid)
    try:
        film = _ask(base, f"/api/v1/videos/{quote(uuid, safe='')}")
        _describe(entry, base, film)
        entry.captions = _captions(base, uuid)
        entry.chapters = _chapters(base, uuid)
    except SourceRefused as refusal:
        entry.refusal = refusal.reason
    return entry


def _describe(entry: Entry, base: str, film: dict[str, Any]) -> None:
    short = film.get("shortUUID") or ""
    uuid = entry.key.partition(":")[2]
    names = [name for name in (short, uuid) if name]
    entry.page = urljoin(base, f"/w/{short or uuid}")
    entry.old = [urljoin(base, f"/{way}/{quote(str(name))}") for name in names for way in ("w", "videos/watch")]
    if isinstance(film.get("id"), int):
        entry.old.append(urljoin(base, f"/videos/watch/{film['id']}"))
    entry.old_embeds = [urljoin(base, f"/videos/embed/{quote(str(name))}") for name in names]
    entry.description = str(film.get("description") or "")[:5000]
    entry.tags = [line(tag) for tag in film.get("tags") or [] if isinstance(tag, str)][:20]
    entry.language = line(_constant(film, "language").get("id"))[:8]
    entry.licence = line(_constant(film, "licence").get("label"))[:80]
    entry.category = line(_constant(film, "category").get("label"))[:80]
    entry.rating = 18 if film.get("nsfw") is True else 0
    entry.duration = film["duration"] if isinstance(film.get("duration"), int | float) else None
    entry.published_at = _moment(film.get("originallyPublishedAt")) or _moment(film.get("publishedAt"))
    if picture := film.get("previewUrl") or film.get("previewPath") or film.get("thumbnailPath"):
        entry.thumbnail = urljoin(base, str(picture))
    _choose_file(entry, base, film)


def _choose_file(entry: Entry, base: str, film: dict[str, Any]) -> None:
    """The largest file with picture and sound in one: HLS of late versions keeps them apart."""
    if film.get("isLive") is True:
        entry.refusal = _("A live broadcast has no file.")
        return
    if _constant(film, "privacy").get("id", PUBLIC) != PUBLIC:
        entry.refusal = _("It is not public at its old place.")
        return
    files = _rows(film, "files")
    for playlist in _rows(film, "streamingPlaylists"):
        files += _rows(playlist, "files")
    whole = [
        each for each in files if each.get("fileUrl") and each.get("hasAudio", True) and each.get("hasVideo", True)
    ]
    if not whole:
        silent = [each for each in files if each.get("fileUrl") and each.get("hasVideo", True)]
        separate = any(each.get("hasAudio") and not each.get("hasVideo", True) for each in files)
        if not silent or separate:
            entry.refusal = _("Its old place offers no file with picture and sound in one.")
            return
        whole = silent  # a film without sound
    best = max(whole, key=_height)
    entry.address = urljoin(base, str(best["fileUrl"]))
    entry.size = best["size"] if isinstance(best.get("size"), int) and best["size"] > 0 else None


def _height(file: dict[str, Any]) -> tuple[int, int]:
    height = _constant(file, "resolution").get("id")
    size = file.get("size")
    return (height if isinstance(height, int) else 0, size if isinstance(size, int) else 0)


def _captions(base: str, uuid: str) -> list[dict[str, str]]:
    rows = _rows(_ask(base, f"/api/v1/videos/{quote(uuid, safe='')}/captions", needed=False), "data")
    found = []
    for row in rows[:50]:
        language, path = _constant(row, "language"), row.get("fileUrl") or row.get("captionPath")
        if path and language.get("id"):
            said = {"language": line(language["id"])[:8], "label": line(language.get("label"))[:80]}
            found.append(said | {"address": urljoin(base, str(path))})
    return found


def _chapters(base: str, uuid: str) -> list[dict[str, Any]]:
    rows = _rows(_ask(base, f"/api/v1/videos/{quote(uuid, safe='')}/chapters", needed=False), "chapters")
    return [
        {"title": line(row.get("title"))[:140], "seconds": row["timecode"]}
        for row in rows[:200]
        if isinstance(row.get("timecode"), int) and row["timecode"] >= 0
    ]


def _ask(base: str, path: str, *, needed: bool = True) -> dict[str, Any]:
    """An object of the API. `needed=False`: an empty one where this version has no such door."""
    try:
        content = read(urljoin(base, path), seconds=30, headers={"Accept": "application/json"})
        answer = json.loads(content.body)
    except FetchError as refusal:
        if not needed and not refusal.passing:
            return {}
        raise SourceRefused(refusal.reason, passing=refusal.passing) from refusal
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        if not needed:
            return {}
        raise SourceRefused(_("What answers at %(host)s is not PeerTube.") % {"host": urlsplit(base).netloc})
    return answer


def _rows(answer: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = answer.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _constant(row: dict[str, Any], name: str) -> dict[str, Any]:
    """{id, label}, as PeerTube says categories, licences, languages."""
    value = row.get(name)
    return value if isinstance(value, dict) else {}


def _moment(text: Any) -> datetime | None:
    try:
        moment = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment is None or is_aware(moment) else make_aware(moment)
