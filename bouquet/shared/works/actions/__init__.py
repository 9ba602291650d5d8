"""Verbs: publish, schedule, hide, take down, remove; set tags, password, other sites, where and when; react, follow,
collect; note where a person stands; add views. `plain_text` and `one_line` make safe what makers write.
"""

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
from bouquet.shared.works.actions.particulars import (
    MOST_TAGS,
    Window,
    forget_password,
    set_availability,
    set_password,
    set_tags,
    set_windows,
    show_also_on,
    windows_of,
)
from bouquet.shared.works.actions.publication import (
    change_work,
    hide_work,
    publish_work,
    remove_work,
    take_down_work,
)
from bouquet.shared.works.actions.reactions import react_to_work, unreact_to_work
from bouquet.shared.works.actions.watching import (
    Place,
    forget_watched,
    history_is_paused,
    keep_history,
    note_position,
    pause_history,
    place_of,
    stop_going_on,
)
from bouquet.shared.works.counting import add_views
from bouquet.shared.works.words import one_line, plain_text

__all__ = [
    "MOST_TAGS",
    "Place",
    "Window",
    "add_collection",
    "add_to_collection",
    "add_views",
    "change_collection",
    "change_work",
    "channel_of",
    "delete_collection",
    "follow_channel",
    "forget_password",
    "forget_watched",
    "hide_work",
    "history_is_paused",
    "keep_history",
    "later_of",
    "note_position",
    "one_line",
    "pause_history",
    "place_of",
    "plain_text",
    "publish_work",
    "react_to_work",
    "remove_from_collection",
    "remove_work",
    "rename_channel",
    "reorder_collection",
    "set_availability",
    "set_password",
    "set_tags",
    "set_windows",
    "show_also_on",
    "stop_going_on",
    "take_down_work",
    "unfollow_channel",
    "unreact_to_work",
    "windows_of",
]
