"""What a first visit to a front page fetches, but for its pictures: the page, its styles, scripts, letters and icons,
as they lie packed, and a head for each. In every type of letters, and the network's own front with the names of all the
demo's sites.

Letters are the upright ones here: whether a brand writes in slanted ones only a browser can say. It does, in
tests/journeys/test_for_everybody.py, where a front's letters are held to LETTERS, which is what all else leaves here.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.test import Client

from bouquet.config.demo.brands import BRANDS
from bouquet.shared.assets.models import Asset
from bouquet.shared.network.models import Brand
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_work
from bouquet.toolkit.testing.cast import make_person
from bouquet.toolkit.typefaces import PAIRINGS, Pairing

pytestmark = pytest.mark.django_db
MOST = 150_000
LETTERS = 97_000
HEAD = 400  # bytes before each answer's own
HEAD_OF_VIEWS = 650  # with the policy for scripts
WORDS = "The ferry left the old harbour before the sun, and nobody on the quay but the gulls saw which way it went"


@pytest.fixture
def fronts(db: Any) -> dict[str, Any]:
    """A site in every brand of the demo, on the network's front, too; twelve stories with pictures on a magazine."""
    main = make_main_site(front=True, brand=Brand.objects.create(**BRANDS["bouquet"]))
    magazine = make_site("magazine", front=True, kinds=["articles", "photos", "videos", "newsletters"])
    for name in BRANDS.keys() - {"bouquet"}:
        make_site(f"{name}-2", brand=Brand.objects.create(**BRANDS[name]))
    author, words = make_person(), WORDS.split()
    for number in range(12):
        turned = " ".join(words[number:] + words[:number])
        poster = Asset.objects.create(kind="image", state="ready", poster=f"p{number}")
        make_work(site=magazine, author=author, title=f"{turned[:60]} {number}", summary=turned, poster=poster)
    assert Work.objects.count() == 12
    return {"main": main, "magazine": magazine}


def test_a_front_page_weighs_150_kb_at_most_in_every_type(fronts: dict[str, Any]) -> None:
    found = _weight(_visit(fronts["magazine"]))
    assert sum(found.values()) <= MOST - LETTERS, found
    letters = {name: _upright(pairing) for name, pairing in PAIRINGS.items()}
    assert {name: weight for name, weight in letters.items() if weight > LETTERS} == {}


def test_the_networks_front_weighs_150_kb_at_most_with_every_name_in_its_own_letters(fronts: dict[str, Any]) -> None:
    html = _visit(fronts["main"])
    assert html.count("data-brand=") >= len(BRANDS)
    found = _weight(html)
    assert found["names"] > 11 * 1000
    assert sum(found.values()) + _upright(PAIRINGS[fronts["main"].brand.typefaces]) <= MOST, found


def test_a_front_shows_nothing_that_only_other_pages_have_styles_for(fronts: dict[str, Any]) -> None:
    styles = json.loads((settings.FRONTEND / "manifest.json").read_text())
    front, others = (
        set(re.findall(r"\.([a-z][\w-]*)", (settings.FRONTEND / styles[entry]["css"][0]).read_text()))
        for entry in ("frontend/main.js", "frontend/pages.js")
    )
    assert len(others - front) > 100
    for site in fronts.values():
        shown = {name for names in re.findall(r'class="([^"]+)"', _visit(site)) for name in names.split()}
        assert shown & (others - front) == set()
        assert len(shown & front) > 40


def _visit(site: Any) -> str:
    html: str = Client(headers={"host": site.host}).get("/").text
    assert html.count('class="card"') >= 8 and "/posters/" in html
    return html


def _weight(html: str) -> dict[str, int]:
    """But for the letters of the page itself."""
    styles = re.findall(r'rel="stylesheet"[^>]* href="([^"]+)"', html)
    built, own = ([path for path in styles if path.startswith(settings.STATIC_URL) is ours] for ours in (True, False))
    assert len(built) == 1 and own
    icons = brotli.compress((settings.FRONTEND / "icons.svg").read_bytes())
    return {
        "page": len(gzip.compress(html.encode(), 6)) + HEAD_OF_VIEWS,
        "styles": _packed(_file(built[0])) + HEAD + sum(_given(path) for path in own),
        "scripts": sum(_packed(path) + HEAD for path in _scripts(html)),
        "names": sum(_given(address) for path in own for address in _names(path)),
        "icons": len(icons) + HEAD + _given(re.findall(r'rel="icon"[^>]* href="([^"]+)"', html)[0]),
    }


def _given(path: str) -> int:
    """What a browser gets from one of our own views."""
    answer = Client(headers={"host": "bouquet.localhost", "accept-encoding": "gzip"}).get(path)
    return len(answer.content) + HEAD_OF_VIEWS


def _names(sheet: str) -> list[str]:
    return re.findall(r'url\("([^"]+)"\)', Client(headers={"host": "bouquet.localhost"}).get(sheet).text)


def _file(path: str) -> Path:
    return Path(settings.FRONTEND / path.removeprefix(settings.STATIC_URL))


def _packed(path: Path) -> int:
    small = path.with_name(f"{path.name}.br")
    return small.stat().st_size if small.exists() else len(gzip.compress(path.read_bytes()))


def _scripts(html: str) -> Iterator[Path]:
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
            yield settings.FRONTEND / entry["file"]


def _upright(pairing: Pairing) -> int:
    """The letters of plain Latin, in which French and English are written."""
    manifest, files = json.loads((settings.FRONTEND / "manifest.json").read_text()), []
    for family in {pairing.display, pairing.text}:
        plain = re.compile(rf"/{family.lower().replace(' ', '-')}-latin-(wght|\d+)-normal\.woff2$")
        (file,) = (settings.FRONTEND / entry["file"] for source, entry in manifest.items() if plain.search(source))
        files.append(file)
    return sum(file.stat().st_size + HEAD for file in files)
