"""What people are told about their works and channels."""

from django.utils.translation import gettext_lazy as _

from bouquet.shared.notifications.kinds import NoticeKind

NOTICES = {
    "works.followed": NoticeKind(
        title=_("%(name)s follows you"), icon="user-plus", label=_("Somebody follows my channel")
    ),
    "works.invited": NoticeKind(
        title=_("%(name)s invites you to fill the collection “%(list)s” together"),
        icon="users",
        label=_("Somebody invites me to a collection"),
    ),
    "works.joined": NoticeKind(
        title=_("%(name)s takes part in your collection “%(list)s”"),
        icon="users",
        label=_("Somebody takes part in a collection of mine"),
    ),
    "works.new": NoticeKind(
        title=_("%(name)s has published “%(title)s”"),
        icon="play",
        label=_("A channel that I follow has something new"),
        stop="/channels/%(slug)s/follow/",
    ),
    "works.published": NoticeKind(
        title=_("“%(title)s” is published, as you planned"), icon="calendar-check", label=_("A work of mine went live")
    ),
    "works.added": NoticeKind(
        title=_("%(name)s added a film to your collection “%(list)s”"),
        icon="list-plus",
        label=_("Somebody adds films to a collection of mine"),
    ),
    "works.added_many": NoticeKind(
        title=_("%(number)s films were added to your collection “%(list)s”, the last by %(name)s"), icon="list-plus"
    ),
    "works.asked_out": NoticeKind(
        title=_("%(name)s fills the collection “%(list)s” without you from now on"),
        icon="user-minus",
        label=_("I take part in a collection no more"),
    ),
    "works.dropped": NoticeKind(
        title=_("The editors of %(site)s no longer show “%(title)s”: %(reason)s"),
        icon="eye-off",
        label=_("The editors of another site no longer show a work of mine"),
    ),
    "works.taken_down": NoticeKind(
        title=_("The editors took down “%(title)s”: %(reason)s"),
        icon="shield-alert",
        label=_("A decision of the editors about a work of mine"),
        mail=True,
    ),
}
