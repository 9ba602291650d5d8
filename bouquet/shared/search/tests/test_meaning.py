"""“Did you mean …?”: what a misspelt line may have meant, for this reader, and never a word of what is not for them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.search.actions import index_all, index_work
from bouquet.shared.search.folding import query_words
from bouquet.shared.search.meaning import MOST_TRIES, did_you_mean
from bouquet.shared.search.models import Slip, Word
from bouquet.shared.search.spelling import corrections, count_words, distance, forms_of, learn
from bouquet.shared.search.tasks import count_all_words
from bouquet.shared.search.tests.test_search import HOSTILE
from bouquet.shared.works.actions import set_availability, set_tags
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_channel, make_work
from bouquet.shared.works.viewer import Viewer

pytestmark = pytest.mark.django_db
STRANGER = Viewer(territory="FR")


def make_findable(**changes: Any) -> Work:
    work = make_work(**changes)
    index_work(work)
    return work


def meant(line: str, viewer: Viewer = STRANGER, **how: Any) -> list[str]:
    return [each.line for each in did_you_mean(query_words(line), viewer=viewer, **how)]


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("lyon", "lyon", 0),
        ("lyo", "lyon", 1),
        ("lyonn", "lyon", 1),
        ("lyom", "lyon", 1),
        ("lyno", "lyon", 1),  # neighbours that changed places are one slip
        ("fotographie", "photographie", 2),
        ("", "lyon", 4),
        ("abc", "xyz", 3),
    ],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == distance(other, one) == slips


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("harbuor", "harbour"),
        ("harbor", "harbour"),
        ("arbour", "harbour"),
        ("hharbour", "harbour"),
        ("hatboir", "harbour"),  # two slips in a long word
        ("fotographie", "photographie"),
        ("photografie", "photographie"),
        ("lyno", "lyon"),
        ("lyn", "lyon"),
        ("marceh", "marche"),
    ],
)
def test_a_slip_finds_its_word(typed: str, word: str) -> None:
    learn(["harbour", "photographie", "lyon", "marche", "mountain", "kitchen"])
    assert corrections(typed)[:1] == [word]


@pytest.mark.parametrize("typed", ["ly", "xyzzy", "l0on", "12345", "東", "lxxn", "harbour"])
def test_what_is_too_short_too_far_or_no_word_has_no_correction(typed: str) -> None:
    learn(["lyon", "harbour"])
    assert corrections(typed) == []


def test_the_nearest_comes_first_then_the_same_beginning_then_the_more_frequent() -> None:
    learn(["barbour", "harbour", "harbours", "garbour"])
    Word.objects.filter(text="garbour").update(works=50)
    assert corrections("harbou", 4) == ["harbour"]
    assert corrections("harbobr", 4) == ["harbour", "harbours", "garbour", "barbour"]


def test_a_word_has_few_forms_however_long_it_is() -> None:
    assert len(forms_of("a" * 40)) <= 29
    assert max(len(forms_of(word)) for word in ("photographie", "abcdefghijklmnopqrstuvwxyz")) <= 29
    assert len(forms_of("lyon")) == 5


def test_words_are_learnt_from_titles_tags_and_channels_of_what_is_on_shelves() -> None:
    tagged = make_work(title="L’école 2024 au 京 jardin", channel=make_channel(name="Atelier"), summary="Description")
    set_tags(tagged, ["Cuisine"])
    index_work(tagged)
    make_findable(title="Brouillon", state="draft")
    words = set(Word.objects.values_list("text", flat=True))
    assert {"ecole", "jardin", "atelier", "cuisine"} <= words
    assert not words & {"2024", "brouillon", "description", "京", "au"}
    before = Slip.objects.count()
    index_work(tagged)  # twice is once
    assert Slip.objects.count() == before


def test_words_are_counted_every_night_and_those_of_no_work_forgotten() -> None:
    make_findable(title="Harbour kitchen")
    gone = make_findable(title="Harbour secret")
    count_words()
    assert Word.objects.get(text="harbour").works == 2
    gone.delete()
    count_all_words.call()
    assert Word.objects.get(text="harbour").works == 1
    assert not Word.objects.filter(text="secret").exists()
    assert not Slip.objects.filter(word__text="secret").exists()
    Word.objects.all().delete()
    list(index_all())  # `bouquet reindex` brings them back
    assert corrections("harbuor") == ["harbour"]


def test_it_says_the_line_as_it_is_written_on_the_network() -> None:
    make_findable(title="L’École du Cœur")
    assert meant("ecoel") == ["école"]
    assert meant("l'ecoel du coeur") == ["l école du coeur"]


def test_only_what_finds_nothing_is_corrected_and_what_cannot_be_is_left_out() -> None:
    make_findable(title="Harbour at dawn")
    make_findable(title="Kitchen")
    assert meant("harbuor dawn") == ["harbour dawn"]
    assert meant("harbuor xyzzyq") == ["harbour"]
    assert meant("harbour kitchen") == ["kitchen", "harbour"]  # both are there, but never together
    assert meant("xyzzyq") == []
    assert meant("") == []


def test_beginnings_of_the_other_words_hold() -> None:
    make_findable(title="Harbour market")
    assert meant("harbuor mark")[0] == "harbour mark"


def test_hardly_any_hits_give_a_line_that_finds_many_more() -> None:
    make_findable(title="The harbor")
    for number in range(5):
        make_findable(title=f"Harbour {number}")
    assert meant("harbor", found=1) == ["harbour"]
    assert meant("harbor", found=2) == []  # not so many more
    assert meant("harbor", found=3) == []  # there is enough to look at
    assert meant("harbour", found=1) == []


def test_a_word_that_only_stands_in_what_is_not_for_this_reader_is_never_said(chloe: Any, site: Any) -> None:
    for number, changes in enumerate(
        [
            {"visibility": "private"},
            {"visibility": "unlisted"},
            {"visibility": "members"},
            {"visibility": "followers"},
            {"state": "draft"},
            {"state": "hidden"},
            {"state": "down"},
            {"rating": 18},
            {"listable": False},
            {"site": make_site(slug="closed", is_open=False)},
        ]
    ):
        make_findable(title=f"Thunderstorm {number}", **changes)
    abroad = make_findable(title="Thunderstorm abroad")
    set_availability(abroad, territories=["BE"])
    learn(["thunderstorm"])  # as if its work had been public once
    assert corrections("thunderstrom") == ["thunderstorm"]
    assert meant("thunderstrom") == []
    member = Viewer(person=chloe, territory="BE", age=20)
    assert meant("thunderstrom", viewer=member) == ["thunderstorm"]
    Work.objects.exclude(pk=abroad.pk).delete()
    assert meant("thunderstrom", viewer=Viewer(territory="BE")) == ["thunderstorm"]
    assert meant("thunderstrom", viewer=Viewer(territory="CA")) == []


def test_a_secret_word_is_not_said_because_an_open_one_begins_so() -> None:
    make_findable(title="Harb", visibility="private")
    learn(["harb"])
    make_findable(title="Harbour")
    assert meant("hsrb") == []


def test_a_secret_word_is_as_unknown_as_one_that_nobody_wrote() -> None:
    """Else what is said beside it would tell that it exists."""
    make_findable(title="Thunderstorm", visibility="private")
    make_findable(title="Harbour dawn")
    assert meant("harbuor thunderstorm") == meant("harbuor xyzzyqxyzzyq") == ["harbour"]


def test_here_only_what_is_here_is_said() -> None:
    here, there = make_site(slug="here"), make_site(slug="there")
    make_findable(title="Harbour", site=there)
    assert meant("harbuor", site=here) == []
    assert meant("harbuor", site=there) == meant("harbuor", site=make_main_site()) == ["harbour"]


def test_its_price_is_limited() -> None:
    for word in ("harbour", "kitchen", "mountain", "concert", "orchard", "theatre"):
        make_findable(title=word)
    with CaptureQueriesContext(connection) as asked:
        meant("harbuor kitchn mountian concrt orchad theater " * 3)
    assert len(asked) <= 2 * 12 + 4 + 2 * 2 * MOST_TRIES + 3 * 3


@pytest.mark.parametrize("line", HOSTILE)
def test_a_hostile_line_means_nothing(line: str) -> None:
    make_findable(title="The harbour")
    assert all(each in ("harbour", "the", "the harbour", "a") for each in meant(line))


def test_the_page_without_hits_helps(client: Client, site: Any) -> None:
    make_findable(title="Harbour at dawn", site=site)
    make_findable(title="Kitchen", site=make_site(slug="other"))
    page = client.get("/search/", {"q": "harbuor", "category": "music"}, headers={"host": site.host})
    assert page.context["meant"][0]["url"] == "?q=harbour"
    html = page.content.decode()
    assert '<a class="chip meant__line" href="?q=harbour"' in html
    assert "Nothing was found for" in html
    assert [work.title for work in page.context["meanwhile"]] == ["Harbour at dawn"]
    page = client.get("/search/", {"q": "kitchne"}, headers={"host": site.host})
    assert page.context["meant"][0]["url"] == "?q=kitchen&site=all"  # this site has nothing like it, the network has
    page = client.get("/search/", {"q": "kitchen"}, headers={"host": site.host})
    assert page.context["elsewhere"] == 1
    assert "1 hit on the whole network" in page.content.decode()
    assert client.get(f"/search/{page.context['elsewhere_url']}", headers={"host": site.host}).context["hits"]


def test_the_network_s_front_keeps_the_site_that_was_chosen(client: Client, site: Any, main_site: Any) -> None:
    make_findable(title="Harbour", site=site)
    page = client.get("/search/", {"q": "harbuor", "site": site.slug}, headers={"host": main_site.host})
    assert page.context["meant"][0]["url"] == f"?q=harbour&site={site.slug}"


def test_what_was_narrowed_away_is_not_misspelt(client: Client, site: Any) -> None:
    make_findable(title="Harbour", site=site, category="music")
    make_findable(title="Harbours", site=site, category="music")
    for narrowed in ({"category": "food"}, {"tag": "no-such"}, {"length": "long"}):
        page = client.get("/search/", {"q": "harbour"} | narrowed, headers={"host": site.host})
        assert page.context["meant"] == []
        assert page.context["found"].matched == 2
        assert "Search without narrowing" in page.content.decode()


def test_the_api_says_it_too(client: Client, site: Any) -> None:
    make_findable(title="Harbour", site=site)
    make_findable(title="Thunderstorm", site=site, visibility="private")
    learn(["thunderstorm"])

    def asked(line: str) -> Any:
        return client.get("/api/v1/search", {"q": line, "site": site.slug}, headers={"host": site.host}).json()

    assert asked("harbuor")["did_you_mean"] == [{"q": "harbour"}]
    assert asked("thunderstrom")["did_you_mean"] == []
    assert asked("harbour")["did_you_mean"] == []
    assert asked("harbour")["is_capped"] is False
