"""Languages of sound tracks: files name them in three letters (ISO 639-2), pages and playlists in BCP 47."""

from __future__ import annotations

import re

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from bouquet.shared.assets.models import Asset

_TWO_LETTERS = {
    **{"ara": "ar", "bul": "bg", "cat": "ca", "ces": "cs", "cze": "cs", "dan": "da", "deu": "de", "ger": "de"},
    **{"ell": "el", "gre": "el", "eng": "en", "spa": "es", "est": "et", "eus": "eu", "baq": "eu", "fas": "fa"},
    **{"per": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "gle": "ga", "heb": "he", "hin": "hi", "hrv": "hr"},
    **{"hun": "hu", "ind": "id", "isl": "is", "ice": "is", "ita": "it", "jpn": "ja", "kor": "ko", "lit": "lt"},
    **{"lav": "lv", "nld": "nl", "dut": "nl", "nor": "no", "nob": "nb", "pol": "pl", "por": "pt", "ron": "ro"},
    **{"rum": "ro", "rus": "ru", "slk": "sk", "slo": "sk", "slv": "sl", "srp": "sr", "swe": "sv", "swa": "sw"},
    **{"tam": "ta", "tha": "th", "tur": "tr", "ukr": "uk", "vie": "vi", "wol": "wo", "zho": "zh", "chi": "zh"},
    **{"bre": "br", "oci": "oc", "cor": "kw", "cym": "cy", "wel": "cy", "lin": "ln", "mlg": "mg"},
}


def owner_language(asset: Asset) -> str:
    """For what is said to who sent it, and written into its playlists."""
    return (asset.owner.language if asset.owner else "") or settings.LANGUAGE_CODE


def bcp47(tag: str) -> str:
    """The language a file claims, or nothing when it claims none or nonsense."""
    tag = tag.strip().replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}", tag):
        return ""
    first, dash, rest = tag.partition("-")
    first = first.lower()
    return "" if first in ("und", "mis", "mul", "zxx", "qaa") else _TWO_LETTERS.get(first, first) + dash + rest


def name_of(language: str, number: int, *, described: bool = False) -> str:
    """How the menu of a player calls a track: by its language's own name, else by number."""
    name = _plain_name(language, number)
    return _("%(language)s, audio description") % {"language": name} if described else name


def _plain_name(language: str, number: int) -> str:
    own = LANG_INFO.get(language.lower()) or LANG_INFO.get(language.partition("-")[0].lower())
    if own and "name_local" in own:
        return own["name_local"].capitalize()
    return language or (_("Sound %(number)d") % {"number": number})
