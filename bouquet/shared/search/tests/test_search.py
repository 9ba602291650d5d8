"""Search: what is found, by whom, and what a hostile line does (nothing)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.search.actions import index_all, index_work
from bouquet.shared.search.finding import find
from bouquet.shared.search.models import Entry
from bouquet.shared.works.actions import (
    change_work,
    hide_work,
    publish_work,
    rename_channel,
    set_availability,
    set_tags,
)
from bouquet.shared.works.models import Filters, Work
from bouquet.shared.works.tests.make import make_channel, make_work
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db
STRANGER = Viewer(territory="FR")


def make_findable(**changes) -> Work:
    work = make_work(**changes)
    index_work(work)
    return work


def titles(line: str, **how) -> list[str]:
    return [work.title for work in find(line, viewer=how.pop("viewer", STRANGER), **how).works]


@pytest.mark.parametrize(
    "line", ["ecole", "École", "ÉCOLE", "eco", "  école  ", "l'ecole", "e\u0301cole", "cœur", "coeur"]
)
def test_accents_case_and_beginnings_do_not_matter(line):
    make_findable(title="L’école du cœur")
    assert titles(line) == ["L’école du cœur"]


def test_every_word_must_be_there_in_whatever_field():
    make_findable(title="A walk in Lyon", summary="The river in winter", channel=make_channel(name="Atelier Rouge"))
    assert titles("lyon river rouge")
    assert not titles("lyon beach")


def test_the_title_weighs_more_than_the_text():
    make_findable(title="Another day", summary="We met a dragon and left. " * 3)
    make_findable(title="The dragon")
    assert titles("dragon") == ["The dragon", "Another day"]


def test_of_equals_the_newest_comes_first():
    first, second = make_findable(title="Market day"), make_findable(title="Market day")
    assert [work.pk for work in find("market", viewer=STRANGER).works] == [second.pk, first.pk]


def test_what_may_not_be_listed_is_never_a_hit(chloe, site):
    for number, changes in enumerate(
        [
            {"state": "draft"},
            {"state": "hidden"},
            {"state": "down"},
            {"visibility": "private"},
            {"visibility": "unlisted"},
            {"visibility": "members"},
            {"visibility": "followers"},
            {"rating": 18},
            {"listable": False},
            {"site": make_site(slug="closed", is_open=False)},
        ]
    ):
        make_findable(title=f"Secret {number}", **changes)
    abroad = make_findable(title="Secret abroad")
    set_availability(abroad, territories=["BE"])
    assert find("secret", viewer=STRANGER).total == 0
    assert titles("secret", viewer=Viewer(person=chloe, territory="BE", age=20)) == [
        "Secret abroad",
        "Secret 7",
        "Secret 5",
    ]


def test_here_or_on_the_whole_network_and_by_kind():
    music, video = make_site(slug="music"), make_site(slug="video")
    make_findable(title="Dawn song", site=music, kind="music")
    make_findable(title="Dawn film", site=video)
    assert titles("dawn", site=music) == ["Dawn song"]
    assert titles("dawn", site=make_main_site()) == ["Dawn film", "Dawn song"]
    assert titles("dawn", kind="music") == ["Dawn song"]
    assert find("dawn", viewer=STRANGER, kind="music").kinds == {"music": 1, "videos": 1}
    assert not titles("music")  # where a work stands is no word of it
    assert not titles(f"site{music.pk}")


HOSTILE = [
    '"',
    "'",
    '" OR 1=1 --',
    "title:x OR *",
    "NEAR(a b)",
    "a AND NOT b)",
    "((((",
    "^*\\",
    "%s %d %(x)s",
    "{title} : x",
    "\x00",
    "a\x00b",
    "\ud7ff\ufffe",
    "'; DROP TABLE works_work; --",
    "x" * 10_000,
    "word " * 10_000,
    "🎬🎬🎬",
    "𝒳 ﬁ Å",
    ":*ABC & !x | <->",
    "\u202e\u200b",
    "the of and le la de l",
    "\u202eשלום عالم\u202c z\u0301\u0301\u0301",
]


@pytest.mark.parametrize("line", HOSTILE)
def test_a_hostile_line_is_only_a_line(client, line, site):
    make_findable(title="The harbour", site=site)
    for query in ({"q": line}, {"q": f"harbour {line[:200]}", "page": "-1", "kind": "'", "site": '"'}):
        assert client.get("/search/", query, follow=True, headers={"host": site.host}).status_code == 200
    assert Work.objects.count() == 1


def test_markup_in_a_title_stays_text(client, site):
    make_findable(
        title="<script>alert(1)</script> & harbour", summary="<img src=x onerror=alert(1)> harbour", site=site
    )
    page = client.get("/search/?q=harbour", headers={"host": site.host}).content.decode()
    assert "<mark>harbour</mark>" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_page_of_hits_costs_a_fixed_number_of_queries(client, site):
    for number in range(30):
        make_findable(title=f"Harbour {number}", site=site)
    client.get("/search/?q=harbour", headers={"host": site.host})
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/search/?q=harbour", headers={"host": site.host})
    assert len([query for query in captured if "works_work" in query["sql"]]) == 2
    assert page.context["found"].total == 30
    assert len(page.context["hits"]) == 24
    assert page.context["next_url"]
    assert len(client.get("/search/" + page.context["next_url"], headers={"host": site.host}).context["hits"]) == 6


def test_publishing_changing_and_renaming_are_heard(chloe):
    work = make_work(state="draft", author=chloe, title="Old words")
    publish_work(work, by=chloe)
    run_all_tasks()
    assert titles("old")
    change_work(work, by=chloe, title="New words")
    run_all_tasks()
    assert (titles("new"), titles("old")) == (["New words"], [])
    rename_channel(work.channel, by=chloe, name="Studio Zèbre")
    run_all_tasks()
    assert titles("zebre")
    hide_work(work, by=chloe)
    assert not titles("new")
    work.delete()
    assert not Entry.objects.exists()


def test_everything_can_be_written_again():
    for number in range(3):
        make_work(title=f"Harbour {number}")
    assert not titles("harbour")
    assert list(index_all()) == [3]
    assert len(titles("harbour")) == 3


@pytest.mark.parametrize("line", ["東京", "京"])
def test_scripts_without_spaces_are_found_by_their_signs(line):
    make_findable(title="夜の東京")
    assert titles(line)


def test_the_api_finds_the_same(client, site):
    work = make_findable(title="L’école", site=site)
    make_findable(title="École privée", site=site, visibility="private")
    answer = client.get("/api/v1/search", {"q": "ecole", "site": site.slug}, headers={"host": site.host}).json()
    assert (answer["total"], [each["id"] for each in answer["works"]]) == (1, [work.uid])
    for wrong in ({"q": "x" * 501}, {"q": "x", "page": "0"}, {}):
        assert client.get("/api/v1/search", wrong, headers={"host": site.host}).status_code == 422


def test_title_before_tag_before_text_before_speech():
    text = make_findable(title="Text", summary="A dragon came.")
    tagged, title = make_findable(title="Tagged"), make_findable(title="Dragon")
    set_tags(tagged, ["dragon"])
    said = make_work(title="Said")
    for work in (text, tagged, title):
        index_work(work)
    words = {"title": "said", "names": "", "body": "", "place": "", "moments": [7]}
    Entry.objects.create(work=said, speech="a dragon", said="A dragon", **words)
    found = find("dragon", viewer=STRANGER)
    assert [work.title for work in found.works] == ["Dragon", "Tagged", "Text", "Said"]
    assert found.moments[said.pk].at == 7


def test_whole_words_come_before_beginnings():
    make_findable(title="Dragonfly")
    make_findable(title="Dragon", published_at=timezone.now() - timedelta(days=300))
    assert titles("dragon") == ["Dragon", "Dragonfly"]


def test_what_is_seen_much_comes_first_among_equals():
    first, second = make_findable(title="Market day"), make_findable(title="Market day")
    Work.objects.filter(pk=first.pk).update(views_lately=900)
    assert [work.pk for work in find("market", viewer=STRANGER).works] == [first.pk, second.pk]


@pytest.fixture
def facets(site):
    old = timezone.now() - timedelta(days=60)
    make_findable(title="Harbour A", site=site, category="music", language="fr", duration=60, views=1)
    make_findable(title="Harbour B", site=site, category="music", language="en", duration=600, views=9)
    work = make_findable(title="Harbour C", site=site, category="food", language="fr", duration=3000, published_at=old)
    set_tags(work, ["Été"])
    make_findable(title="Harbour D", site=site, category="food", visibility="private", language="fr", duration=60)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {"A", "B", "C"}),
        ({"category": "music"}, {"A", "B"}),
        ({"language": "fr"}, {"A", "C"}),
        ({"language": "fr", "category": "food"}, {"C"}),
        ({"length": "medium"}, {"B"}),
        ({"since": "month"}, {"A", "B"}),
        ({"tag": "ete"}, {"C"}),
        ({"tag": "no-such"}, set()),
        ({"category": "sport"}, set()),
    ],
)
def test_hits_are_narrowed_by_facets(client, site, facets, asked, expected):
    page = client.get("/search/", {"q": "harbour"} | asked, headers={"host": site.host})
    assert {hit["work"].title[-1] for hit in page.context["hits"]} == expected
    if asked:
        assert "q=harbour" in page.context["chosen"][0]["url"]
    answer = client.get("/api/v1/search", {"q": "harbour"} | asked, headers={"host": site.host}).json()
    assert {each["title"][-1] for each in answer["works"]} == expected


def test_each_facet_counts_what_the_others_leave(facets):
    found = find("harbour", viewer=STRANGER, filters=Filters(category="music", language="fr")).facets
    assert (found.category, found.language) == ({"music": 1, "food": 1}, {"fr": 1, "en": 1})
    assert (found.length, found.since) == ({"short": 1}, {"day": 1, "week": 1, "month": 1, "year": 1})


def test_hits_in_another_order(client, site, facets):
    orders = {"views": "BAC", "longest": "CBA", "latest": "BAC", "nonsense": "BAC"}
    for order, expected in orders.items():
        page = client.get("/search/", {"q": "harbour", "order": order}, headers={"host": site.host})
        assert "".join(hit["work"].title[-1] for hit in page.context["hits"]) == expected, order


def test_the_network_s_front_narrows_by_site(client, site, main_site):
    make_findable(title="Harbour here", site=site)
    make_findable(title="Harbour there", site=make_site(slug="other"))
    page = client.get("/search/", {"q": "harbour"}, headers={"host": main_site.host})
    choice = next(each for each in page.context["choices"] if each.name == "site")
    assert {value for value, _label in choice.options} == {"", site.slug, "other"}
    page = client.get("/search/", {"q": "harbour", "site": "other"}, headers={"host": main_site.host})
    assert [hit["work"].title for hit in page.context["hits"]] == ["Harbour there"]
    assert client.get("/search/?q=harbour&site=%00", headers={"host": main_site.host}).status_code == 200


def test_titles_are_suggested_while_one_types(client, site):
    make_findable(title="L’école du cœur", site=site)
    make_findable(title="Secret école", site=site, visibility="private")
    make_findable(title="Other", summary="école", site=site)
    for typed in ("éc", "ecole", "l'ecole du c"):
        answer = client.get("/search/suggestions", {"q": typed}, headers={"host": site.host})
        assert [each["title"] for each in answer.json()["suggestions"]] == ["L’école du cœur"]
    for typed in ("", "e", *HOSTILE):
        assert client.get("/search/suggestions", {"q": typed}, headers={"host": site.host}).status_code == 200
    found = client.get("/api/v1/search/suggestions", {"q": "ecol"}, headers={"host": site.host}).json()
    assert [each["title"] for each in found["works"]] == ["L’école du cœur"]


def test_the_api_says_which_filter_is_wrong(client, site):
    for wrong in ({"length": "x"}, {"since": "ever"}, {"order": "best"}, {"category": "A B"}):
        answer = client.get("/api/v1/search", {"q": "x"} | wrong, headers={"host": site.host})
        assert (answer.status_code, answer["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("order", ["", "latest", "longest"])
def test_whoever_reads_on_meets_every_hit_once_however_few_are_looked_at_first(monkeypatch, order):
    """More is looked at where a page would not be full; what is found then stands behind."""
    monkeypatch.setattr("bouquet.shared.search.finding.LOOKED_AT", (4, 6, 100))
    for number in range(9):
        make_findable(title=f"Notes {number}", summary="The harbour", duration=number, views_lately=90 * (number < 3))
    old = make_findable(title="The harbour", published_at=timezone.now() - timedelta(days=900))
    met, page = [], 1
    while True:
        found = find("harbour", viewer=STRANGER, order=order, page=page, size=3)
        assert found.is_capped == (page == 1)
        met += [work.pk for work in found.works]
        if not found.has_next:
            break
        page += 1
    assert len(met) == len(set(met)) == 10 and page == 4
    assert order or met[0] == old.pk


def test_a_choice_that_the_newest_do_not_fit_is_looked_for_among_more(monkeypatch):
    monkeypatch.setattr("bouquet.shared.search.finding.LOOKED_AT", (2, 3, 100))
    old = [make_findable(title="Le port", summary="harbour", language="fr") for _ in range(2)]
    new = [make_findable(title="The harbour", language="en") for _ in range(3)]
    found = find("harbour", viewer=STRANGER, filters=Filters(language="fr"))
    assert {work.pk for work in found.works} == {work.pk for work in old} and not found.is_capped
    assert find("harbour", viewer=STRANGER, size=1).works == [new[-1]]


def test_a_line_that_is_longer_than_is_read_has_the_address_of_what_is_read_of_it(client, site):
    headers = {"host": site.host}
    answer = client.get("/search/", {"q": "h" + "\u0301\u202e" * 50_000, "kind": "videos"}, headers=headers)
    assert answer.status_code == 302
    page = client.get(answer["Location"], headers=headers)
    assert page.status_code == 200 and page.context["asked"] == ("h" + "\u0301\u202e" * 250)[:500]
    assert "kind=videos" in answer["Location"] and len(page.content) < 200_000
