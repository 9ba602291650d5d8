"""Collections: playlists, favourites, and what to watch later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.notifications.actions import notify_together
from bouquet.shared.works.models import Collection, CollectionItem, Work
from bouquet.toolkit.plain_text import one_line, plain_text

ITEMS_LIMIT = 5000  # a list, not an archive


class CollectionIsFull(ValueError):
    """A collection holds up to ITEMS_LIMIT works."""


def add_collection(
    owner: Person, *, name: str, visibility: str = Work.Visibility.PRIVATE, about: str = "", channel: Any = None
) -> Collection:
    return Collection.objects.create(
        owner=owner,
        name=one_line(name)[:80],
        visibility=visibility,
        about=plain_text(about)[:2000],
        channel=channel,
    )


def later_of(person: Person) -> Collection:
    """The person's “watch later” list, made when first asked for. Always private."""
    return Collection.objects.get_or_create(owner=person, role=Collection.Role.LATER, defaults={"name": "Later"})[0]


def change_collection(collection: Collection, **changes: Any) -> None:
    """`name`, `about`, `visibility`, `channel`, `cover`: only what is given. An empty name changes nothing."""
    if "name" in changes:
        collection.name = one_line(changes["name"])[:80] or collection.name
    if "about" in changes:
        collection.about = plain_text(changes["about"])[:2000]
    for field in {"visibility", "channel", "cover"} & changes.keys():
        setattr(collection, field, changes[field])
    collection.save(update_fields=[*changes, "updated_at"])


def delete_collection(collection: Collection) -> None:
    """The list only; the works stay. “Watch later” is emptied."""
    if collection.role:
        collection.items.all().delete()
        _changed(collection)
    else:
        collection.delete()


def add_to_collection(collection: Collection, work: Work, *, by: Person | None = None) -> CollectionItem:
    """At the end; a work that is in it stays where it is."""
    with transaction.atomic():
        Collection.objects.select_for_update().get(pk=collection.pk)
        items = collection.items.all()
        if found := items.filter(work_id=work.pk).first():
            return found
        if items.count() >= ITEMS_LIMIT:
            raise CollectionIsFull
        last = items.aggregate(last=Max("position"))["last"]
        _changed(collection)
        item = collection.items.create(work_id=work.pk, position=0 if last is None else last + 1, added_by=by)
        if by is not None and by.pk != collection.owner_id:
            _tell_the_owner(item, by)
        return item


def _tell_the_owner(item: CollectionItem, by: Person) -> None:
    """What others add is one notice while it is unread. The title of a film that only they may open is not told."""
    collection = item.collection
    notify_together(
        collection.owner,
        "works.added",
        many="works.added_many",
        group=f"works.added:{collection.pk}",
        last=str(item.pk),
        url=collection.path,
        name=by.name,
        list=str(collection),
    )


def remove_from_collection(collection: Collection, work: Work) -> None:
    if collection.items.filter(work_id=work.pk).delete()[0]:
        _changed(collection)


def move_in_collection(
    collection: Collection, uid: str, *, before: str = "", after: str = "", by_steps: int = 0
) -> None:
    """One work before or behind another one, or by some steps up (negative) or down. Others keep their order, so two
    people may order a long list at once. A work that is not in it moves nothing."""
    with transaction.atomic():
        uids = _locked_order(collection)
        if uid not in uids:
            return
        place = uids.index(uid)
        uids.remove(uid)
        if before in uids:
            place = uids.index(before)
        elif after in uids:
            place = uids.index(after) + 1
        else:
            place = max(0, place + by_steps)
        uids.insert(place, uid)
        _write_order(collection, uids)


def reorder_collection(collection: Collection, work_uids: Sequence[str]) -> None:
    """In the order of these works; what is not named keeps its order behind them."""
    with transaction.atomic():
        present = _locked_order(collection)
        wanted = {uid: place for place, uid in enumerate(work_uids)}
        _write_order(collection, sorted(present, key=lambda uid: wanted.get(uid, len(wanted))))


def _locked_order(collection: Collection) -> list[str]:
    Collection.objects.select_for_update().get(pk=collection.pk)
    return list(collection.items.order_by("position", "pk").values_list("work__uid", flat=True))


def _write_order(collection: Collection, uids: list[str]) -> None:
    places = {uid: place for place, uid in enumerate(uids)}
    moved = []
    for item in collection.items.select_related("work").only("position", "work__uid"):
        if item.position != places[item.work.uid]:
            item.position = places[item.work.uid]
            moved.append(item)
    CollectionItem.objects.bulk_update(moved, ["position"], batch_size=500)
    _changed(collection)


def _changed(collection: Collection) -> None:
    Collection.objects.filter(pk=collection.pk).update(updated_at=timezone.now())
