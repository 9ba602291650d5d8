"""A film that answers another film. Its maker's word about comments holds for answers by video too.

Nothing is copied when a film goes private: who may see the one and the other is asked each time they are shown.
"""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from bouquet.kinds.videos.models import Video
from bouquet.shared.accounts.models import Person
from bouquet.shared.comments.actions import opening_for
from bouquet.shared.comments.models import Block
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import OutsideTerritory, PasswordNeeded, Viewer, can_edit_work, find_work

SHOWN = 12
NAMED = re.compile(r"(?<![1-9A-HJ-NP-Za-km-z])[1-9A-HJ-NP-Za-km-z]{12}(?![1-9A-HJ-NP-Za-km-z])")


class CannotAnswer(ValueError):
    """A sentence that says why this film cannot be answered by that one."""


def film_named(text: str, viewer: Viewer) -> Video | None:
    """The film whose address or id this is; None for no film. Raises CannotAnswer where the viewer finds none."""
    if not text.strip():
        return None
    for uid in reversed(NAMED.findall(text)):
        try:
            return find_work(Video.objects.select_related("site", "channel"), uid, viewer)
        except (Http404, OutsideTerritory, PasswordNeeded):
            continue
    raise CannotAnswer(_("There is no film at this address."))


def answering(original: Video | None, by: Person, *, video: Video | None = None) -> dict[str, Any]:
    """The fields of a film that answers this one (or none any more). Raises CannotAnswer."""
    if original is None:
        return {"reply_to": None, "reply_state": ""}
    if video is not None and video.pk == original.pk:
        raise CannotAnswer(_("A film does not answer itself."))
    if video is not None and video.reply_to_id == original.pk:
        return {"reply_to": original, "reply_state": video.reply_state}
    if can_edit_work(by, original):
        return {"reply_to": original, "reply_state": Video.ReplyState.LIVE}
    opening = opening_for(original)
    if not opening.is_open:
        raise CannotAnswer(_("This film takes no answers."))
    if Block.objects.filter(channel=original.channel_id, person=by).exists():
        raise CannotAnswer(_("You cannot answer on this channel: its owner has blocked you."))
    state = Video.ReplyState.HELD if opening.is_held else Video.ReplyState.LIVE
    return {"reply_to": original, "reply_state": state}


def answers_to(video: Video, viewer: Viewer) -> list[Work]:
    """The latest films that answer it, as far as this viewer finds them in lists."""
    shown = Video.objects.filter(reply_to=video.pk, reply_state=Video.ReplyState.LIVE).values("pk")
    return list(Work.objects.listed_for(viewer).filter(pk__in=shown).latest().cards()[:SHOWN])


def answered_by(video: Video, viewer: Viewer) -> Work | None:
    """The film that it answers, if this viewer may open that one."""
    if video.reply_to_id is None or video.reply_state != Video.ReplyState.LIVE:
        return None
    return Work.objects.visible_to(viewer).filter(pk=video.reply_to_id).select_related("site").first()


def to_decide(video: Video) -> QuerySet[Video]:
    """Everything published that answers it, what waits first: for its maker."""
    released = Video.objects.filter(reply_to=video.pk, state=Video.State.LIVE, listable=True)
    return released.exclude(visibility=Video.Visibility.PRIVATE).select_related("site", "channel", "author", "poster")
