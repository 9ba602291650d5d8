"""Related works: what has something in common, with the reason; never what the viewer may not see."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bouquet.shared.discovery.actions import dismiss_work, hide_channel, related_to
from bouquet.shared.works.actions import set_availability, set_tags
from bouquet.shared.works.models import Watching, Work
from bouquet.shared.works.tests.make import make_channel, make_work
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.testing.cast import make_person

pytestmark = pytest.mark.django_db
STRANGER = Viewer(territory="FR")


def reasons(work: Work, viewer: Viewer = STRANGER) -> dict[str, str]:
    return {each.title: each.why for each in related_to(work, viewer)}  # type: ignore[attr-defined]


@pytest.fixture
def work(site: Any, chloe: Any) -> Work:
    made = make_work(title="Lake", site=site, author=chloe, category="nature", channel=make_channel(name="Atelier"))
    set_tags(made, ["heron", "water"])
    return made


def test_each_says_what_it_has_in_common(work: Work, site: Any) -> None:
    make_work(title="Episode", site=site, channel=work.channel)
    set_tags(make_work(title="Birds", site=site), ["Heron"])
    make_work(title="Forest", site=site, category="nature")
    make_work(title="Else", site=site)
    found = reasons(work)
    assert found == {
        "Episode": "More from Atelier",
        "Birds": "Also about “heron”",
        "Forest": "Also in Animals and nature",
        "Else": found["Else"],
    }
    assert found["Else"] in ("Much seen on this site", "New here")
    assert list(found)[-1] == "Else"


def test_what_a_viewer_may_not_find_is_never_suggested(work: Work, site: Any, chloe: Any) -> None:
    for changes in (
        {"state": "hidden"},
        {"visibility": "private"},
        {"visibility": "unlisted"},
        {"visibility": "password"},
        {"visibility": "members"},
        {"visibility": "followers"},
        {"rating": 18},
        {"listable": False},
    ):
        other = make_work(title="Secret", site=site, channel=work.channel, category="nature", **changes)
        set_tags(other, ["heron"])
    abroad = make_work(title="Abroad", site=site, category="nature", channel=work.channel)
    set_availability(abroad, territories=["BE"])
    assert reasons(work) == {}
    assert "Abroad" in reasons(work, Viewer(territory="BE"))


def test_what_a_member_said_no_to_is_left_out(work: Work, site: Any, chloe: Any) -> None:
    one, two = (
        make_work(title="One", site=site, category="nature"),
        make_work(title="Two", site=site, category="nature"),
    )
    make_work(title="Homeless", site=site, category="nature", channel=None)
    viewer = Viewer(person=chloe, territory="FR")
    assert set(reasons(work, viewer)) == {"One", "Two", "Homeless"}
    dismiss_work(chloe, one)
    hide_channel(chloe, two.channel)
    assert set(reasons(work, viewer)) == {"Homeless"}
    assert {"One", "Two"} <= set(reasons(work))


def test_what_several_people_watched_besides_is_suggested(site: Any) -> None:
    lake, forest = make_work(title="Lake", site=site), make_work(title="Forest", site=site)
    for number in range(3):
        assert reasons(lake).get("Forest") != "Watched by people who watched this"  # two would tell of one of them
        person = make_person(name=f"Viewer {number}")
        for work in (lake, forest):
            Watching.objects.create(person=person, work=work, created_at=timezone.now(), updated_at=timezone.now())
    assert reasons(lake)["Forest"] == "Watched by people who watched this"


def test_one_channel_does_not_fill_the_list(work: Work, site: Any) -> None:
    for number in range(9):
        make_work(title=f"Episode {number}", site=site, channel=work.channel)
    for number in range(9):
        make_work(title=f"Nature {number}", site=site, category="nature")
    found = list(reasons(work))
    assert len(found) == 12
    assert sum(title.startswith("Episode") for title in found) == 4


def test_it_costs_the_same_however_much_there_is(work: Work, site: Any) -> None:
    def price() -> int:
        fresh = Work.objects.cards().prefetch_related("tags").get(pk=work.pk)
        with CaptureQueriesContext(connection) as asked:
            related_to(fresh, STRANGER)
        return len(asked)

    make_work(site=site)
    few = price()
    for _ in range(30):
        set_tags(make_work(site=site, category="nature"), ["heron", "water"])
    assert price() <= few <= 12
