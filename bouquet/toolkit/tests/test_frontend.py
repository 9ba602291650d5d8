"""What the build puts together from many rooms fits together."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

from django.conf import settings

BOUQUET = Path(settings.ROOT) / "bouquet"
LUCIDE = Path(settings.ROOT) / "node_modules" / "lucide-static" / "icons"
OURS = BOUQUET / "toolkit" / "frontend" / "icons"
TAG = re.compile(r"{% icon \"([^\"]+)\"")


def test_no_two_behaviours_have_the_same_name():
    names = Counter(path.name for path in BOUQUET.glob("**/frontend/**/*_controller.js"))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_behaviour_that_a_template_names_exists():
    known = {
        path.name.removesuffix("_controller.js").replace("_", "-")
        for path in BOUQUET.glob("**/frontend/**/*_controller.js")
    }
    for path in BOUQUET.glob("**/templates/**/*.html"):
        for names in re.findall(r'data-controller="([^"{]+)"', path.read_text()):
            assert set(names.split()) <= known, f"{path}: {names}"


def test_every_icon_that_a_template_names_is_drawn():
    for path in BOUQUET.glob("**/templates/**/*.html"):
        for name in TAG.findall(path.read_text()):
            assert (LUCIDE / f"{name}.svg").exists() or (OURS / f"{name}.svg").exists(), f"{path}: {name}"


def test_no_part_of_the_build_runs_twice():
    """Django gives the entry's file a second name; a chunk that imported the first one would start everything again."""
    built = Path(settings.FRONTEND)
    entry = Path(json.loads((built / "manifest.json").read_text())["frontend/main.js"]["file"]).name
    for chunk in built.glob("assets/*.js"):
        assert f"./{entry}" not in chunk.read_text(), chunk.name
