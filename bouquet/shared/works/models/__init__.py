"""Nouns: Channel and Follow, Work with its Availability, Lock and Tags, Category, Reaction, Collection, DayViews,
Watching with HistoryPause."""

from bouquet.shared.works.models.category import (
    BUILT_IN,
    Category,
    category_like,
    category_name,
    offered_categories,
)
from bouquet.shared.works.models.channel import Channel, Follow
from bouquet.shared.works.models.collection import Collection, CollectionItem
from bouquet.shared.works.models.licence import LICENCES, licence_called
from bouquet.shared.works.models.lock import Lock
from bouquet.shared.works.models.reaction import Reaction
from bouquet.shared.works.models.tag import Tag
from bouquet.shared.works.models.views import DayViews
from bouquet.shared.works.models.watching import HistoryPause, Watching
from bouquet.shared.works.models.work import Availability, Work, WorkQuerySet

__all__ = [
    "BUILT_IN",
    "LICENCES",
    "Availability",
    "Category",
    "Channel",
    "Collection",
    "CollectionItem",
    "DayViews",
    "Follow",
    "HistoryPause",
    "Lock",
    "Reaction",
    "Tag",
    "Watching",
    "Work",
    "WorkQuerySet",
    "category_like",
    "category_name",
    "licence_called",
    "offered_categories",
]
