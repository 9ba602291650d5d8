"""What a reader may know of who publishes, and what a page fetches from others: nothing."""

import re

import pytest
from django.utils import timezone

from bouquet.kinds.articles.models import Correction
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_picture, make_section, visit
from bouquet.shared.network.models import Network
from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|track|embed|object|use|input)\b[^>]*?\s(?:src|srcset|data|poster|href)="([^"]*)"
    |<link\b(?=[^>]*\brel="(?:stylesheet|icon|apple-touch-icon|preload|modulepreload|preconnect|dns-prefetch|prefetch|manifest)")[^>]*?\shref="([^"]*)"
    |\sstyle="[^"]*url\(([^)]*)\)""",
    re.X | re.I,
)
PAGES = ("/", "/articles/", "/articles/corrections/", "/articles/right-of-reply/", "/legal/", "/about/", "/counting/")


def fetched_hosts(text):
    addresses = [part for found in FETCHED.findall(text) for part in " ".join(found).replace(",", " ").split()]
    return {match.group(1) for each in addresses if (match := re.match(r"(?:https?:)?//([^/:]+)", each))}


def test_fronts_articles_and_pages_of_the_law_fetch_nothing_from_others():
    make_main_site()
    site = make_newsroom()
    film = make_work(site=make_site("video"))
    body = [
        ("text", "<p>Words.</p>"),
        ("work", {"work": film, "caption": ""}),
        ("picture", {"picture": make_picture(), "caption": "", "alternative": "", "width": "text"}),
        ("outside", {"address": "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "title": "Elsewhere"}),
    ]
    page = make_article(make_section(site), body=body, picture=make_picture())
    for path in (*PAGES, page.own_path()):
        answer = visit(path, site)
        assert answer.status_code == 200, path
        others = {host for host in fetched_hosts(answer.text) if not host.endswith("bouquet.localhost")}
        assert not others, path
        policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; ") if " " in part)
        for name in ("script-src", "style-src", "img-src", "font-src", "connect-src"):
            said = policy.get(name, policy["default-src"])
            assert not re.search(r"https?://(?![\w.-]*bouquet\.localhost)|\*", said), f"{path}: {name} {said}"
    assert "www.youtube-nocookie.com" not in fetched_hosts(visit(page).text)
    assert fetched_hosts('<script src="https://spy.example/a.js"></script>') == {"spy.example"}, "this test can fail"


def test_each_site_says_who_publishes_it_and_leads_there_from_every_page():
    network = Network.current()
    network.publisher, network.publisher_address, network.director = "The Group", "1 rue du Port", "Ada Lovelace"
    network.contact = "group@bouquet.example"
    network.save()
    own = make_newsroom(
        "own", publisher="Own Press", publisher_address="2 quai", director="Basile", contact="own@press.example"
    )
    plain = make_newsroom("plain", about="A paper of the coast.")
    text = visit("/legal/", own).text
    assert all(words in text for words in ("Own Press", "2 quai", "Basile", "own@press.example"))
    assert "1 rue du Port" not in text
    text = visit("/about/", plain).text
    assert all(
        words in text for words in ("A paper of the coast.", "The Group", "Ada Lovelace", "group@bouquet.example")
    )
    for path in ("/legal/", "/about/", "/articles/corrections/", "/articles/right-of-reply/", "/counting/"):
        assert f'href="{path}"' in visit("/articles/", plain).text, path
    video = make_site("video")
    assert "/articles/corrections/" not in visit("/legal/", video).text


def test_corrections_are_promised_and_listed():
    site = make_newsroom(corrections_policy="We say it <aloud>.")
    section = make_section(site)
    page, draft = make_article(section), make_article(section, title="Not out", publish=False)
    for each in (page, draft):
        each.corrections = [Correction(words=f"Twelve boats in {each.title}.", at=timezone.now())]
        each.save_revision()
    page.get_latest_revision().publish()
    text = visit("/articles/corrections/", site).text
    assert "We say it &lt;aloud&gt;." in text and f"Twelve boats in {page.title}." in text
    assert "Not out" not in text and f'{page.own_path()}#corrections"' in text
    assert "Nothing has been corrected" in visit("/articles/corrections/", make_newsroom("other")).text
