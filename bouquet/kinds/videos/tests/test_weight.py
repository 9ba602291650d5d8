"""What a reader must fetch before a film plays: measured on what was built."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings

from bouquet.kinds.videos.tests.make import make_video

BUDGET = 60_000  # bytes of compressed JavaScript


def test_the_watch_page_ships_little_javascript_before_play(door: Any, chloe: Any) -> None:
    """Every controller that the page names, with all they import, and the page's own entry; not what play fetches."""
    video = make_video(author=chloe)
    html = door(chloe).get(video.path).content.decode()
    names = {name for found in re.findall(r'data-controller="([^"]+)"', html) for name in found.split()}
    assert {"player", "film-share"} <= names
    manifest: dict[str, Any] = json.loads((Path(settings.FRONTEND) / "manifest.json").read_text())
    wanted = ["frontend/main.js", *(key for key in manifest if _controller_of(key) in names)]
    files = {file for key in wanted for file in _with_imports(manifest, key)}
    weight = sum(len(gzip.compress((Path(settings.FRONTEND) / file).read_bytes())) for file in files)
    assert not any("hls" in file or "browser" in file for file in files)
    assert 10_000 < weight <= BUDGET, f"{weight} bytes in {sorted(files)}"


def _controller_of(key: str) -> str:
    found = re.search(r"/(\w+)_controller\.js$", key)
    return found[1].replace("_", "-") if found else ""


def _with_imports(manifest: dict[str, Any], key: str) -> set[str]:
    entry = manifest[key]
    return {entry["file"]}.union(*(_with_imports(manifest, other) for other in entry.get("imports", [])))
