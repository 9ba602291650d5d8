"""What lies where, what is due, and whether the store holds what the rows say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.db.models import Count, QuerySet, Sum

from bouquet.shared.assets.models import Asset, Rendition
from bouquet.shared.assets.store.bucket import Bucket
from bouquet.shared.assets.store.keys import STREAMS, files_of, original_key
from bouquet.shared.assets.store.moving import due


@dataclass(frozen=True)
class Holding:
    """So many films (and pictures), their streams and originals in bytes."""

    films: int
    bytes: int

    @classmethod
    def of(cls, assets: QuerySet[Asset], *, originals: QuerySet[Asset]) -> Self:
        streams = Rendition.objects.filter(asset__in=assets.values("pk")).aggregate(bytes=Sum("size"))["bytes"]
        kept = originals.exclude(source="").aggregate(bytes=Sum("size"))["bytes"]
        return cls(assets.aggregate(films=Count("pk"))["films"], (streams or 0) + (kept or 0))


@dataclass(frozen=True)
class StoreReport:
    here: Holding
    there: Holding
    due: Holding


def report_of(hours: int) -> StoreReport:
    """`hours`: after a film is ready; below 0 none is due by itself. Nine queries."""
    ready = Asset.objects.filter(state=Asset.State.READY)
    here, there = ready.filter(stored_at=None), ready.exclude(stored_at=None)
    turn = due(hours) if hours >= 0 else Asset.objects.none()
    return StoreReport(
        here=Holding.of(here, originals=ready.filter(original_stored_at=None)),
        there=Holding.of(there, originals=ready.exclude(original_stored_at=None)),
        due=Holding.of(turn, originals=turn.filter(archived_at=None)),
    )


@dataclass(frozen=True)
class Fault:
    """A film whose objects are not what its rows say, and how."""

    asset: Asset
    what: str


def faults_in(bucket: Bucket) -> Iterator[Fault]:
    """Every film that is in the store: what is neither listed there nor here (it was made since, and is on its way).

    Number and bytes of the segments of each rung, the playlists, the original's size. A question or two to the store
    for each film. Raises StoreAway.
    """
    films = Asset.objects.filter(state=Asset.State.READY).exclude(stored_at=None, original_stored_at=None)
    for asset in films.prefetch_related("renditions").order_by("pk").iterator(chunk_size=200):
        if asset.stored_at and asset.kind != Asset.Kind.IMAGE:
            sizes = {key: path.stat().st_size for key, path in files_of(asset)}
            sizes |= {each.key: each.size for each in bucket.list(f"{STREAMS}{asset.uid}/")}
            for what in _missing(asset, sizes):
                yield Fault(asset, what)
        if asset.original_stored_at and asset.source:
            found = [each.size for each in bucket.list(original_key(asset.uid))]
            if found != [asset.size]:
                yield Fault(asset, f"its original has {found[0]} bytes, not {asset.size}" if found else "its original")


def _missing(asset: Asset, sizes: dict[str, int]) -> Iterator[str]:
    begin = len(f"{STREAMS}{asset.uid}/")
    names = {key[begin:] for key in sizes}
    segments: Counter[str] = Counter()
    size: Counter[str] = Counter()
    for key, bytes_ in sizes.items():
        if key.endswith(".m4s"):
            rung = key[begin:].partition("/")[0]
            segments[rung] += 1
            size[rung] += bytes_
    if asset.kind == Asset.Kind.VIDEO and "master.m3u8" not in names:
        yield "its master playlist"
    for rendition in asset.renditions.all():
        for needed in (f"{rendition.name}/index.m3u8", f"{rendition.name}/init.mp4"):
            if needed not in names:
                yield needed
        gone = rendition.segments - segments[rendition.name]
        if gone > 0:
            yield f"{gone} of {rendition.segments} segments of {rendition.name}"
        elif size[rendition.name] < rendition.size:
            yield f"{rendition.size - size[rendition.name]} bytes of {rendition.name}"
