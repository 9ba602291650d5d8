"""Originals as the operator's policy has them: what lies where, and the sweep begun now instead of tonight."""

from __future__ import annotations

from bouquet.shared.assets.originals.archive import ArchiveAway, look_at_archive
from bouquet.shared.assets.originals.policy import OriginalsPolicy, OriginalsReport, report_of
from bouquet.shared.assets.tasks import look_after_originals

__all__ = ["OriginalsPolicy", "OriginalsReport", "archive_trouble", "order_originals", "originals_now"]


def originals_now(policy: OriginalsPolicy | None = None) -> OriginalsReport:
    """What lies where, and what this policy (else the present one) would move and drop today."""
    return report_of(policy or OriginalsPolicy.present())


def archive_trouble() -> str:
    """Why originals cannot be moved to the archive, in a sentence; "" where they can."""
    try:
        look_at_archive()
    except ArchiveAway as why:
        return str(why)
    return ""


def order_originals() -> None:
    """Begin the sweep now, in the lane for spare time. Asked twice, it is done once."""
    look_after_originals.enqueue()
