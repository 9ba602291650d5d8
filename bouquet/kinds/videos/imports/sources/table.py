"""A table of addresses: CSV with a line of names on top. The only column that must be there is `url`.

url           the film's address
title, description, language, tags (with | between), licence, credit, category
published_at  2019-04-02 or 2019-04-02T18:30:00+02:00
page          where people found it: its old address, sent on to the new one
guid          its name at the old place; without it, its address
thumbnail     the address of its picture
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_aware, make_aware
from django.utils.translation import gettext as _

from bouquet.kinds.videos.imports.entries import Entry, SourceRefused, line
from bouquet.toolkit.fetch import FetchError
from bouquet.toolkit.fetch.addresses import target_of

LARGEST = 5 * 1024 * 1024
ROWS = 10_000
COLUMNS = (
    "url",
    "title",
    "description",
    "language",
    "tags",
    "licence",
    "credit",
    "category",
    "published_at",
    "page",
    "guid",
    "thumbnail",
)


def read_table(data: bytes) -> list[Entry]:
    """Its films, in the table's order. Raises SourceRefused where it is no such table."""
    if len(data) > LARGEST:
        raise SourceRefused(_("This table is too large: at most 5 MB are read."))
    if b"\x00" in data:
        raise SourceRefused(_("This is not a CSV file."))
    text = _decoded(data)
    top = text.split("\n", 1)[0]
    mark = max(",;\t", key=top.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, restkey="more", restval="")
    try:
        names = {line(name).lower(): name for name in rows.fieldnames or []}
        if "url" not in names:
            raise SourceRefused(_("The first line must name the columns; “url” is not among them."))
        return _entries(rows, names)
    except csv.Error as error:
        raise SourceRefused(_("This table cannot be read: %(error)s.") % {"error": error}) from None


def _entries(rows: csv.DictReader[str], names: dict[str, str]) -> list[Entry]:
    found: list[Entry] = []
    for row in rows:
        said = {name: (row.get(names[name]) or "").strip() for name in COLUMNS if name in names}
        if not any(said.values()):
            continue
        if len(found) == ROWS:
            raise SourceRefused(_("This table is too long: at most %(rows)s lines are read.") % {"rows": ROWS})
        found.append(_entry(said, number=len(found) + 2))
    if not found:
        raise SourceRefused(_("There is no line in this table."))
    return found


def _entry(said: dict[str, str], *, number: int) -> Entry:
    address = said["url"]
    name = said.get("guid") or address or f"line {number}"
    entry = Entry(
        key=f"csv:{name}",
        title=said.get("title") or line(address.split("?")[0].rstrip("/").rpartition("/")[2]) or name,
        address=address,
        published_at=_moment(said.get("published_at", "")),
        description=said.get("description", ""),
        language=line(said.get("language"))[:8],
        licence=line(said.get("licence"))[:80],
        credit=line(said.get("credit"))[:300],
        category=line(said.get("category"))[:80],
        tags=[line(tag)[:50] for tag in said.get("tags", "").split("|") if tag.strip()][:20],
        thumbnail=said.get("thumbnail", "")[:2000],
    )
    page = said.get("page", "")
    if page.startswith(("http://", "https://")) and len(page) < 2000:
        entry.page, entry.old = page, [page]
    try:
        target_of(address)
    except FetchError as refusal:
        entry.refusal = refusal.reason
    return entry


def _decoded(data: bytes) -> str:
    """UTF-8, or what a spreadsheet of Western Europe writes."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _moment(text: str) -> datetime | None:
    try:
        if len(text) > 10 and (moment := parse_datetime(text)):
            return moment if is_aware(moment) else make_aware(moment)
        day = parse_date(text)  # a day alone is its noon: the same day in most places
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None
