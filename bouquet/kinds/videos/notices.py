"""What the author of a video is told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bouquet.shared.notifications.kinds import NoticeKind

NOTICES = {
    "videos.imported": NoticeKind(
        title=_("Your import “%(name)s” has ended: %(done)s films are here, %(failed)s failed"), icon="download"
    ),
    "videos.import_paused": NoticeKind(title=_("Your import “%(name)s” pauses: %(reason)s"), icon="pause"),
    "videos.replied": NoticeKind(
        title=_("%(name)s answered “%(title)s” with a video"),
        icon="film",
        label=_("Somebody answers a film of mine with a video"),
    ),
    "videos.reply_waits": NoticeKind(
        title=_("A video that answers “%(title)s” waits for your decision"), icon="hourglass"
    ),
    "videos.reply_shown": NoticeKind(title=_("“%(title)s” is shown below the film that it answers"), icon="film"),
    "videos.playable": NoticeKind(title=_("Your video “%(title)s” can be watched"), icon="play"),
    "videos.ready": NoticeKind(title=_("Your video “%(title)s” is ready in every quality"), icon="circle-check"),
    "videos.replaced": NoticeKind(title=_("Your video “%(title)s” now shows its new file"), icon="circle-check"),
    "videos.not_replaced": NoticeKind(
        title=_("Your video “%(title)s” is what it was: its new file cannot be used. %(reason)s"), icon="circle-x"
    ),
    "videos.failed": NoticeKind(title=_("Your video “%(title)s” could not be prepared: %(reason)s"), icon="circle-x"),
}
