"""What editors are told about issues."""

from django.utils.translation import gettext_lazy as _

from bouquet.shared.notifications.kinds import NoticeKind

NOTICES = {
    "newsletters.drafted": NoticeKind(
        title=_("“%(name)s” no. %(number)s is drafted and waits for your verification"),
        label=_("A newsletter waits to be verified"),
        icon="mail",
        mail=True,
    ),
    "newsletters.withdrawn": NoticeKind(
        title=_("“%(name)s” no. %(number)s was not sent: it has to be verified again"),
        label=_("A newsletter was held back"),
        icon="mail",
        mail=True,
    ),
    "newsletters.stopped": NoticeKind(
        title=_("Sending “%(name)s” no. %(number)s was paused: the mail server refuses many addresses"),
        label=_("Sending a newsletter stopped"),
        icon="mail",
        mail=True,
    ),
    "newsletters.sent": NoticeKind(
        title=_("“%(name)s” no. %(number)s is sent"), label=_("A newsletter is sent"), icon="mail"
    ),
}
