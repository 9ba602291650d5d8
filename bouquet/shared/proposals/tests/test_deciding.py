"""Editors accept, refuse and drop; makers agree; who is concerned hears of it."""

from __future__ import annotations

from typing import Any

import pytest

from bouquet.shared.network.actions import appoint_editor
from bouquet.shared.network.models import Site
from bouquet.shared.network.tests.make import make_site
from bouquet.shared.proposals.models import Barred, Proposal
from bouquet.shared.proposals.tests.make import enter, is_listed_on, make_proposal, send, told
from bouquet.shared.works.actions import add_guest
from bouquet.shared.works.models import TurnedAway, Work

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(work: Work, magazine: Site, driss: Any) -> Proposal:
    return make_proposal(work, magazine, by=driss)


def desk(person: Any) -> Any:
    return enter(person, "magazine")


def test_editors_accept_the_maker_agrees_and_it_is_shown(
    proposal: Proposal, work: Work, magazine: Site, basile: Any, chloe: Any, driss: Any
) -> None:
    page = desk(basile).get("/admin/proposals/").content.decode()
    assert "The harbour at dawn" in page and "It is about your town." in page and "Driss" in page
    desk(basile).post(f"/admin/proposals/{proposal.uid}/acceptance/")
    assert not is_listed_on(magazine, work), "its maker is asked first"
    assert told(chloe) == ["The editors of Magazine would like to show “The harbour at dawn”: do you agree?"]
    assert "Yes, show it there" in enter(chloe).get(f"/works/{work.uid}/sites/").content.decode()
    enter(chloe).post(f"/proposals/{proposal.uid}/consent", {"wanted": "1"})
    assert is_listed_on(magazine, work)
    assert told(driss) == ["“The harbour at dawn”, which you proposed, is shown on Magazine. Thank you!"]
    assert len(told(chloe)) == 1, "her own yes is no news to her"


def test_where_the_maker_lets_editors_it_is_shown_at_once(
    proposal: Proposal, work: Work, magazine: Site, basile: Any, chloe: Any
) -> None:
    Work.objects.filter(pk=work.pk).update(guest_policy="open")
    desk(basile).post(f"/admin/proposals/{proposal.uid}/acceptance/")
    assert is_listed_on(magazine, work)
    assert told(chloe) == ["“The harbour at dawn” is now shown on Magazine, too"]


def test_a_maker_says_no(proposal: Proposal, work: Work, magazine: Site, basile: Any, chloe: Any, driss: Any) -> None:
    desk(basile).post(f"/admin/proposals/{proposal.uid}/acceptance/")
    enter(chloe).post(f"/proposals/{proposal.uid}/consent", {"wanted": "0"})
    proposal.refresh_from_db()
    assert proposal.state == "declined" and not is_listed_on(magazine, work)
    assert told(driss) == ["The maker of “The harbour at dawn” does not want it on Magazine"]


def test_nobody_else_answers_for_the_maker(
    proposal: Proposal, work: Work, magazine: Site, basile: Any, driss: Any
) -> None:
    desk(basile).post(f"/admin/proposals/{proposal.uid}/acceptance/")
    for person in (driss, basile):
        assert enter(person).post(f"/proposals/{proposal.uid}/consent", {"wanted": "1"}).status_code == 404
    assert not is_listed_on(magazine, work)


def test_editors_refuse_with_a_reason_that_both_read(
    proposal: Proposal, work: Work, magazine: Site, basile: Any, chloe: Any, driss: Any
) -> None:
    path = f"/admin/proposals/{proposal.uid}/refusal/"
    assert desk(basile).post(path, {"reason": ""}).status_code == 422
    desk(basile).post(path, {"reason": "We had it in June.", "bar": "on"})
    proposal.refresh_from_db()
    assert proposal.state == "refused" and Barred.objects.filter(site=magazine, person=driss).exists()
    refused = "“The harbour at dawn”, which you proposed, is not shown on Magazine: We had it in June."
    assert told(driss) == [refused]
    assert told(chloe) == ["“The harbour at dawn” was proposed to Magazine, which does not show it: We had it in June."]
    row = Barred.objects.get()
    assert "Driss" in desk(basile).get("/admin/proposals/guests/?shelf=people").content.decode()
    desk(basile).post(f"/admin/proposals/people/{row.pk}/")
    assert not Barred.objects.exists()


