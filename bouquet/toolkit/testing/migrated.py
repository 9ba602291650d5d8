"""A database that every migration has gone through: made once for these sources, copied for each network of a test."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
KEPT = ROOT / ".pytest_cache" / "migrated"


def lay_migrated_database(data: Path) -> None:
    """Into an empty data folder: half a minute of work the first time, a copy afterwards. SQLite only."""
    KEPT.mkdir(parents=True, exist_ok=True)
    made = KEPT / f"{_print_of_the_sources()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for old in KEPT.glob("*.sqlite3"):
                old.unlink()
            _migrate(made)
    data.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, data / "bouquet.sqlite3")


def _migrate(made: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BOUQUET_")}
        command = [sys.executable, "-m", "bouquet.config.cli", "manage", "migrate", "-v0"]
        subprocess.run(command, env=kept | {"BOUQUET_DATA": folder}, cwd=ROOT, check=True, timeout=600)
        shutil.move(Path(folder, "bouquet.sqlite3"), made)


def _print_of_the_sources() -> str:
    """Any line may change what migrations do: signals, permissions, the search index."""
    found = hashlib.sha256((ROOT / "requirements" / "runtime.lock").read_bytes())
    for path in sorted((ROOT / "bouquet").rglob("*.py")):
        if "tests" not in path.parts:
            found.update(str(path).encode() + path.read_bytes())
    return found.hexdigest()[:24]
