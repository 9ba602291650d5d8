"""Collections as cards: how many works, and whose picture stands for them, as this viewer may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery

from bouquet.shared.works.models.collection import Collection, CollectionItem
from bouquet.shared.works.models.work import Work
from bouquet.shared.works.viewer import Viewer


@dataclass(frozen=True)
class CollectionCard:
    collection: Collection
    number: int  # of all its works; some may not be for this viewer
    face: Work | None  # whose picture is shown: the cover, else the first one


def collection_cards(collections: Sequence[Collection], viewer: Viewer) -> list[CollectionCard]:
    """Two queries, however many they are. A picture is only shown to who finds its work in a list."""
    listed = Work.objects.listed_for(viewer).order_by().values("pk")
    items = CollectionItem.objects.filter(collection=OuterRef("pk"), work__in=listed).order_by("position", "pk")
    rows = (
        Collection.objects.filter(pk__in=[each.pk for each in collections])
        .annotate(number=Count("items"), first=Subquery(items.values("work")[:1]))
        .annotate(chosen=Subquery(items.filter(work=OuterRef("cover")).values("work")[:1]))
        .values_list("pk", "number", "first", "chosen")
    )
    known = {pk: (number, chosen or first) for pk, number, first, chosen in rows}
    faces = Work.objects.select_related("poster", "site").in_bulk({face for _number, face in known.values() if face})
    return [
        CollectionCard(each, known[each.pk][0], faces.get(known[each.pk][1] or 0))
        for each in collections
        if each.pk in known
    ]
