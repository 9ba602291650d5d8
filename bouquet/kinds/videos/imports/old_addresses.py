"""The old places lead to the new ones: kept for each film that came, answered with 301, exported for the old server."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet

from bouquet.kinds.videos.imports.models import ImportItem, ImportJob, OldAddress
from bouquet.kinds.videos.models import Video
from bouquet.shared.network.models import HostAlias, Site
from bouquet.shared.network.permissions import can_edit_site
from bouquet.shared.works.permissions import Viewer


def keep_old_addresses(item: ImportItem) -> None:
    """Twice is once. Who claims a place must have shown that they come from there; editors may claim any."""
    claimed = [(address, False) for address in item.fact("old", [])]
    claimed += [(address, True) for address in item.fact("old_embeds", [])]
    rows = []
    for address, embed in claimed:
        host, path = parts_of(address)
        if host and path and _may_claim(item, host):
            rows.append(OldAddress(host=host, path=path, video_id=item.came_as, embed=embed))
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
    found = list(OldAddress.objects.filter(path__in=wanted).select_related("video__site")[:20])
    found = [each for each in found if each.host == host] or [
        each for each in found if site is not None and each.video.site_id == site.pk
    ]
    if not found:
        return ""
    best = max(found, key=lambda each: len(each.path))
    if not Video.objects.filter(pk=best.video_id).reachable_by(viewer).exists():
        return ""
    return target_of(best)


def target_of(old: OldAddress) -> str:
    return f"{old.video.site.url}/embed/{old.video.uid}" if old.embed else old.video.address


def addresses_of(job: ImportJob | None = None) -> QuerySet[OldAddress]:
    """Of one import, or of the whole network, in the order of their old names."""
    rows = OldAddress.objects.select_related("video__site").order_by("host", "path")
    return rows.filter(video__imported_as__job=job).distinct() if job else rows


def as_csv(rows: Iterable[OldAddress]) -> Iterator[str]:
    """old,new — for whoever redirects by other means."""
    writer = csv.writer(_Line())
    yield writer.writerow(["old", "new"])  # type: ignore[misc]
    for row in rows:
        yield writer.writerow([f"https://{row.host}{row.path}", target_of(row)])  # type: ignore[misc]


def as_nginx(rows: Iterable[OldAddress]) -> Iterator[str]:
    """A map for the nginx of the old host; docs/flows/import.md shows the three lines that use it."""
    yield "# In http { }: then, in the old server { }:  if ($moved_to) { return 301 $moved_to; }\n"
    yield 'map_hash_bucket_size 512;\nmap $host$request_uri $moved_to {\n    default "";\n'
    for row in rows:
        yield f"    {_quoted(row.host + row.path)} {_quoted(target_of(row))};\n"
    yield "}\n"


class _Line:
    """Gives each line back instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def _quoted(text: str) -> str:
    """A string of nginx: no end of it, no variable, no line can be smuggled in."""
    text = "".join(each for each in text if each >= " " and each != "\x7f")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "%24").replace("~", "%7E") + '"'


def _may_claim(item: ImportItem, host: str) -> bool:
    ours = Site.objects.filter(host=host).exists() or HostAlias.objects.filter(host=host).exists()
    if item.job.person.is_staff or can_edit_site(item.job.person, item.job.site):
        return True
    sources = {_bare(each) for each in (item.address, item.job.address)}
    return not ours and host.removeprefix("www.") in sources


def _bare(address: str) -> str:
    return parts_of(address)[0].removeprefix("www.") or address.rpartition("@")[2].lower()


__all__: list[Any] = [
    "addresses_of",
    "as_csv",
    "as_nginx",
    "keep_old_addresses",
    "new_address",
    "parts_of",
    "plain_path",
    "target_of",
]
