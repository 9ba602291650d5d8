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
    "works.taken_down": NoticeKind(
        title=_("The editors took down “%(title)s”: %(reason)s"),
        icon="shield-alert",
        label=_("A decision of the editors about a work of mine"),
        mail=True,
    ),
}
