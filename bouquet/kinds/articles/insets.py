"""Works of other kinds as they stand inside an article, said by each kind itself (SiteKind.inset)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.module_loading import import_string

from bouquet.shared.network.kinds import kind_named
from bouquet.shared.works.models import Work


def insets_of(works: Iterable[Work]) -> dict[int, Any]:
    """HTML by work. Only for works that this reader may open; each kind asks its own queries, once."""
    by_kind: dict[str, list[Work]] = {}
    for work in works:
        by_kind.setdefault(work.kind, []).append(work)
    found: dict[int, Any] = {}
    for slug, some in by_kind.items():
        kind = kind_named(slug)
        if kind and kind.inset:
            found |= import_string(kind.inset)(some)
    return found
