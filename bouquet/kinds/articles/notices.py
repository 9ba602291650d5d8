"""What the newsroom's people are told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bouquet.shared.notifications.kinds import NoticeKind

NOTICES = {
    "articles.reply_asked": NoticeKind(
        title=_("%(name)s asks for a right of reply to “%(title)s”: answer by %(due)s"),
        icon="scale",
        label=_("Somebody asks for a right of reply on a site that I look after"),
        mail=True,
    ),
    "articles.reply_due": NoticeKind(
        title=_("The right of reply of %(name)s to “%(title)s” must be answered by %(due)s"),
        icon="scale",
        label=_("A right of reply is nearly late"),
        mail=True,
    ),
}
