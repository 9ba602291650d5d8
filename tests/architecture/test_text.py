"""What people read goes through gettext as a literal: an f-string or a formatted text has no translation."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.floors import HOUSE, python_files

CALLS = {
    "_",
    "__",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
}
TEXTS = {"ngettext": 2, "ngettext_lazy": 2, "pgettext": 2, "pgettext_lazy": 2, "npgettext": 3}


def calls_in(path: Path) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
    ]


def is_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.Name) and node.id.isupper():
        return True  # a constant, whose text is marked where it is written
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_translated_text_is_a_literal() -> None:
    found = [(path, call) for path in python_files() for call in calls_in(path)]
    assert len(found) > 100  # there is text to look at
    wrong = [
        f"{path.relative_to(HOUSE)}:{call.lineno}"
        for path, call in found
        if not all(is_literal(text) for text in call.args[: TEXTS.get(call.func.id, 1)])  # type: ignore[attr-defined]
    ]
    assert not wrong
