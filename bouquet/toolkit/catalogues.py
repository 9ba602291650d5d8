"""A catalogue of translations for gettext: `python -m bouquet.toolkit.catalogues SOURCE.po TARGET.mo` (see Makefile).

French sets a space before : ; ! ? and inside « », and no line may break there. Whoever translates types a plain space;
the one that does not break is put in its place here.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

NO_BREAK = "\u00a0"


def compile_catalogue(source: Path, target: Path) -> None:
    """Messages marked fuzzy are left out, as gettext's own tools do."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    if str(catalogue.locale) == "fr" or source.parts[-3:-2] == ("fr",):
        for message in catalogue:
            if message.id:
                said = message.string
                if isinstance(said, str):
                    message.string = kept_together(said)
                else:
                    message.string = tuple(kept_together(each) for each in said or ())
    with target.open("wb") as file:
        write_mo(file, catalogue)


def kept_together(words: str) -> str:
    """French punctuation stays beside its word."""
    return re.sub(r"(?<=\S) (?=[:;!?»](?:\W|$))", NO_BREAK, words).replace("« ", f"«{NO_BREAK}")


if __name__ == "__main__":
    compile_catalogue(Path(sys.argv[1]), Path(sys.argv[2]))
