"""French is complete: every text of the code and the templates has its French, with the same places to fill in."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.utils.translation import template

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "bouquet/locale/fr/LC_MESSAGES/django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2), "gettext_noop": None,
    "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
PLACES = re.compile(r"%\(\w+\)[sdg]|\{\w+\}")


def test_every_text_has_its_french() -> None:
    french = {_key(message): message for message in _catalogue()}
    missing = sorted({f"{where}: {text}" for where, text in _texts() if text not in french})
    assert not missing, "run `make messages` and translate:\n" + "\n".join(missing)


def test_no_french_is_empty_or_doubtful() -> None:
    unsure = [message.id for message in _catalogue() if message.fuzzy or not all(_strings(message))]
    assert not unsure


def test_the_french_has_the_same_places_to_fill_in() -> None:
    wrong = []
    for message in _catalogue():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        for given, wanted in zip(_strings(message), (ids[0], *[ids[-1]] * 5), strict=False):
            if not set(PLACES.findall(given)) <= set(PLACES.findall(wanted)) | set(PLACES.findall(ids[0])):
                wrong.append(message.id)
            if given is not None and len(ids) == 1 and set(PLACES.findall(given)) != set(PLACES.findall(wanted)):
                wrong.append(message.id)
    assert not wrong


def _catalogue() -> list[Message]:
    with CATALOGUE.open("rb") as file:
        return [message for message in read_po(file, locale="fr") if message.id]


def _strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else message.id


def _texts() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "bouquet").rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or {"tests", "migrations"} & set(path.parts):
            continue
        source = path.read_text()
        if path.suffix != ".py":
            source = " ".join(template.templatize(source, origin=str(path)).split("\n")).strip()
        for _line, _function, found, _comments in _extract(source):
            text = found[0] if isinstance(found, tuple) else found
            if text:
                yield str(path.relative_to(ROOT)), text


def _extract(source: str) -> Iterator[tuple[int, str, object, object]]:
    found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})
    for line, text, comments, context in found:
        yield line, context or "", text, comments
