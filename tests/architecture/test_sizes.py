"""A file of 400 lines wants to be a folder of the same name. (The demo's catalogues are lists of facts, not code.)"""

from __future__ import annotations

from tests.architecture.floors import HOUSE, python_files

MOST = 400


def test_no_python_file_is_too_long() -> None:
    lengths = {
        str(path.relative_to(HOUSE)): path.read_text().count("\n")
        for path in python_files()
        if "demo" not in path.parts
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST} == {}


def test_no_room_is_called_after_programming() -> None:
    words = {
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "misc",
        "manager",
        "managers",
        "handler",
        "handlers",
        "services",
    }
    assert [
        str(path.relative_to(HOUSE)) for path in python_files() if path.stem in words or path.parent.name in words
    ] == []
