"""Verbs: write, edit, remove; like, heart, pin, silence, report; publish, hide, block, restrict. `panel_for` gives a
page its discussion, `opening_for` says whether a work may be commented on.
"""

from bouquet.shared.comments.actions.bringing import (
    Brought,
    bring_comments,
    bring_comments_of,
    comments_from_parcel,
    told_comments,
)
from bouquet.shared.comments.actions.deciding import (
    block_author,
    decide_all,
    forget_guest,
    hide_comment,
    publish_comment,
    settle_reports,
    unblock_person,
)
from bouquet.shared.comments.actions.measures import (
    drop_domain_rule,
    lift_restriction,
    restrict_person,
    take_down_all,
)
from bouquet.shared.comments.actions.opinions import (
    heart_comment,
    like_comment,
    listen_to_thread,
    pin_comment,
    report_comment,
    silence_thread,
    unheart_comment,
    unlike_comment,
    unpin_comment,
)
from bouquet.shared.comments.actions.writing import add_comment, edit_comment, opening_for, remove_comment
from bouquet.shared.comments.panel import Panel, panel_for
from bouquet.shared.comments.phases import CommentRefused
from bouquet.shared.comments.policy import Opening

__all__ = [
    "Brought",
    "CommentRefused",
    "Opening",
    "Panel",
    "add_comment",
    "block_author",
    "bring_comments",
    "bring_comments_of",
    "comments_from_parcel",
    "decide_all",
    "drop_domain_rule",
    "edit_comment",
    "forget_guest",
    "heart_comment",
    "hide_comment",
    "lift_restriction",
    "like_comment",
    "listen_to_thread",
    "opening_for",
    "panel_for",
    "pin_comment",
    "publish_comment",
    "remove_comment",
    "report_comment",
    "restrict_person",
    "settle_reports",
    "silence_thread",
    "take_down_all",
    "told_comments",
    "unblock_person",
    "unheart_comment",
    "unlike_comment",
    "unpin_comment",
]
