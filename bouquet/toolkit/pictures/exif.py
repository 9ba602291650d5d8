"""What a camera wrote beside a picture, as far as readers like to know it. Where it was taken is not even read.

Tags: CIPA DC-008 (Exif 3.0). https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E
"""

from __future__ import annotations

import contextlib
import math
import unicodedata
from datetime import datetime, timedelta
from typing import Any

from bouquet.toolkit.pictures.reading import BROKEN, File, opened

MAKE, MODEL, SETTINGS = 0x010F, 0x0110, 0x8769
TAKEN, OFFSET, LENS = 0x9003, 0x9011, 0xA434
EXPOSURE, APERTURE, SENSITIVITY, FOCAL, FOCAL_35 = 0x829A, 0x829D, 0x8827, 0x920A, 0xA405
MOST = 80  # characters of a name


def facts_of(file: File) -> dict[str, Any]:
    """`camera`, `lens`, `taken_at` (ISO 8601, with its offset where the camera knew it), `exposure` and `aperture`,
    `sensitivity`, `focal` as people write them. What is missing or makes no sense is left out.

    Raises PictureRefused.
    """
    with opened(file) as picture:
        try:
            exif = picture.getexif()
            main, fine = dict(exif), dict(exif.get_ifd(SETTINGS))
        except (*BROKEN, TypeError, AttributeError):
            return {}
    found = {
        "camera": _camera(_text(main.get(MAKE)), _text(main.get(MODEL))),
        "lens": _text(fine.get(LENS)),
        "taken_at": _moment(_text(fine.get(TAKEN)), _text(fine.get(OFFSET))),
        "exposure": _seconds(_number(fine.get(EXPOSURE))),
        "aperture": _decimal(_number(fine.get(APERTURE)), "f/"),
        "sensitivity": _decimal(_number(fine.get(SENSITIVITY)), "ISO "),
        "focal": _decimal(_number(fine.get(FOCAL_35)) or _number(fine.get(FOCAL)), "", " mm"),
    }
    return {name: value for name, value in found.items() if value}


def _camera(make: str, model: str) -> str:
    """“Canon EOS R6”, not “Canon Canon EOS R6”."""
    first = make.split(" ")[0].casefold() if make else ""
    return model if first and model.casefold().startswith(first) else f"{make.title()} {model}".strip()[:MOST]


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    kept = "".join(each for each in value if unicodedata.category(each)[0] not in "CZ" or each == " ")
    return " ".join(kept.split())[:MOST]


def _number(value: Any) -> float:
    """0.0 for what is no number of ours: divisions by nothing, negatives, lists."""
    if isinstance(value, tuple):
        value = value[0] if value else 0
    number = 0.0
    with contextlib.suppress(TypeError, ValueError, ZeroDivisionError, OverflowError):
        number = float(value)
    return number if math.isfinite(number) and 0 < number < 10_000_000 else 0.0


def _seconds(number: float) -> str:
    if not number:
        return ""
    return f"{number:.3g} s" if number >= 0.4 else f"1/{round(1 / number)} s"


def _decimal(number: float, before: str, after: str = "") -> str:
    return f"{before}{round(number, 1):g}{after}" if number else ""


def _moment(text: str, offset: str) -> str:
    try:
        moment = datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S")
        if not 1839 <= moment.year or moment > datetime.now() + timedelta(days=2):
            return ""
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(f"{moment.isoformat()}{offset}").isoformat()
        return moment.isoformat()
    except ValueError:
        return ""
