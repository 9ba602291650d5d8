"""What others may do with a work: Creative Commons 4.0, the two ways of giving all away, or nothing without asking.

Codes follow SPDX in small letters; addresses are the licences' own (https://creativecommons.org/licenses/).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

CC = "https://creativecommons.org"


@dataclass(frozen=True)
class Licence:
    code: str
    name: Any
    short: Any
    url: str = ""


LICENCES: dict[str, Licence] = {
    each.code: each
    for each in (
        Licence("reserved", _("All rights reserved"), "©"),
        Licence("cc-by", _("Creative Commons: name the author"), "CC BY 4.0", f"{CC}/licenses/by/4.0/"),
        Licence(
            "cc-by-sa", _("Creative Commons: name the author, share alike"), "CC BY-SA 4.0", f"{CC}/licenses/by-sa/4.0/"
        ),
        Licence(
            "cc-by-nd", _("Creative Commons: name the author, no changes"), "CC BY-ND 4.0", f"{CC}/licenses/by-nd/4.0/"
        ),
        Licence(
            "cc-by-nc",
            _("Creative Commons: name the author, not for sale"),
            "CC BY-NC 4.0",
            f"{CC}/licenses/by-nc/4.0/",
        ),
        Licence(
            "cc-by-nc-sa",
            _("Creative Commons: name the author, not for sale, share alike"),
            "CC BY-NC-SA 4.0",
            f"{CC}/licenses/by-nc-sa/4.0/",
        ),
        Licence(
            "cc-by-nc-nd",
            _("Creative Commons: name the author, not for sale, no changes"),
            "CC BY-NC-ND 4.0",
            f"{CC}/licenses/by-nc-nd/4.0/",
        ),
        Licence("cc0", _("Creative Commons Zero: given to everybody"), "CC0 1.0", f"{CC}/publicdomain/zero/1.0/"),
        Licence(
            "public-domain", _("Public domain: no rights left"), _("Public domain"), f"{CC}/publicdomain/mark/1.0/"
        ),
    )
}


def licence_called(code: str) -> Licence | None:
    """The licence with this code. Words that are no code (an import's) are shown as they are; None for none."""
    if not code:
        return None
    return LICENCES.get(code) or Licence(code, code, code)
