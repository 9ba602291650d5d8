"""A newsroom of ours with the bench's content: with nothing remembered, without the page cache, and with it. The same
rows, three servers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bouquet.kinds.articles.bench.content import read_content
from bouquet.kinds.articles.bench.serving import HOST, PAGES, Served, server
from bouquet.shared.assets.bench.network import free_port
from bouquet.toolkit.testing.migrated import lay_migrated_database

START = "from bouquet.config.parts import run_web; run_web('127.0.0.1', {port}, 1)"
FORGETFUL = "from bouquet.toolkit import remembered; remembered.MOST = 0; " + START
FILL = "from bouquet.kinds.articles.bench.ours import fill; fill({folder!r})"


@contextmanager
def our_site(folder: Path) -> Iterator[list[Served]]:
    folder.mkdir()
    lay_migrated_database(folder / "data")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BOUQUET_", "PORT"))}
    environment = kept | {"BOUQUET_DATA": str(folder / "data"), "BOUQUET_HOST": "bouquet.localhost"}
    _run("site", "add", "bouquet.localhost", "--name", "Network", "--main", environment=environment)
    _run("site", "add", HOST, "--name", "Bench", "--kinds", "articles", environment=environment)
    _run("manage", "collectstatic", "--noinput", "-v0", environment=environment)
    filling = FILL.format(folder=str(folder.parent))
    _run("manage", "shell", "--no-imports", "-v0", "-c", filling, environment=environment)
    found: dict[str, Any] = json.loads((folder.parent / "ours.json").read_text())
    anew = environment | {"BOUQUET_PAGE_CACHE_SECONDS": "0"}
    with (
        _serving("Bouquet, nothing remembered", folder, found, anew, FORGETFUL) as bare,
        _serving("Bouquet, made anew", folder, found, anew) as made,
        _serving("Bouquet, from the page cache", folder, found, environment) as kept_pages,
    ):
        bare.queries, made.queries = found["queries at first"], found["queries"]
        yield [bare, made, kept_pages]


@contextmanager
def _serving(
    name: str, folder: Path, found: dict[str, Any], environment: dict[str, str], start: str = START
) -> Iterator[Served]:
    port = free_port()
    command = [sys.executable, "-c", start.format(port=port)]
    with server(command, environment | {"BOUQUET_PORT": str(port)}, folder, port) as pid:
        yield Served(name, port, pid, {page: found[page] for page in PAGES})


def _run(*arguments: str, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "bouquet.config.cli", *arguments], env=environment, check=True)


# ── In a process of the bench's own network ──────────────────────────────────────────────────────────────────────────
def fill(folder: str) -> None:
    from django.core.files.base import ContentFile
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bouquet.kinds.articles.actions import add_article, add_author, add_section
    from bouquet.shared.fronts.models import FrontPage
    from bouquet.shared.network.models import Picture, Site
    from bouquet.toolkit.page_cache.notes import NOTES, Notes
    from bouquet.toolkit.remembered import forget
    from bouquet.toolkit.tasks.testing import run_all_tasks

    content, site = read_content(Path(folder)), Site.objects.get(host=HOST)
    pictures = [
        Picture.objects.create(
            title=path.stem,
            description="Circles",
            credit="Bench",
            licence="CC0",
            file=ContentFile(path.read_bytes(), name=path.name),
        )
        for path in sorted(Path(folder).glob("*.jpg"))
    ]
    section = add_section(site, "Section")
    authors = [add_author(site, name, role="Reporter", picture=pictures[0]) for name in content["authors"]]
    pages = [
        add_article(
            section,
            title=each["title"],
            lead=each["lead"],
            picture=pictures[each["picture"]],
            themes=", ".join(each["themes"]),
            authors=authors,
            body=[(name, _value(value, pictures)) for name, value in each["body"]],
        )
        for each in content["articles"]
    ]
    front = FrontPage.objects.get(pk=site.wagtail_site.root_page_id)  # type: ignore[union-attr]
    shelf = {"title": "", "number": 12, "scope": "here", "layout": ""}
    front.body = [("hero", {"work": None, "source": "latest", "scope": "here", "kicker": ""}), ("latest", shelf)]
    front.save_revision().publish()
    run_all_tasks()
    paths = {"article": pages[0].own_path(), "front": "/"}
    client = Client(headers={"host": HOST})

    def queries_of(path: str) -> int:
        asked: Any = {NOTES: Notes()}
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path, **asked)  # as the page cache's door asks
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return len(captured)

    found: dict[str, Any] = {"queries at first": {}, "queries": {}}
    for page, path in paths.items():
        client.get(path)
        forget()
        found["queries at first"][page] = queries_of(path)
        found["queries"][page] = queries_of(path)
    Path(folder, "ours.json").write_text(json.dumps(paths | found))


def _value(value: Any, pictures: list[Any]) -> Any:
    if isinstance(value, dict) and "picture" in value:
        return value | {"picture": pictures[value["picture"]], "alternative": "", "width": "text"}
    return value | {"source": ""} if isinstance(value, dict) and "cells" in value else value
