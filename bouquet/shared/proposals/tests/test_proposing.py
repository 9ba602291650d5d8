"""A reader sends a film to another site; its maker shows it there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bouquet.shared.comments.models import Block
from bouquet.shared.network.models import Site
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.proposals.models import Barred, Proposal
from bouquet.shared.proposals.tests.make import enter, is_listed_on, make_proposal, send, told
from bouquet.shared.works.actions import set_availability
from bouquet.shared.works.models import TurnedAway, Work
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db


def test_a_reader_proposes_a_film_and_the_editors_hear_who_and_why(
    work: Work, magazine: Site, driss: Any, basile: Any
) -> None:
    page = enter(driss).get(f"/works/{work.uid}/sites/").content.decode()
    assert "Magazine" in page and "Propose it" in page
    assert send(driss, work, magazine, why="  The harbour\nis in your next issue. ").status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.by, proposal.why) == ("waiting", driss, "The harbour is in your next issue.")
    assert told(basile) == ["Driss proposes “The harbour at dawn” for Magazine"]
    assert not is_listed_on(magazine, work), "nothing is shown before the editors agree"
    assert "have not looked" in enter(driss).get(f"/works/{work.uid}/sites/").content.decode()


def test_several_proposals_are_one_notice_while_it_is_unread(
    work: Work, magazine: Site, site: Site, driss: Any, basile: Any
) -> None:
    send(driss, work, magazine)
    told(basile)
    send(driss, make_work(site=site, title="The lake"), magazine)
    assert told(basile) == ["2 proposals wait for Magazine, the last one “The lake”"]


def test_a_stranger_is_asked_to_sign_in(work: Work, magazine: Site) -> None:
    assert "/accounts/login/" in enter().get(f"/works/{work.uid}/sites/")["Location"]
    assert enter().post(f"/works/{work.uid}/sites/", {"site": "magazine", "why": "x"}).status_code == 302
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("visibility", ["unlisted", "members", "followers", "private", "password"])
def test_only_what_everybody_may_see_is_proposed(work: Work, magazine: Site, driss: Any, visibility: str) -> None:
    Work.objects.filter(pk=work.pk).update(visibility=visibility)
    assert send(driss, work, magazine).status_code in (403, 404, 409)
    assert not Proposal.objects.exists()


def test_a_film_that_its_territory_keeps_from_the_site_is_refused(work: Work, magazine: Site, driss: Any) -> None:
    set_availability(work, territories=["FR"], excluded=True)
    work.refresh_from_db()
    assert send(driss, work, magazine).status_code in (404, 451)
    set_availability(work, territories=[])
    Site.objects.filter(pk=magazine.pk).update(territory="DE")
    set_availability(work, territories=["DE"], excluded=True, opens_at=None)
    driss.territory = "FR"
    driss.save()
    client = enter(driss)
    answer = client.post(
        f"/works/{work.uid}/sites/", {"site": "magazine", "why": "Look"}, headers={"x-territory": "FR"}
    )
    assert answer.status_code in (404, 409, 451)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("why", ["", "   ", "x" * 501, "\x00"])
def test_a_proposal_says_why_in_a_few_words(work: Work, magazine: Site, driss: Any, why: str) -> None:
    assert send(driss, work, magazine, why=why).status_code == 422
    assert not Proposal.objects.exists()


def test_markup_in_the_words_stays_words(work: Work, magazine: Site, driss: Any, basile: Any) -> None:
    send(driss, work, magazine, why="<script>alert(1)</script>\u202e")
    desk = enter(basile, "magazine").get("/admin/proposals/").content.decode()
    assert "<script>alert(1)" not in desk and "&lt;script&gt;alert(1)&lt;/script&gt;" in desk


def test_where_it_cannot_go_is_no_choice(work: Work, magazine: Site, site: Site, driss: Any) -> None:
    articles = make_site("paper", kinds=["articles"])
    closed = make_site("closed", is_open=False)
    main = Site.objects.get(is_main=True)
    for place in (site, articles, closed, main):
        assert send(driss, work, place).status_code == 422
    assert enter(driss).post(f"/works/{work.uid}/sites/", {"site": "\x00", "why": "x"}).status_code == 422
    assert not Proposal.objects.exists()


def test_it_is_proposed_once(work: Work, magazine: Site, driss: Any, ada: Any) -> None:
    send(driss, work, magazine)
    assert send(driss, work, magazine).status_code == 422, "no choice any more"
    answer = enter(driss).put(
        f"/api/v1/works/{work.uid}/sites/magazine", {"why": "Again"}, content_type="application/json"
    )
    assert answer.status_code == 409
    assert Proposal.objects.count() == 1


def test_what_the_editors_refused_is_not_proposed_again_so_soon(work: Work, magazine: Site, driss: Any) -> None:
    row = make_proposal(work, magazine, state="refused", decided_at=timezone.now())
    assert send(driss, work, magazine).status_code == 409
    Proposal.objects.filter(pk=row.pk).update(decided_at=timezone.now() - timedelta(days=91))
    assert send(driss, work, magazine).status_code == 302


def test_blocked_barred_and_unwanted_are_refused(work: Work, magazine: Site, driss: Any) -> None:
    block = Block.objects.create(channel=work.channel, person=driss)
    assert send(driss, work, magazine).status_code == 403
    block.delete()
    barred = Barred.objects.create(site=magazine, person=driss)
    assert send(driss, work, magazine).status_code == 403
    barred.delete()
    Work.objects.filter(pk=work.pk).update(guest_policy="closed")
    assert send(driss, work, magazine).status_code == 403
    Work.objects.filter(pk=work.pk).update(guest_policy="ask")
    Site.objects.filter(pk=magazine.pk).update(minimum_age=18)
    assert send(driss, work, magazine).status_code == 403
    assert not Proposal.objects.exists()


def test_who_proposes_all_day_waits(magazine: Site, site: Site, driss: Any) -> None:
    for number in range(5):
        assert send(driss, make_work(site=site, title=f"Film {number}"), magazine).status_code == 302
    answer = send(driss, make_work(site=site, title="One too many"), magazine)
    assert answer.status_code == 429 and "short time" in answer.content.decode()
    Proposal.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert send(driss, make_work(site=site, title="Later"), magazine).status_code == 302


def test_a_maker_shows_it_there_at_once_and_takes_it_back(work: Work, magazine: Site, chloe: Any) -> None:
    path = f"/works/{work.uid}/sites/"
    assert "Show it there" in enter(chloe).get(path).content.decode()
    enter(chloe).post(path, {"site": "magazine", "wanted": "1"})
    assert is_listed_on(magazine, work)
    enter(chloe).post(path, {"site": "magazine", "wanted": "0"})
    assert not is_listed_on(magazine, work)


def test_a_makers_own_wish_settles_what_waited(work: Work, magazine: Site, chloe: Any, driss: Any) -> None:
    send(driss, work, magazine)
    enter(chloe).post(f"/works/{work.uid}/sites/", {"site": "magazine", "wanted": "1"})
    assert Proposal.objects.get().state == "shown"
    assert told(driss) == ["“The harbour at dawn”, which you proposed, is shown on Magazine. Thank you!"]


def test_what_was_dropped_does_not_come_back_by_any_door(work: Work, magazine: Site, chloe: Any, driss: Any) -> None:
    TurnedAway.objects.create(work=work, site=magazine)
    enter(chloe).post(f"/works/{work.uid}/sites/", {"site": "magazine", "wanted": "1"})
    api = enter(chloe).put(f"/api/v1/works/{work.uid}/sites/magazine", {}, content_type="application/json")
    assert api.status_code == 409
    assert send(driss, work, magazine).status_code == 422
    assert not is_listed_on(magazine, work)


def test_who_proposed_reads_what_became_of_it_and_takes_it_back(
    work: Work, magazine: Site, driss: Any, ada: Any
) -> None:
    send(driss, work, magazine)
    proposal = Proposal.objects.get()
    assert "The harbour at dawn" in enter(driss).get("/me/proposals/").content.decode()
    assert enter(ada).post(f"/proposals/{proposal.uid}/withdrawal").status_code == 404
    enter(driss).post(f"/proposals/{proposal.uid}/withdrawal")
    assert Proposal.objects.get().state == "withdrawn"
    assert enter(driss).post(f"/proposals/{proposal.uid}/withdrawal").status_code == 403


def test_of_a_film_that_went_private_no_list_says_a_word(work: Work, magazine: Site, driss: Any, basile: Any) -> None:
    send(driss, work, magazine)
    Work.objects.filter(pk=work.pk).update(visibility="private")
    assert "The harbour" not in enter(driss).get("/me/proposals/").content.decode()
    assert "The harbour" not in enter(basile, "magazine").get("/admin/proposals/").content.decode()
    assert enter(driss).get(f"/works/{work.uid}/sites/").status_code == 404


def test_the_pages_ask_the_same_however_long_the_lists(work: Work, magazine: Site, site: Site, driss: Any) -> None:
    def asked(path: str) -> int:
        client = enter(driss)
        for _warm in range(2):
            client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    make_proposal(work, magazine, by=driss)
    few = asked("/me/proposals/"), asked(f"/works/{work.uid}/sites/")
    for number in range(8):
        other = make_site(f"site-{number}")
        make_proposal(make_work(site=site, title=f"Film {number}"), other, by=driss)
        make_proposal(work, other, by=driss)
    assert (asked("/me/proposals/"), asked(f"/works/{work.uid}/sites/")) == few
