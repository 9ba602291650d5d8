"""Nouns: Channel and Follow, Work with its Availability, Reaction, Collection with its items, DayViews."""

from bouquet.shared.works.models.channel import Channel, Follow
from bouquet.shared.works.models.collection import Collection, CollectionItem
from bouquet.shared.works.models.reaction import Reaction
from bouquet.shared.works.models.views import DayViews
from bouquet.shared.works.models.work import Availability, Work, WorkQuerySet

__all__ = [
    "Availability",
    "Channel",
    "Collection",
    "CollectionItem",
    "DayViews",
    "Follow",
    "Reaction",
    "Work",
    "WorkQuerySet",
]
