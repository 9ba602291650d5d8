"""Three readers for BOUQUET_* variables. Only `config/` calls them; docs/running/settings.md lists every one."""

from __future__ import annotations

import os
from pathlib import Path


def env_text(name: str, default: str = "") -> str:
    """The variable as text; `NAME_FILE` may name a file that holds it (for secrets)."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def env_flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def env_number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise SystemExit(f"{name} must be a whole number, not {value!r}.") from None
