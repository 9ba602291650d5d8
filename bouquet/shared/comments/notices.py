"""What people are told of comments."""

from django.utils.translation import gettext_lazy as _

from bouquet.shared.notifications.kinds import NoticeKind

NOTICES = {
    "comments.new": NoticeKind(
        title=_("%(name)s commented on “%(title)s”"),
        icon="message-square",
        label=_("Somebody comments on a work of mine"),
    ),
    "comments.new_many": NoticeKind(
        title=_("%(number)s new comments on “%(title)s”, the last by %(name)s"), icon="message-square"
    ),
    "comments.held": NoticeKind(
        title=_("A comment on “%(title)s” waits for your decision"),
        icon="hourglass",
        label=_("A comment on a work of mine waits for my decision"),
    ),
    "comments.held_many": NoticeKind(
        title=_("%(number)s comments on “%(title)s” wait for your decision"), icon="hourglass"
    ),
    "comments.answer": NoticeKind(
        title=_("%(name)s answered you below “%(title)s”"), icon="reply", label=_("Somebody answers a comment of mine")
    ),
    "comments.mention": NoticeKind(
        title=_("%(name)s mentioned you below “%(title)s”"), icon="at-sign", label=_("Somebody mentions me")
    ),
    "comments.approved": NoticeKind(
        title=_("Your comment on “%(title)s” is published"),
        icon="circle-check",
        label=_("A comment of mine that waited is published"),
    ),
    "comments.hidden": NoticeKind(
        title=_("Your comment on “%(title)s” is not shown: %(reason)s"),
        icon="eye-off",
        label=_("A decision about a comment of mine"),
    ),
    "comments.down": NoticeKind(
        title=_("The editors took down your comment on “%(title)s”: %(reason)s"),
        icon="shield-alert",
        label=_("A decision of the editors about a comment of mine"),
        mail=True,
    ),
    "comments.stopped": NoticeKind(
        title=_("The editors of %(where)s take no more comments of yours: %(reason)s"),
        icon="shield-alert",
        label=_("The editors stop my comments, or read them first"),
        mail=True,
    ),
    "comments.stopped_until": NoticeKind(
        title=_("The editors of %(where)s take no comments of yours until %(until)s: %(reason)s"),
        icon="shield-alert",
        mail=True,
    ),
    "comments.read_first": NoticeKind(
        title=_("Your comments on %(where)s are read by the editors before they are shown: %(reason)s"),
        icon="shield-alert",
        mail=True,
    ),
    "comments.read_first_until": NoticeKind(
        title=_("Until %(until)s your comments on %(where)s are read by the editors before they are shown: %(reason)s"),
        icon="shield-alert",
        mail=True,
    ),
    "comments.reported": NoticeKind(
        title=_("A comment on “%(title)s” was reported"),
        icon="flag",
        label=_("A comment on a site that I look after was reported"),
    ),
    "comments.reported_many": NoticeKind(
        title=_("%(number)s reports of comments wait on the desk, the last on “%(title)s”"), icon="flag"
    ),
}
