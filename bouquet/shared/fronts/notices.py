"""What who writes and who publishes are told of pages on the desk: front pages, articles, all in a site's tree.

Wagtail mails the same to who has not switched that off on the desk (Account → Notifications).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bouquet.shared.notifications.kinds import NoticeKind

NOTICES = {
    "fronts.submitted": NoticeKind(
        title=_("%(name)s submits “%(title)s” to you"),
        icon="inbox",
        label=_("Somebody submits a page of a site that I publish on"),
    ),
    "fronts.sent_back": NoticeKind(
        title=_("%(name)s asks for changes to “%(title)s”: %(words)s"),
        icon="undo-2",
        label=_("A page that I submitted is sent back"),
    ),
    "fronts.approved": NoticeKind(
        title=_("%(name)s has approved “%(title)s”"),
        icon="circle-check",
        label=_("A page that I submitted is approved"),
    ),
    "fronts.note": NoticeKind(
        title=_("%(name)s left a note in “%(title)s”: %(words)s"),
        icon="message-square",
        label=_("Somebody leaves a note in a page that I wrote in"),
    ),
    "fronts.note_answered": NoticeKind(
        title=_("%(name)s answers a note in “%(title)s”: %(words)s"),
        icon="message-square",
        label=_("Somebody answers a note of mine, or one that I answered"),
    ),
    "fronts.note_settled": NoticeKind(
        title=_("%(name)s has settled your note in “%(title)s”"),
        icon="check",
        label=_("Somebody settles a note of mine"),
    ),
}
