"""Bytes of a caption file → text. Old subtitle files come in every encoding there was."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from bouquet.shared.assets.captions.cues import CaptionsRefused

MOST_BYTES = 2 * 1024 * 1024  # the longest film with every word in two scripts needs a tenth
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a guess may say: the code pages that people really used.
USED = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "big5", "gb18030", "shift_jis", "euc_kr"]
# A short file fits several of them (“à” and “ŕ” are one byte): then its language decides, else Western Europe.
PAGES = {
    "cp1250": ("cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"),
    "cp1251": ("be", "bg", "mk", "ru", "sr", "uk"),
    "cp1253": ("el",),
    "cp1254": ("tr", "az"),
    "cp1255": ("he",),
    "cp1256": ("ar", "fa", "ur"),
}
NEARLY = 0.05  # of charset-normalizer's “chaos”, 0 to 1
SAMPLE = 200_000


def decoded(data: bytes, language: str = "") -> str:
    """Raises CaptionsRefused for what is too large, no text, or text in no encoding we know."""
    if len(data) > MOST_BYTES:
        raise CaptionsRefused(_("This file is too large for captions: at most 2 MB."))
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _text(data.decode(encoding, "replace"))
    if _looks_like_utf16(data):
        return _text(data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", "replace"))
    try:
        return _text(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _text(_guessed(data, language))


def _looks_like_utf16(data: bytes) -> bool:
    """Without a mark, the times and arrows give it away: every other byte is zero."""
    head = data[:400]
    return len(head) > 8 and max(head[0::2].count(0), head[1::2].count(0)) > len(head) * 0.4


def _guessed(data: bytes, language: str) -> str:
    if b"\x00" in data:
        raise not_text()
    matches = from_bytes(data[:SAMPLE], cp_isolation=USED)
    best = matches.best()
    if best is None:
        raise not_text()
    fitting = {match.encoding for match in matches if match.chaos <= best.chaos + NEARLY}
    likely = [page for page, languages in PAGES.items() if language.partition("-")[0] in languages]
    encoding = next((page for page in [*likely, "cp1252"] if page in fitting), best.encoding)
    return data.decode(encoding, "replace")


def _text(text: str) -> str:
    """NUL in a text means that it is none."""
    text = text.removeprefix("\ufeff")
    if "\x00" in text or text.count("\ufffd") > 4 + len(text) // 50:
        raise not_text()
    return text


def not_text() -> CaptionsRefused:
    return CaptionsRefused(_("This is not a text file. Send captions as WebVTT (.vtt) or SubRip (.srt)."))
