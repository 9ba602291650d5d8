"""Verbs: publish, schedule, hide, take down, remove; set tags, password, where and when; show on other sites, drop a
guest; react, follow, collect; note where a person stands; add views; keep old addresses. `plain_text` and `one_line`
make safe what makers write.
"""

from bouquet.shared.works.actions.bringing import bring_works
from bouquet.shared.works.actions.channels import (
    change_channel_picture,
    channel_of,
    channel_of_site,
    follow_channel,
    rename_channel,
    tell_of_channel,
    unfollow_channel,
)
from bouquet.shared.works.actions.collaboration import (
    accept_invitation,
    invite_by_link,
    invite_person,
    leave_collection,
    revoke_invitation,
)
from bouquet.shared.works.actions.collections import (
    add_collection,
    add_to_collection,
    change_collection,
    delete_collection,
    later_of,
    move_in_collection,
    remove_from_collection,
    reorder_collection,
)
from bouquet.shared.works.actions.guests import (
    add_guest,
    allow_guest_again,
    drop_guest,
    remove_guest,
    show_also_on,
    sites_that_turned_away,
)
from bouquet.shared.works.actions.parcels import moment_told, set_as_told, told_work
from bouquet.shared.works.actions.particulars import (
    MOST_TAGS,
    Window,
    forget_password,
    put_tags,
    set_availability,
    set_password,
    set_tags,
    set_windows,
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
    note_place,
    note_position,
    pause_history,
    place_of,
    stop_going_on,
)
from bouquet.shared.works.counting import add_views
from bouquet.shared.works.feed import followed_candidates, followed_newest, followed_page
from bouquet.shared.works.keeping import clear_lists, keep_page_with, shows_lists
from bouquet.shared.works.old_addresses import as_csv, as_nginx, keep_addresses, keep_addresses_of, parts_of
from bouquet.shared.works.rollup import set_trending
from bouquet.toolkit.plain_text import one_line, plain_text

__all__ = [
    "MOST_TAGS",
    "Place",
    "Window",
    "accept_invitation",
    "add_collection",
    "add_guest",
    "add_to_collection",
    "add_views",
    "allow_guest_again",
    "as_csv",
    "as_nginx",
    "bring_works",
    "change_channel_picture",
    "change_collection",
    "change_work",
    "channel_of",
    "channel_of_site",
    "clear_lists",
    "delete_collection",
    "drop_guest",
    "follow_channel",
    "followed_candidates",
    "followed_newest",
    "followed_page",
    "forget_password",
    "forget_watched",
    "hide_work",
    "history_is_paused",
    "invite_by_link",
    "invite_person",
    "keep_addresses",
    "keep_addresses_of",
    "keep_history",
    "keep_page_with",
    "later_of",
    "leave_collection",
    "moment_told",
    "move_in_collection",
    "note_place",
    "note_position",
    "one_line",
    "parts_of",
    "pause_history",
    "place_of",
    "plain_text",
    "publish_work",
    "put_tags",
    "react_to_work",
    "remove_from_collection",
    "remove_guest",
    "remove_work",
    "rename_channel",
    "reorder_collection",
    "revoke_invitation",
    "set_as_told",
    "set_availability",
    "set_password",
    "set_tags",
    "set_trending",
    "set_windows",
    "show_also_on",
    "shows_lists",
    "sites_that_turned_away",
    "stop_going_on",
    "take_down_work",
    "tell_of_channel",
    "told_work",
    "unfollow_channel",
    "unreact_to_work",
    "windows_of",
]
