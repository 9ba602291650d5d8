"""What an import did, in numbers and line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.toolkit.sheets import sheet_lines

State = ImportItem.State


@dataclass(frozen=True)
class Numbers:
    """Films and bytes of an import, by state. One query."""

    films: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    unknown: int = 0  # films that wait and whose size nobody says
    got: int = 0  # bytes of what is being fetched
    of: int = 0

    def count(self, state: str) -> int:
        return self.films.get(state, 0)

    @property
    def all(self) -> int:
        return sum(self.films.values())

    @property
    def to_come(self) -> int:
        return self.count(State.WAITING) + self.count(State.FETCHING)

    @property
    def to_come_bytes(self) -> int:
        return self.sizes.get(State.WAITING, 0) + self.sizes.get(State.FETCHING, 0)

    @property
    def tried(self) -> int:
        return self.count(State.DONE) + self.count(State.FAILED)

    @property
    def done(self) -> int:
        return self.count(State.DONE)

    @property
    def done_bytes(self) -> int:
        return self.sizes.get(State.DONE, 0)

    @property
    def failed(self) -> int:
        return self.count(State.FAILED)

    @property
    def refused(self) -> int:
        return self.count(State.REFUSED)

    @property
    def known(self) -> int:
        return self.count(State.KNOWN)

    @property
    def left_out(self) -> int:
        return self.count(State.LEFT_OUT)

    @property
    def share(self) -> float:
        """0 to 1 of the films to be taken, with the part of those that are coming."""
        whole = self.tried + self.to_come
        coming = self.count(State.FETCHING) * (self.got / self.of if self.of else 0.0)
        return (self.tried + coming) / whole if whole else 1.0


def numbers_of(job: ImportJob) -> Numbers:
    return numbers_of_all([job])[job.pk]


def numbers_of_all(jobs: list[ImportJob]) -> dict[int, Numbers]:
    """For a list of imports, in one query."""
    rows = (
        ImportItem.objects.filter(job__in=jobs)
        .values("job", "state")
        .order_by()
        .annotate(films=Count("pk"), bytes=Sum("size"), here=Sum("got"), unknown=Count("pk", filter=Q(size=None)))
    )
    kept: dict[int, dict[str, Any]] = {job.pk: {"films": {}, "sizes": {}} for job in jobs}
    for row in rows:
        mine = kept[row["job"]]
        mine["films"][row["state"]] = row["films"]
        mine["sizes"][row["state"]] = row["bytes"] or 0
        if row["state"] == State.WAITING:
            mine["unknown"] = row["unknown"]
        if row["state"] == State.FETCHING:
            mine["got"], mine["of"] = row["here"] or 0, row["bytes"] or 0
    return {pk: Numbers(**values) for pk, values in kept.items()}


def report_lines(job: ImportJob) -> Iterator[str]:
    """The whole report as CSV, a line at a time."""
    head = [_("title"), _("state"), _("reason"), _("published"), _("bytes"), _("from"), _("old page"), _("new page")]
    items = job.items.select_related("video__site").order_by("pk")
    return sheet_lines(head, (_cells(item) for item in items.iterator(chunk_size=500)))


def _cells(item: ImportItem) -> list[Any]:
    published = item.published_at.isoformat() if item.published_at else ""
    return [
        item.title,
        item.get_state_display(),
        item.reason,
        published,
        item.size,
        item.address,
        item.fact("page"),
        item.video.address if item.video else "",
    ]
