"""The floors of the house, as the tests here read them: the lower the number, the higher the floor."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings

ROOT = Path(settings.ROOT)
HOUSE = ROOT / "bouquet"


def app_of(module: str) -> str | None:
    """`bouquet.kinds.videos.views.watch` → `bouquet.kinds.videos`; None for config, toolkit and other people's code."""
    parts = module.split(".")
    return ".".join(parts[:3]) if parts[0] == "bouquet" and len(parts) > 2 and parts[1] in ("kinds", "shared") else None


def floor_of(name: str) -> int:
    """0: kinds; 1…: shared apps from the top line down; 100: toolkit; 1000: libraries."""
    if name.startswith("bouquet.kinds."):
        return 0
    if name.startswith("bouquet.shared."):
        return 1 + settings.SHARED.index(name.split(".")[2])
    return 100 if name.startswith("bouquet.") else 1000


def our_apps() -> list[AppConfig]:
    return [config for config in apps.get_app_configs() if config.name.startswith("bouquet.")]


def python_files() -> list[Path]:
    return [path for path in sorted(HOUSE.rglob("*.py")) if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(
        path for path in HOUSE.rglob("*") if "templates" in path.parts and path.suffix in {".html", ".txt", ".xml"}
    )
