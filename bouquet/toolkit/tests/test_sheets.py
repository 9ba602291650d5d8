"""What a spreadsheet opens runs nothing."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from bouquet.toolkit.sheets import MARK, as_text, sheet_lines


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"])
def test_what_looks_like_a_formula_is_a_text(cell: str) -> None:
    assert as_text(cell) == f"'{cell}"


def test_a_table_comes_line_by_line_and_is_read_as_it_was() -> None:
    rows = iter([["Zoé, “the” rower", None, 7], ["two\nlines", "", "x"]])
    lines = list(sheet_lines(["who", "what", "how many"], rows))
    assert len(lines) == 3 and lines[0].startswith(MARK)
    read = list(csv.reader(StringIO("".join(lines).removeprefix(MARK), newline="")))
    assert read == [["who", "what", "how many"], ["Zoé, “the” rower", "", "7"], ["two\nlines", "", "x"]]
