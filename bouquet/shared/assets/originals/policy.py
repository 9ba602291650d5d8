"""Which originals are to be moved or dropped, by the days since their film was ready."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from bouquet.shared.assets.models import Asset, Step
from bouquet.toolkit.tasks.models import TaskRow

NOT_OF_THE_PICTURE = "hearing"  # a step that listens to what plays
CUTS = [f"bouquet.shared.assets.tasks.{name}" for name in ("cut_original", "cut_original_exactly")]


@dataclass(frozen=True)
class OriginalsPolicy:
    """Days after a film is ready; 0: never."""

    move_after: int = 0
    drop_after: int = 0

    @classmethod
    def present(cls) -> Self:
        """As the operator set it. Nothing is moved where there is nowhere to."""
        move_after = settings.ORIGINALS_MOVE_AFTER_DAYS if settings.ORIGINALS_ARCHIVE else 0
        return cls(max(0, move_after), max(0, settings.ORIGINALS_DROP_AFTER_DAYS))

    def to_drop(self) -> QuerySet[Asset]:
        """Of films that are whole: where a step was given up, the original is what it can be mended from."""
        if not self.drop_after:
            return Asset.objects.none()
        return _ready_for(self.drop_after).exclude(steps__in=_given_up())

    def to_move(self) -> QuerySet[Asset]:
        if not self.move_after:
            return Asset.objects.none()
        found = _ready_for(self.move_after).filter(archived_at=None, original_stored_at=None)
        return found.exclude(pk__in=self.to_drop().values("pk")) if self.drop_after else found

    def spared(self) -> QuerySet[Asset]:
        """Old enough to be dropped, and kept because a step of theirs was given up."""
        return (
            _ready_for(self.drop_after).filter(steps__in=_given_up()).distinct()
            if self.drop_after
            else Asset.objects.none()
        )


@dataclass(frozen=True)
class Share:
    """So many originals, of so many bytes together."""

    films: int
    bytes: int

    @classmethod
    def of(cls, assets: QuerySet[Asset]) -> Self:
        found = Asset.objects.filter(pk__in=assets.values("pk")).aggregate(films=Count("pk"), bytes=Sum("size"))
        return cls(found["films"], found["bytes"] or 0)


@dataclass(frozen=True)
class OriginalsReport:
    """What lies where, and what the policy would do today."""

    here: Share
    archived: Share
    stored: Share
    gone: int
    to_move: Share
    to_drop: Share
    spared: Share


def report_of(policy: OriginalsPolicy) -> OriginalsReport:
    """Seven queries."""
    kept = films().exclude(source="")
    return OriginalsReport(
        here=Share.of(kept.filter(archived_at=None, original_stored_at=None)),
        archived=Share.of(kept.exclude(archived_at=None)),
        stored=Share.of(kept.exclude(original_stored_at=None)),
        gone=films().filter(source="").count(),
        to_move=Share.of(policy.to_move()),
        to_drop=Share.of(policy.to_drop()),
        spared=Share.of(policy.spared()),
    )


def films() -> QuerySet[Asset]:
    """Films and sounds that are ready: pictures keep what they were made from."""
    return Asset.objects.filter(kind__in=[Asset.Kind.VIDEO, Asset.Kind.AUDIO], state=Asset.State.READY)


def is_in_use(asset: Asset) -> bool:
    """Something that was asked for still reads the original: another codec, a cut of it."""
    under_way = [Step.State.WAITING, Step.State.RUNNING]
    if asset.steps.filter(state__in=under_way).exclude(name=NOT_OF_THE_PICTURE).exists():
        return True
    open_states = [TaskRow.State.WAITING, TaskRow.State.RUNNING]
    cuts = TaskRow.objects.filter(state__in=open_states, task__in=CUTS).values_list("args", flat=True)
    return any(len(args) > 1 and args[1] == asset.pk for args in cuts)


def _ready_for(days: int) -> QuerySet[Asset]:
    return films().exclude(source="").filter(ready_at__lt=timezone.now() - timedelta(days=days))


def _given_up() -> QuerySet[Step]:
    return Step.objects.filter(state=Step.State.FAILED).exclude(name=NOT_OF_THE_PICTURE)
