"""What is told of proposals: to editors, to who proposed, to makers."""

from django.utils.translation import gettext_lazy as _

from bouquet.shared.notifications.kinds import NoticeKind

NOTICES = {
    "proposals.new": NoticeKind(
        title=_("%(name)s proposes “%(title)s” for %(site)s"),
        icon="inbox",
        label=_("Something is proposed for a site that I look after"),
    ),
    "proposals.new_many": NoticeKind(
        title=_("%(number)s proposals wait for %(site)s, the last one “%(title)s”"), icon="inbox"
    ),
    "proposals.asked": NoticeKind(
        title=_("The editors of %(site)s would like to show “%(title)s”: do you agree?"),
        icon="send",
        label=_("Another site would like to show a work of mine"),
        mail=True,
    ),
    "proposals.guest": NoticeKind(
        title=_("“%(title)s” is now shown on %(site)s, too"),
        icon="circle-check",
        label=_("Another site shows a work of mine"),
    ),
    "proposals.not_taken": NoticeKind(
        title=_("“%(title)s” was proposed to %(site)s, which does not show it: %(reason)s"),
        icon="circle-x",
        label=_("Another site does not show a work of mine that was proposed"),
    ),
    "proposals.accepted": NoticeKind(
        title=_("“%(title)s”, which you proposed, is shown on %(site)s. Thank you!"),
        icon="circle-check",
        label=_("What I proposed is shown"),
    ),
    "proposals.refused": NoticeKind(
        title=_("“%(title)s”, which you proposed, is not shown on %(site)s: %(reason)s"),
        icon="circle-x",
        label=_("What I proposed is not shown"),
    ),
    "proposals.declined": NoticeKind(
        title=_("The maker of “%(title)s” does not want it on %(site)s"),
        icon="circle-x",
        label=_("A maker does not want a work where I proposed it"),
    ),
}
