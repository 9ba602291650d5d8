"""Ghost with the bench's content, where the operator has installed it: in production mode, on SQLite, with the theme it
brings. Its own folder is only read; its database and what it writes lie in the bench's.

Filled by its own doors: an owner, pictures, posts of HTML. What of our blocks it has not (a fact box, a question, a
table) is HTML there.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import click

from bouquet.kinds.articles.bench.content import PICTURES, read_content
from bouquet.kinds.articles.bench.serving import HOST, Served, server
from bouquet.shared.assets.bench.network import free_port

OWNER = "ada@bouquet.example"


@contextmanager
def ghost_site(folder: Path, installed: Path) -> Iterator[Served]:
    node = shutil.which("node")
    if node is None or not (installed / "index.js").is_file() or not (installed / "node_modules").is_dir():
        raise click.ClickException(f"{installed} is no folder with an installed Ghost, or there is no node.")
    folder.mkdir()
    shutil.copytree(installed / "content", folder / "content", symlinks=True)
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOUQUET_")}
    environment = kept | {
        "NODE_ENV": "production",
        "url": f"http://{HOST}:{port}/",
        "server__host": "127.0.0.1",
        "server__port": str(port),
        "database__client": "sqlite3",
        "database__connection__filename": str(folder / "ghost.db"),
        "database__useNullAsDefault": "true",
        "paths__contentPath": str(folder / "content"),
        "logging__level": "error",
        "security__staffDeviceVerification": "false",
        "privacy__useTinfoil": "true",
        "mail__transport": "Direct",
    }
    with server([node, "index.js"], environment, installed, port) as pid:
        desk = _Desk(port)
        paths = desk.fill(folder.parent)
        yield Served(f"Ghost {_version(installed)}", port, pid, paths)


def _version(installed: Path) -> str:
    return str(json.loads((installed / "package.json").read_text()).get("version", ""))


class _Desk:
    """Its Admin API, as its own desk uses it: a session and JSON."""

    def __init__(self, port: int) -> None:
        self.home = f"http://{HOST}:{port}"
        self.door = f"http://127.0.0.1:{port}/ghost/api/admin"
        self.cookie = ""

    def fill(self, folder: Path) -> dict[str, str]:
        password = secrets.token_urlsafe(24)
        self._sign_in(password)
        pictures = [self._picture(folder / f"{number}.jpg") for number in range(PICTURES)]
        first = ""
        for each in read_content(folder)["articles"]:
            post = {
                "title": each["title"],
                "custom_excerpt": each["lead"][:300],
                "feature_image": pictures[each["picture"]],
                "tags": [{"name": theme} for theme in each["themes"]],
                "html": "".join(_html(name, value, pictures) for name, value in each["body"]),
                "status": "published",
            }
            made = self._ask("/posts/?source=html", {"posts": [post]})
            first = first or f"/{made['posts'][0]['slug']}/"
        return {"article": first, "front": "/"}

    def _sign_in(self, password: str) -> None:
        """The first start makes its tables while it answers already: asked until it takes an owner."""
        owner = {"name": "Ada", "email": OWNER, "password": password, "blogTitle": "Bench"}
        for _try in range(120):
            try:
                self._ask("/authentication/setup/", {"setup": [owner]})
                break
            except OSError:
                time.sleep(1)
        self._ask("/session/", {"username": OWNER, "password": password})

    def _picture(self, path: Path) -> str:
        mark = secrets.token_hex(16)
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n'
        body = f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + path.read_bytes() + f"\r\n--{mark}--\r\n".encode()
        return str(self._send("/images/upload/", body, f"multipart/form-data; boundary={mark}")["images"][0]["url"])

    def _ask(self, path: str, value: Any) -> Any:
        return self._send(path, json.dumps(value).encode(), "application/json")

    def _send(self, path: str, body: bytes, kind: str) -> Any:
        heads = {"Host": self.home.removeprefix("http://"), "Origin": self.home, "Content-Type": kind}
        request = urllib.request.Request(self.door + path, body, heads)  # noqa: S310
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 (our own address)
            text: bytes = answer.read()
            self.cookie = (answer.headers["Set-Cookie"] or self.cookie).partition(";")[0]
        return json.loads(text) if text.startswith(b"{") else {}


def _html(name: str, value: Any, pictures: list[str]) -> str:
    if name == "text":
        return str(value)
    if name == "picture":
        caption = f"<figcaption>{escape(value['caption'])}</figcaption>"
        return f'<figure><img src="{pictures[value["picture"]]}" alt="Circles">{caption}</figure>'
    if name == "quote":
        return f"<blockquote>{escape(value['words'])} – {escape(value['by'])}</blockquote>"
    if name == "facts":
        return f"<h3>{escape(value['title'])}</h3>{value['text']}"
    if name == "question":
        return f"<h3>{escape(value['question'])}</h3>{value['answer']}"
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line.split("\t")) + "</tr>"
        for line in value["cells"].split("\n")
    )
    return f"<!--kg-card-begin: html--><table>{rows}</table><!--kg-card-end: html-->"
