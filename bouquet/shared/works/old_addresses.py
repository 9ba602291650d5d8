"""The old places lead to the new ones: kept for each work that came, answered with 301, exported for the old server."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from django.urls import reverse

from bouquet.shared.network.kinds import kind_named
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import OldAddress, Work
from bouquet.shared.works.viewer import Viewer


def keep_addresses(work_id: int, claimed: Iterable[tuple[str, bool]]) -> None:
    """(address, whether it was the bare player). Twice is once; what another work has already stays its own.

    Who may claim a place is asked before.
    """
    keep_addresses_of([(work_id, claimed)])


def keep_addresses_of(works: Iterable[tuple[int, Iterable[tuple[str, bool]]]]) -> None:
    """The same for many works in one INSERT."""
    parted = [(work, *parts_of(address), embed) for work, claimed in works for address, embed in claimed]
    rows = [OldAddress(host=host, path=path, work_id=work, embed=embed) for work, host, path, embed in parted if host]
    OldAddress.objects.bulk_create(rows, ignore_conflicts=True)


def parts_of(address: str) -> tuple[str, str]:
    """(host, path with its query), as they are compared: small letters, no slash at the end. ("", "") if it is none."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return "", ""
    path = plain_path(parts.path + (f"?{parts.query}" if parts.query else ""))
    return (host, path) if host and path and len(path) <= 500 and len(host) <= 120 else ("", "")


def plain_path(path: str) -> str:
    """ "/w/abc/?x=1" and "/w/abc?x=1" are one place; the front page is none."""
    path, mark, query = path.partition("?")
    path = path.rstrip("/")
    return f"{path or '/'}{mark}{query}" if query else path


def new_address(host: str, path: str, site: Site | None, viewer: Viewer) -> str:
    """Where that place went, for this viewer; "" where it is unknown or they may not open it."""
    plain = plain_path(path)
    wanted = {plain, plain.partition("?")[0]} - {""}
    if not wanted or len(plain) > 500:
        return ""
    found = list(OldAddress.objects.filter(path__in=wanted).select_related("work__site")[:20])
    found = [each for each in found if each.host == host] or [
        each for each in found if site is not None and each.work.site_id == site.pk
    ]
    if not found:
        return ""
    best = max(found, key=lambda each: len(each.path))
    if not Work.objects.filter(pk=best.work_id).reachable_by(viewer).exists():
        return ""
    return where_it_is_now(best)


def where_it_is_now(old: OldAddress) -> str:
    kind = kind_named(old.work.kind)
    if old.embed and kind and kind.embed:
        return f"{old.work.site.url}{reverse(kind.embed, args=[old.work.uid])}"
    return old.work.address


def as_csv(rows: Iterable[OldAddress]) -> Iterator[str]:
    """old,new — for whoever redirects by other means."""
    writer = csv.writer(_Line())
    yield writer.writerow(["old", "new"])  # type: ignore[misc]
    for row in rows:
        yield writer.writerow([f"https://{row.host}{row.path}", where_it_is_now(row)])  # type: ignore[misc]


def as_nginx(rows: Iterable[OldAddress]) -> Iterator[str]:
    """A map for the nginx of the old host; docs/flows/import.md shows the three lines that use it."""
    yield "# In http { }: then, in the old server { }:  if ($moved_to) { return 301 $moved_to; }\n"
    yield 'map_hash_bucket_size 512;\nmap $host$request_uri $moved_to {\n    default "";\n'
    for row in rows:
        yield f"    {_quoted(row.host + row.path)} {_quoted(where_it_is_now(row))};\n"
    yield "}\n"


class _Line:
    """Gives each line back instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def _quoted(text: str) -> str:
    """A string of nginx: no end of it, no variable, no line can be smuggled in."""
    text = "".join(each for each in text if each >= " " and each != "\x7f")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "%24").replace("~", "%7E") + '"'
