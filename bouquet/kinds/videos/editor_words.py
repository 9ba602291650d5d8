"""Words of the caption editor."""

from __future__ import annotations

from django.utils.translation import gettext as _


def editor_words() -> dict[str, str]:
    """What the editor says."""
    return {
        "kept": _("Kept"),
        "keeping": _("Keeping…"),
        "unkept": _("Not kept yet"),
        "offline": _("No connection. Your changes stay on this page and are kept when it is back."),
        "refused": _("Not kept: %(reason)s"),
        "meanwhile": _("Somebody else has kept another version of these captions. Nothing of yours is lost."),
        "none": _("No text yet. Play the film and press “Add a text here”."),
        "badTime": _("Write a time as 1:23.4"),
        "order": _("It must end after it begins."),
        "number": _("Text %(number)s of %(count)s"),
    }
