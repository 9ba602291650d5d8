"""A new kind is one folder: put one into a copy of the house, touch nothing else, and everything knows it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.floors import ROOT

pytestmark = pytest.mark.slow
FOLDER = Path(__file__).parent / "recipes_kind"
RULES = ["test_doors.py", "test_relations.py", "test_access.py", "test_personal_data.py", "test_templates.py"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources as they are, and one folder more."""
    house = tmp_path_factory.mktemp("house")
    for name in ("bouquet", "tests"):  # with what Python compiled, or every run below does that again
        shutil.copytree(ROOT / name, house / name)
    for name in ("pyproject.toml", "conftest.py"):
        shutil.copy(ROOT / name, house / name)
    if (ROOT / "build").exists():
        (house / "build").symlink_to(ROOT / "build")
    shutil.copytree(FOLDER, house / "bouquet" / "kinds" / "recipes")
    return house


def run(house: Path, *arguments: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(house)}
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=house, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


def test_pages_lists_search_and_api_take_it_and_the_rules_of_the_house_hold(house: Path) -> None:
    rules = [f"tests/architecture/{name}" for name in RULES]
    said = run(house, "pytest", "-p", "no:cacheprovider", "-v", "bouquet/kinds/recipes", *rules)
    assert "bouquet/kinds/recipes/tests/" in said and all(name in said for name in RULES)


def test_its_tables_are_one_command_away(house: Path) -> None:
    said = run(house, "bouquet.config.cli", "manage", "makemigrations", "recipes", "--dry-run")
    assert "Create model Recipe" in said
