"""The letters of one name, cut out of a family: what shows a name in its own type without the whole of it.

    for cut in cuts_of("Source Serif 4", 640, "Le Comptoir"):
        cut.letters, cut.version       # what it can write; changes with the name, the weight and the family's own file
        woff2_of(cut)                  # 1 to 3 kB; some 0.1 s of processor, then kept in this process

A letter that the family has not (Arabic, Cyrillic, emoji) is in no cut: the browser takes the next font of its list.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock

from django.conf import settings
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells of every table it leaves out
# What browsers switch on by themselves. https://www.w3.org/TR/css-fonts-4/#default-features
FEATURES = ["calt", "ccmp", "clig", "kern", "liga", "locl", "mark", "mkmk", "rclt", "rlig", "rvrn"]
COPYRIGHT, LICENCE = 0, 14  # the names that the Open Font License wants kept; a font's own name may not be
HYPHENS = "-\u2010"  # a long name may be broken
PARTS = ("latin", "latin-ext")
MAKER = "1"  # another one when the same letters are cut another way

_one_at_a_time = Lock()


@dataclass(frozen=True)
class Cut:
    """Some letters of one file of a family, in one weight."""

    file: Path
    part: str  # of PARTS
    weight: int
    letters: str

    @property
    def version(self) -> str:
        said = "\n".join([MAKER, self.file.name, str(self.weight), self.letters])
        return hashlib.sha256(said.encode()).hexdigest()[:10]

    @property
    def unicode_range(self) -> str:
        """As CSS wants it."""
        return ",".join(f"U+{ord(letter):X}" for letter in self.letters)


def cuts_of(family: str, weight: int, text: str) -> list[Cut]:
    """One for each of the family's files that has letters of this text; none where the family is not built."""
    wanted, cuts = set(text) | set(unicodedata.normalize("NFC", text)), []
    for part in PARTS:
        file = _files(settings.FRONTEND).get((_slug(family), part))
        has = {letter for letter in wanted if ord(letter) in _letters_in(file)} if file else set()
        if file and has - {" "}:
            hyphens = {letter for letter in HYPHENS if ord(letter) in _letters_in(file)}
            cuts.append(Cut(file, part, weight, "".join(sorted(has | hyphens))))
            wanted -= has
    return cuts


def woff2_of(cut: Cut) -> bytes:
    with _one_at_a_time:
        return _woff2(cut)


@lru_cache(maxsize=256)
def _woff2(cut: Cut) -> bytes:
    font = TTFont(cut.file, lazy=True, recalcTimestamp=False)  # the same bytes in every process
    options = Options(layout_features=FEATURES, name_IDs=[COPYRIGHT, LICENCE], hinting=False, notdef_outline=True)
    options.drop_tables += ["STAT", "gasp", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(letter) for letter in cut.letters])
    subsetter.subset(font)
    if "fvar" in font:
        (axis,) = (each for each in font["fvar"].axes if each.axisTag == "wght")
        weight = min(max(cut.weight, axis.minValue), axis.maxValue)
        font = instantiateVariableFont(font, {"wght": weight}, inplace=True)
    font.flavor = "woff2"
    made = BytesIO()
    font.save(made)
    return made.getvalue()


@lru_cache(maxsize=4)
def _files(built: Path) -> dict[tuple[str, str], Path]:
    """By family and part, the upright letters that the front end’s build kept."""
    manifest = built / "manifest.json"
    if not manifest.exists():
        return {}
    found = {}
    for source, entry in json.loads(manifest.read_text()).items():
        if named := re.search(r"/([a-z0-9-]+?)-(latin|latin-ext)-(?:wght|\d+)-normal\.woff2$", source):
            found[named[1], named[2]] = built / entry["file"]
    return found


def _slug(family: str) -> str:
    return family.lower().replace(" ", "-")


@lru_cache(maxsize=128)
def _letters_in(file: Path) -> frozenset[int]:
    try:
        with TTFont(file, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except OSError:  # built anew meanwhile, under another name
        return frozenset()
