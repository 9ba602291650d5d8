"""What people are told about their works and channels."""

from django.utils.translation import gettext_lazy as _

from bouquet.shared.notifications.kinds import NoticeKind

NOTICES = {
    "works.followed": NoticeKind(
        title=_("%(name)s follows you"), icon="user-plus", label=_("Somebody follows my channel")
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
