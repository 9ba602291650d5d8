"""What the uploader in the browser says, in the reader's language; in trouble it says what to do."""

from __future__ import annotations

import json

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bouquet.shared.assets.permissions import Limits


def uploader_words(limits: Limits) -> str:
    return json.dumps(
        {
            "language": get_language(),
            "sending": _("Sending"),
            "paused": _("Paused. What has arrived is kept."),
            "waiting": _("No connection. Sending goes on by itself as soon as it is back; nothing is lost."),
            "again": _("The connection broke. Trying again…"),
            "checking": _("Looking up how much has already arrived…"),
            "done": _("Everything has arrived. The film is being prepared."),
            "left": _("{time} left"),
            "of": _("{sent} of {all}"),
            "seconds": _("{n} s"),
            "minutes": _("{n} min"),
            "hours": _("{n} h"),
            "saved": _("Saved"),
            "saving": _("Saving…"),
            "notSaved": _("Not saved yet: trying again."),
            "refusedWords": _("Not saved."),
            "leave": _("The film is still being sent."),
            "gone": _(
                "This upload is no longer there: it was given up, or it has waited too long. Choose the file again."
            ),
            "signedOut": _("You are signed out. Sign in again in another tab, then go on here."),
            "broken": _("The film could not be sent. Check your connection, then choose “Go on”."),
            "tooLarge": _("This file has {size}. At this moment you may send up to {limit}."),
            "empty": _("This file is empty. Choose another one."),
            "otherFile": _("This is another file than the one you began to send. Choose “{name}” ({size})."),
            "noFrame": _("Your browser cannot show this kind of film: choose a picture file, or take one later."),
            "posterKept": _("This picture will be shown."),
            "keepOpen": _("Keep this page open while the film is being sent. Phones stop sending in the background."),
            "largest": limits.largest_now,
            "room": min(limits.left_bytes, limits.disk_bytes),
            "open": max(0, limits.max_open_uploads - limits.open_uploads),
            "ready": _("Ready to be sent"),
            "turn": _("Waits for its turn"),
            "arrived": _("Has arrived; the film is being prepared"),
            "twice": _("This file is in the list already."),
            "sentBefore": _("This file was sent from this page already."),
            "noRoom": _("With the films above it, this one ({size}) passes your space: {left} would be left."),
            "goesOn": _("Was begun before: goes on where it stopped"),
            "sumReady": _("{n} ready to be sent, {size} together"),
            "sumSending": _("{done} of {n} have arrived, {size} to come"),
            "sumDone": _("All {n} have arrived."),
        }
    )
