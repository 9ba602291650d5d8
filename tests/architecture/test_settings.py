"""What an operator can set is written down, and what is written down can be set."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"env_(?:text|flag|number)\(\s*\"((?:BOUQUET_)?[A-Z_]+)\"")
WRITTEN = re.compile(r"`((?:BOUQUET_[A-Z_]+)|PORT)`")


def test_the_page_of_settings_lists_every_variable_and_no_other() -> None:
    files = (ROOT / "bouquet/config").glob("*.py")
    read = {name for path in files if path.name != "env.py" for name in READ.findall(path.read_text())}
    rows = [line for line in (ROOT / "docs/running/settings.md").read_text().splitlines() if line.startswith("| `")]
    written = {name for row in rows for name in WRITTEN.findall(row.split("|")[1])}
    assert read == written


def test_only_the_roof_reads_bouquets_variables() -> None:
    files = [path for path in (ROOT / "bouquet").rglob("*.py") if not {"config", "tests", "testing"} & set(path.parts)]
    reading = re.compile(r"environ(?:\.get\(|\[)\s*\"BOUQUET_")
    assert not [str(path) for path in files if reading.search(path.read_text()) or "env_text(" in path.read_text()]