def test_an_editor_decides_for_their_own_sites_only(proposal: Proposal, work: Work, site: Site, ada: Any) -> None:
    other = make_site("other", front=True)
    from bouquet.toolkit.testing.cast import make_person

    stranger = make_person(name="Emma", editor=True)
    appoint_editor(other, stranger)
    client = enter(stranger, "other")
    assert "The harbour" not in client.get("/admin/proposals/").content.decode()
    assert client.post(f"/admin/proposals/{proposal.uid}/acceptance/").status_code == 404
    assert client.get(f"/admin/proposals/{proposal.uid}/refusal/").status_code == 404
    assert Proposal.objects.get().state == "waiting"
    api = client.put(f"/api/v1/proposals/{proposal.uid}/decision", {"accept": True}, content_type="application/json")
    assert api.status_code == 404 and api["Content-Type"].startswith("application/problem+json")


def test_a_member_has_no_desk(proposal: Proposal, driss: Any) -> None:
    assert desk(driss).get("/admin/proposals/").status_code in (302, 404)
    assert desk(driss).post(f"/admin/proposals/{proposal.uid}/acceptance/").status_code in (302, 404)
    assert Proposal.objects.get().state == "waiting"


def test_what_changed_meanwhile_is_asked_again(proposal: Proposal, work: Work, magazine: Site, basile: Any) -> None:
    Work.objects.filter(pk=work.pk).update(guest_policy="closed")
    desk(basile).post(f"/admin/proposals/{proposal.uid}/acceptance/")
    assert Proposal.objects.get().state == "waiting" and not is_listed_on(magazine, work)
    Work.objects.filter(pk=work.pk).update(guest_policy="open", visibility="private")
    assert desk(basile).post(f"/admin/proposals/{proposal.uid}/acceptance/").status_code == 404


def test_a_decision_twice_is_once(proposal: Proposal, work: Work, basile: Any, driss: Any, chloe: Any) -> None:
    Work.objects.filter(pk=work.pk).update(guest_policy="open")
    desk(basile).post(f"/admin/proposals/{proposal.uid}/acceptance/")
    assert desk(basile).post(f"/admin/proposals/{proposal.uid}/acceptance/").status_code == 404
    assert desk(basile).post(f"/admin/proposals/{proposal.uid}/refusal/", {"reason": "No"}).status_code == 404
    assert Proposal.objects.get().state == "shown" and len(told(driss)) == 1


def test_an_editor_who_proposes_to_their_own_site_has_accepted(
    work: Work, magazine: Site, basile: Any, chloe: Any
) -> None:
    send(basile, work, magazine)
    assert Proposal.objects.get().state == "asked"
    assert told(chloe) == ["The editors of Magazine would like to show “The harbour at dawn”: do you agree?"]


def test_editors_drop_a_guest_and_its_maker_reads_why(
    work: Work, magazine: Site, basile: Any, chloe: Any, driss: Any
) -> None:
    add_guest(work, magazine)
    assert "The harbour at dawn" in desk(basile).get("/admin/proposals/guests/").content.decode()
    path = f"/admin/proposals/guests/magazine/{work.uid}/dropping/"
    assert desk(basile).post(path, {"reason": " "}).status_code == 422
    assert desk(driss).post(path, {"reason": "No"}).status_code in (302, 404)
    assert is_listed_on(magazine, work)
    desk(basile).post(path, {"reason": "Our readers have seen it."})
    assert not is_listed_on(magazine, work)
    assert told(chloe) == ["The editors of Magazine no longer show “The harbour at dawn”: Our readers have seen it."]
    assert desk(basile).get(path).status_code == 404
    assert "The harbour" in desk(basile).get("/admin/proposals/guests/?shelf=away").content.decode()
    desk(basile).post(f"/admin/proposals/guests/magazine/{work.uid}/allowing/")
    assert not TurnedAway.objects.exists() and add_guest(work, magazine)


def test_the_home_site_cannot_be_dropped(work: Work, magazine: Site, ada: Any, site: Site) -> None:
    path = f"/admin/proposals/guests/{site.slug}/{work.uid}/dropping/"
    assert desk(ada).post(path, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("query", ["?shelf=nonsense", "?after=broken", "?shelf=%00"])
def test_a_broken_address_of_the_desk_is_no_fault(proposal: Proposal, basile: Any, query: str) -> None:
    assert desk(basile).get(f"/admin/proposals/{query}").status_code in (200, 404)
    assert desk(basile).get(f"/admin/proposals/guests/{query}").status_code in (200, 404)


def test_who_leaves_is_forgotten(proposal: Proposal, work: Work, magazine: Site, driss: Any, basile: Any) -> None:
    from bouquet.shared.proposals.personal_data import erase_proposals, export_proposals

    assert export_proposals(driss)["proposals"][0]["why"] == "It is about your town."
    Proposal.objects.update(state="shown")
    erase_proposals(driss)
    row = Proposal.objects.get()
    assert (row.by, row.why, row.state) == (None, "", "shown")
