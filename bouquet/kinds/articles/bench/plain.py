"""A plain Wagtail site, made in a folder of its own: as its documentation shows it, with the same content.

No debugging, templates kept compiled, the same server and database settings as ours, related rows and renditions
fetched together where Wagtail's documentation says how. What we have and it has not (a network, languages, territories,
comments, numbers) it does not pay for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bouquet.kinds.articles.bench.serving import PAGES, Served, server
from bouquet.shared.assets.bench.network import free_port

SOURCES = Path(__file__).with_name("plain_wagtail")
SERVE = """
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
Granian("wsgi:application", address="127.0.0.1", port={port}, interface=Interfaces.WSGI, workers=1, blocking_threads=8,
        log_level=LogLevels.warning).serve()
"""


@contextmanager
def plain_site(folder: Path) -> Iterator[Served]:
    folder.mkdir()
    for source in SOURCES.glob("*.txt"):  # not of our house: its own settings, models and templates
        name = source.name.removesuffix(".txt").replace("__", "/")
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source.read_text())
    (folder / "news" / "__init__.py").touch()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BOUQUET_", "DJANGO_"))}
    environment = kept | {"PYTHONPATH": str(folder), "DJANGO_SETTINGS_MODULE": "settings"}
    for arguments in (["makemigrations", "news", "-v0"], ["migrate", "-v0"]):
        _run("-m", "django", *arguments, folder=folder, environment=environment)
    _run("fill.py", str(folder.parent), folder=folder, environment=environment)
    found: dict[str, Any] = json.loads((folder.parent / "plain.json").read_text())
    port = free_port()
    with server([sys.executable, "-c", SERVE.format(port=port)], environment, folder, port) as pid:
        yield Served("plain Wagtail", port, pid, {page: found[page] for page in PAGES}, queries=found["queries"])


def _run(*arguments: str, folder: Path, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, check=True)
