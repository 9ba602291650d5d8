"""What a first visit to a front page fetches, but for its pictures: the page, its styles, scripts, letters and icons,
as they lie packed."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section
from bouquet.shared.assets.models import Asset
from bouquet.shared.works.models import Work
from bouquet.toolkit.typefaces import PAIRINGS

pytestmark = pytest.mark.django_db
MOST = 150_000
WORDS = "The ferry left the old harbour before the sun, and nobody on the quay but the gulls saw which way it went"


@pytest.fixture
def site(db: Any) -> Any:
    """Twelve stories with pictures, no two with the same words."""
    site = make_newsroom()
    section, words = make_section(site), WORDS.split()
    for number in range(12):
        turned = " ".join(words[number:] + words[:number])
        make_article(section, title=f"{turned[:60]} {number}", lead=turned)
    for number, work in enumerate(Work.objects.all()):
        Work.objects.filter(pk=work.pk).update(poster=Asset.objects.create(kind="image", poster=f"p{number}"))
    return site


def test_a_front_page_weighs_150_kb_at_most_in_every_type_of_a_newsroom(site: Any) -> None:
    client = Client(headers={"host": site.host})
    html = client.get("/").text
    assert html.count('class="card"') >= 8 and "/posters/" in html
    styles = re.findall(r'rel="stylesheet"[^>]* href="([^"]+)"', html)
    built = [path for path in styles if path.startswith(settings.STATIC_URL)]
    brand = [path for path in styles if path not in built]
    assert built and brand
    whole = len(gzip.compress(html.encode())) + sum(len(gzip.compress(client.get(path).content)) for path in brand)
    whole += len(gzip.compress((settings.FRONTEND / "icons.svg").read_bytes()))
    whole += sum(_packed(path) for path in [*(_file(path) for path in built), *_scripts(html)])
    heavy = {name: whole + size for name, size in _letters(built).items() if whole + size > MOST}
    assert heavy == {}, whole


def _file(path: str) -> Path:
    return Path(settings.FRONTEND / path.removeprefix(settings.STATIC_URL))


def _packed(path: Path) -> int:
    small = path.with_name(f"{path.name}.br")
    return small.stat().st_size if small.exists() else len(gzip.compress(path.read_bytes()))


def _scripts(html: str) -> Iterable[Path]:
    """The one of every page, what it imports, and the behaviours that this page names."""
    manifest = json.loads((settings.FRONTEND / "manifest.json").read_text())
    names = {name for words in re.findall(r'data-controller="([^"]+)"', html) for name in words.split()}
    files = {f"{name.replace('-', '_')}_controller.js" for name in names}
    wanted = ["frontend/main.js", *(source for source in manifest if source.rpartition("/")[2] in files)]
    assert len(wanted) > 3
    found: set[str] = set()
    while wanted:
        entry = manifest[wanted.pop()]
        if entry["file"] not in found:
            found.add(entry["file"])
            wanted += entry.get("imports", [])
    return [settings.FRONTEND / file for file in found]


def _letters(styles: list[str]) -> dict[str, int]:
    """By pairing: the upright letters of its families, in which French and English are written."""
    faces = re.findall(r"@font-face\s*{([^}]*)}", "".join(_file(path).read_text() for path in styles))
    sizes: dict[str, int] = {}
    for face in faces:
        family = re.search(r'font-family:\s*"?([^;"]+)', face)
        address = re.search(r"url\(\"?([^\")]+-latin-(?!ext)[^\")]*normal[^\")]*)", face)
        if family and address:
            sizes[family[1]] = _file(address[1]).stat().st_size
    return {name: sum(sizes[family] for family in {kind.display, kind.text}) for name, kind in PAIRINGS.items()}
