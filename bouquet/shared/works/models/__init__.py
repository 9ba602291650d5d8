"""Nouns: Channel and Follow, Work with its Availability, Lock and Tags, Category, Reaction, DayViews; Collection with
its items and company, and its Playback; Watching with HistoryPause; TurnedAway; OldAddress; Filters.
"""

from bouquet.shared.works.models.category import (
    BUILT_IN,
    Category,
    category_like,
    category_name,
    category_names,
    offered_categories,
)
from bouquet.shared.works.models.channel import Channel, Follow
from bouquet.shared.works.models.collection import Collaborator, Collection, CollectionItem, Invitation
from bouquet.shared.works.models.filters import LENGTHS, ORDERS, SINCE, Filters, language_name, length_name, since_hour
from bouquet.shared.works.models.guests import TurnedAway
from bouquet.shared.works.models.licence import LICENCES, licence_called
from bouquet.shared.works.models.lock import Lock
from bouquet.shared.works.models.old_address import OldAddress
from bouquet.shared.works.models.playback import Entry, Playback, playback_of
from bouquet.shared.works.models.reaction import Reaction
from bouquet.shared.works.models.shelves import CollectionCard, collection_cards
from bouquet.shared.works.models.tag import Tag
from bouquet.shared.works.models.views import DayViews
from bouquet.shared.works.models.watching import HistoryPause, Watching
from bouquet.shared.works.models.work import Availability, Work, WorkQuerySet

__all__ = [
    "BUILT_IN",
    "LENGTHS",
    "LICENCES",
    "ORDERS",
    "SINCE",
    "Availability",
    "Category",
    "Channel",
    "Collaborator",
    "Collection",
    "CollectionCard",
    "CollectionItem",
    "DayViews",
    "Entry",
    "Filters",
    "Follow",
    "HistoryPause",
    "Invitation",
    "Lock",
    "OldAddress",
    "Playback",
    "Reaction",
    "Tag",
    "TurnedAway",
    "Watching",
    "Work",
    "WorkQuerySet",
    "category_like",
    "category_name",
    "category_names",
    "collection_cards",
    "language_name",
    "length_name",
    "licence_called",
    "offered_categories",
    "playback_of",
    "since_hour",
]
