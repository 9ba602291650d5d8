"""Collections: playlists, favourites, and what to watch later."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from bouquet.shared.accounts.models import Person
from bouquet.shared.works.models import Collection, CollectionItem, Work

ITEMS_LIMIT = 5000  # a list, not an archive


class CollectionIsFull(ValueError):
    """A collection holds up to ITEMS_LIMIT works."""


def add_collection(owner: Person, *, name: str, visibility: str = Work.Visibility.PRIVATE) -> Collection:
    return Collection.objects.create(owner=owner, name=name.strip()[:80], visibility=visibility)


def later_of(person: Person) -> Collection:
    """The person's “watch later” list, made when first asked for. Always private."""
    return Collection.objects.get_or_create(owner=person, role=Collection.Role.LATER, defaults={"name": "Later"})[0]


def change_collection(collection: Collection, *, name: str, visibility: str) -> None:
    collection.name, collection.visibility = name.strip()[:80] or collection.name, visibility
    collection.save(update_fields=["name", "visibility"])


def delete_collection(collection: Collection) -> None:
    """The list only; the works stay. “Watch later” is emptied."""
    if collection.role:
        collection.items.all().delete()
    else:
        collection.delete()


def add_to_collection(collection: Collection, work: Work) -> CollectionItem:
    """At the end; a work that is in it stays where it is."""
    with transaction.atomic():
        Collection.objects.select_for_update().get(pk=collection.pk)
        items = collection.items.all()
        if found := items.filter(work_id=work.pk).first():
            return found
        if items.count() >= ITEMS_LIMIT:
            raise CollectionIsFull
        last = items.aggregate(last=Max("position"))["last"]
        return collection.items.create(work_id=work.pk, position=0 if last is None else last + 1)


def remove_from_collection(collection: Collection, work: Work) -> None:
    collection.items.filter(work_id=work.pk).delete()


def reorder_collection(collection: Collection, work_uids: Sequence[str]) -> None:
    """In the order of these works; what is not named keeps its order behind them."""
    with transaction.atomic():
        Collection.objects.select_for_update().get(pk=collection.pk)
        wanted = {uid: place for place, uid in enumerate(work_uids)}
        items = sorted(
            collection.items.select_related("work").only("position", "work__uid"),
            key=lambda item: wanted.get(item.work.uid, len(wanted) + item.position),
        )
        for place, item in enumerate(items):
            item.position = place
        CollectionItem.objects.bulk_update(items, ["position"], batch_size=500)
