"""Scripts keep the names under which they import each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bouquet.toolkit.static_files import StaticFilesStorage


def test_a_built_file_keeps_its_name_and_others_get_their_fingerprint(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "main-C5eRPdsI.js").write_text("import './stimulus-ki-O-SSr.js'")
    (tmp_path / "icons.svg").write_text("<svg/>")
    storage = StaticFilesStorage(location=str(tmp_path), base_url="/static/")
    paths = {name: (storage, name) for name in ("assets/main-C5eRPdsI.js", "icons.svg")}
    made = {name: hashed for name, hashed, _processed in storage.post_process(paths)}
    assert made["assets/main-C5eRPdsI.js"] == "assets/main-C5eRPdsI.js"
    assert made["icons.svg"].startswith("icons.")
    assert made["icons.svg"] != "icons.svg"
