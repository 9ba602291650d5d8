"""Verbs: publish, schedule, hide, take down, remove; react, follow, collect; add views."""

from bouquet.shared.works.actions.channels import (
    channel_of,
    follow_channel,
    rename_channel,
    unfollow_channel,
)
from bouquet.shared.works.actions.collections import (
    add_collection,
    add_to_collection,
    change_collection,
    delete_collection,
    later_of,
    remove_from_collection,
    reorder_collection,
)
from bouquet.shared.works.actions.publication import (
    change_work,
    hide_work,
    publish_work,
    remove_work,
    set_availability,
    take_down_work,
)
from bouquet.shared.works.actions.reactions import react_to_work, unreact_to_work
from bouquet.shared.works.counting import add_views

__all__ = [
    "add_collection",
    "add_to_collection",
    "add_views",
    "change_collection",
    "change_work",
    "channel_of",
    "delete_collection",
    "follow_channel",
    "hide_work",
    "later_of",
    "publish_work",
    "react_to_work",
    "remove_from_collection",
    "remove_work",
    "rename_channel",
    "reorder_collection",
    "set_availability",
    "take_down_work",
    "unfollow_channel",
    "unreact_to_work",
]
