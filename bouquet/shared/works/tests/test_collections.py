"""Collections: filled by one or by several, in order, played, and never showing more than their reader may find."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bouquet.shared.notifications.models import Notice
from bouquet.shared.works import actions
from bouquet.shared.works.actions import collaboration
from bouquet.shared.works.models import Collaborator, Collection, Invitation, Work
from bouquet.shared.works.personal_data import erase_works, export_works
from bouquet.shared.works.tests.make import make_channel, make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(site: Any) -> Any:
    def enter(person: Any = None) -> Client:
        client = Client(headers={"host": site.host})
        if person is not None:
            client.force_login(person)
        return client

    return enter


def make_list(owner: Any, site: Any, *titles: str, **changes: Any) -> Collection:
    collection = actions.add_collection(owner, **{"name": "Evening", "visibility": "public"} | changes)
    for title in titles:
        actions.add_to_collection(collection, make_work(title=title, site=site))
    return collection


def titles_of(collection: Collection) -> list[str]:
    return [item.work.title for item in collection.items.select_related("work")]


def uids_of(collection: Collection) -> dict[str, str]:
    return {item.work.title: item.work.uid for item in collection.items.select_related("work")}


def ask(client: Client, method: str, path: str, body: Any = None) -> Any:
    return getattr(client, method)(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def test_a_move_names_its_neighbour_and_leaves_the_others_in_order(door: Any, chloe: Any, site: Any) -> None:
    collection = make_list(chloe, site, *"ABCD")
    uid = uids_of(collection)
    door(chloe).post(f"{collection.path}items", {"move": uid["D"], "before": uid["B"]})
    assert titles_of(collection) == list("ADBC")
    door(chloe).post(f"{collection.path}items", {"move": uid["A"], "after": uid["C"]})
    assert titles_of(collection) == list("DBCA")
    door(chloe).post(f"{collection.path}items", {"up": uid["D"]})  # the first one stays the first
    assert titles_of(collection) == list("DBCA")
    assert door(chloe).post(f"{collection.path}items", {"up": "nobody"}).status_code == 404
    answer = door(chloe).post(f"{collection.path}items", {"move": "nobody"}, headers={"x-swap": "order"})
    assert (answer.status_code, titles_of(collection)) == (204, list("DBCA"))


def test_who_is_invited_by_name_takes_part_and_both_are_told(door: Any, chloe: Any, driss: Any, site: Any) -> None:
    collection = make_list(chloe, site, "A", visibility="private")
    assert door(driss).get(collection.path).status_code == 404
    for _twice in range(2):
        door(chloe).post(f"{collection.path}invitations", {"handle": "@driss"})
    notice = Notice.objects.get(person=driss, kind="works.invited")
    assert "Evening" in door(driss).get(notice.url).text
    door(driss).post(notice.url)
    assert Notice.objects.filter(person=chloe, kind="works.joined").count() == 1
    assert not Invitation.objects.exists()  # it is used up
    work = make_work(title="B", site=site)
    door(driss).post(f"/works/{work.uid}/collection", {"collection": collection.uid})
    assert titles_of(collection) == ["A", "B"]
    assert collection.items.get(work=work).added_by == driss
    assert "added by Driss" in door(chloe).get(collection.path).text
    assert "Evening" in door(driss).get("/me/collections/").text


def test_a_link_takes_in_who_has_it_until_it_is_revoked(
    door: Any, chloe: Any, driss: Any, basile: Any, site: Any
) -> None:
    collection = make_list(chloe, site)
    for _twice in range(2):
        door(chloe).post(f"{collection.path}invitations")
    link = Invitation.objects.get(collection=collection)
    assert link.path in door(chloe).get(f"{collection.path}people/").text
    door(driss).post(link.path)
    assert Collaborator.objects.filter(person=driss).exists()
    door(chloe).post(f"{link.path}removal")
    answer = door(basile).post(link.path)
    assert (answer.status_code, "not valid" in answer.text) == (404, True)
    assert Collaborator.objects.count() == 1


def test_an_invitation_is_for_who_was_invited(door: Any, chloe: Any, driss: Any, basile: Any, site: Any) -> None:
    collection = make_list(chloe, site)
    invitation = actions.invite_person(collection, driss, by=chloe)
    assert invitation is not None
    assert door(basile).post(invitation.path).status_code == 404
    assert door(basile).post(f"{invitation.path}removal").status_code == 404
    assert door().get(invitation.path).status_code == 302  # sign in first
    assert not Collaborator.objects.exists()
    door(driss).post(f"{invitation.path}removal")  # no, thank you
    assert not Invitation.objects.exists()


def test_a_collaborator_leaves_or_is_asked_to(door: Any, chloe: Any, driss: Any, basile: Any, site: Any) -> None:
    collection = make_list(chloe, site, "A")
    for person in (driss, basile):
        Collaborator.objects.create(collection=collection, person=person)
    assert door(driss).post(f"{collection.path}people/basile/removal").status_code == 404
    assert Collaborator.objects.count() == 2
    door(driss).post(f"{collection.path}people/driss/removal")
    door(chloe).post(f"{collection.path}people/basile/removal")
    assert not Collaborator.objects.exists()
    assert door(driss).post(f"{collection.path}items", {"remove": uids_of(collection)["A"]}).status_code == 404


def test_what_is_the_owners_stays_the_owners(door: Any, chloe: Any, driss: Any, site: Any) -> None:
    collection = make_list(chloe, site, "A")
    Collaborator.objects.create(collection=collection, person=driss)
    for path in ("edit/", "people/"):
        assert door(driss).get(f"{collection.path}{path}").status_code == 404
    for path in ("removal", "cover", "invitations"):
        assert door(driss).post(f"{collection.path}{path}").status_code == 404
    assert door(chloe).get(f"{actions.later_of(chloe).path}people/").status_code == 404  # watch later is for one


def test_nobody_invites_crowds(door: Any, chloe: Any, driss: Any, site: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(collaboration, "MOST_COLLABORATORS", 1)
    collection = make_list(chloe, site)
    actions.invite_by_link(collection)
    Collaborator.objects.create(collection=collection, person=driss)
    answer = door(chloe).post(f"{collection.path}invitations", {"handle": "chloe"}, follow=True)
    assert "takes part already" in answer.text
    answer = door(chloe).post(f"{collection.path}invitations", {"handle": "nobody-at-all"})
    assert (answer.status_code, "nobody of this name" in answer.text) == (422, True)


def test_works_that_are_not_to_be_seen_are_said(door: Any, chloe: Any, driss: Any, site: Any) -> None:
    collection = make_list(chloe, site, "A", "B")
    Work.objects.filter(title="B").update(state="down")
    text = door(driss).get(collection.path).text
    assert "1 work of this collection is not shown" in text
    assert ">B<" not in text
    mine = door(chloe).get(collection.path).text
    assert "A work that is not shown to you" in mine
    assert ">B<" not in mine
    door(chloe).post(f"{collection.path}items", {"remove": uids_of(collection)["B"]})
    assert "not shown" not in door(driss).get(collection.path).text


def test_playing_all_goes_to_the_first_and_remembers_the_list(door: Any, chloe: Any, site: Any) -> None:
    collection = make_list(chloe, site, *"AB")
    first = Work.objects.get(title="A")
    assert door().get(f"{collection.path}play").url == f"{first.path}?list={collection.uid}"
    answer = door().get(f"{collection.path}play?shuffle=1&loop=1")
    assert "shuffle=" in answer.url
    assert answer.url.endswith("&loop=1")
    empty = make_list(chloe, site)
    assert door().get(f"{empty.path}play").url == empty.path
    assert door().get(f"{make_list(chloe, site, 'C', visibility='private').path}play").status_code == 404


def test_a_longer_collection_costs_no_more_queries(door: Any, chloe: Any, site: Any) -> None:
    collection = make_list(chloe, site, *"AB")
    client = door(chloe)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(collection.path).status_code == 200
        return len(asked)

    queries()
    queries()
    few = queries()
    for title in "CDEFGH":
        actions.add_to_collection(collection, make_work(title=title, site=site), by=make_work().author)
    assert queries() <= few


def test_the_picture_of_a_collection_is_one_that_its_reader_may_see(door: Any, chloe: Any, site: Any) -> None:
    collection = make_list(chloe, site, *"AB")
    hidden = Work.objects.get(title="B")
    door(chloe).post(f"{collection.path}cover", {"work": hidden.uid})
    assert door().get(collection.path).context["card"].face == hidden
    Work.objects.filter(pk=hidden.pk).update(visibility="private")
    assert door().get(collection.path).context["card"].face.title == "A"
    assert door(chloe).post(f"{collection.path}cover", {"work": make_work().uid}).status_code == 404
    door(chloe).post(f"{collection.path}cover", {"work": ""})
    collection.refresh_from_db()
    assert collection.cover is None


def test_a_collection_has_a_card_for_other_networks_unless_it_is_private(door: Any, chloe: Any, site: Any) -> None:
    collection = make_list(chloe, site, "A", name='"><script>x', about="All of <b>August</b>")
    text = door().get(collection.path).text
    assert 'property="og:title" content="&quot;&gt;&lt;script&gt;x"' in text
    assert "All of &lt;b&gt;August&lt;/b&gt;" in text
    actions.change_collection(collection, visibility="members")
    text = door(chloe).get(collection.path).text
    assert "og:title" not in text
    assert "noindex" in text


def test_a_card_leads_to_keeping_it(door: Any, chloe: Any, site: Any) -> None:
    work = make_work(site=site)
    assert f'href="/works/{work.uid}/collection"' in door().get("/feed/").text
    answer = door(chloe).get(f"/works/{work.uid}/collection", headers={"x-swap": "menu"})
    assert 'class="membership' in answer.text
    assert "<html" not in answer.text


def test_collections_stand_on_the_channel_they_were_put_on(chloe: Any, site: Any) -> None:
    own, group = actions.channel_of(chloe, site), make_channel(owner=chloe, site=site, name="Ciné-club")
    mine, theirs = make_list(chloe, site, name="Mine"), make_list(chloe, site, name="Theirs", channel=group)
    actions.later_of(chloe)
    assert list(Collection.objects.of_channel(own)) == [mine]
    assert list(Collection.objects.of_channel(group)) == [theirs]


def test_the_api_does_all_of_it(door: Any, chloe: Any, driss: Any, site: Any) -> None:
    one, two = make_work(title="One", site=site), make_work(title="Two", site=site)
    hers, his = door(chloe), door(driss)
    made = ask(hers, "post", "/collections", {"name": "By program", "about": "x", "visibility": "public"}).json()
    path = f"/collections/{made['id']}"
    for work in (one, two):
        assert ask(hers, "put", f"{path}/works/{work.uid}").status_code == 204
    assert ask(hers, "put", f"{path}/works/{two.uid}/place", {"before": one.uid}).status_code == 204
    shown = his.get(f"/api/v1{path}").json()
    assert [work["title"] for work in shown["works"]] == ["Two", "One"]
    assert (shown["collection"]["owner"], shown["missing"]) == ("chloe", 0)
    assert ask(hers, "put", f"{path}/works/{two.uid}/place", {}).status_code == 204  # to the end
    assert titles_of(Collection.objects.get(uid=made["id"])) == ["One", "Two"]
    assert ask(hers, "patch", path, {"name": "Renamed", "cover": two.uid}).json()["name"] == "Renamed"
    assert ask(his, "put", f"{path}/order", {"works": [two.uid]}).status_code == 404
    token = ask(hers, "post", f"{path}/invitations", {}).json()["token"]
    assert ask(his, "put", f"{path}/invitations/{token}/acceptance").status_code == 204
    assert ask(his, "put", f"{path}/order", {"works": [two.uid]}).status_code == 204
    assert titles_of(Collection.objects.get(uid=made["id"])) == ["Two", "One"]
    assert [each["handle"] for each in his.get(f"/api/v1{path}/collaborators").json()] == ["driss"]
    assert ask(his, "delete", path).status_code == 404
    assert ask(his, "delete", f"{path}/collaborators/driss").status_code == 204
    assert ask(hers, "delete", f"{path}/invitations/{token}").status_code == 204
    assert hers.get(f"/api/v1{path}/invitations").json() == []
    assert ask(hers, "patch", f"/collections/{actions.later_of(chloe).uid}", {"name": "x"}).status_code == 409


def test_erasing_a_collaborator_leaves_the_list_whole(chloe: Any, driss: Any, site: Any) -> None:
    collection = make_list(chloe, site)
    actions.invite_by_link(collection)
    Collaborator.objects.create(collection=collection, person=driss)
    actions.add_to_collection(collection, make_work(title="His gift", site=site), by=driss)
    assert export_works(driss)["collections_of_others"][0]["name"] == "Evening"
    erase_works(driss)
    assert titles_of(collection) == ["His gift"]
    assert not Collaborator.objects.exists()


def told(person: Any) -> list[str]:
    return [notice.title for notice in Notice.objects.of(person).order_by("pk")]


def test_the_owner_hears_of_what_others_add_in_one_notice(chloe: Any, driss: Any, basile: Any, site: Any) -> None:
    collection = make_list(chloe, site, "A")
    for person in (driss, basile):
        Collaborator.objects.create(collection=collection, person=person)
    actions.add_to_collection(collection, make_work(site=site, title="Hers"), by=chloe)
    assert told(chloe) == [], "her own films are no news to her"
    film = make_work(site=site, title="B")
    actions.add_to_collection(collection, film, by=driss)
    actions.add_to_collection(collection, film, by=driss)
    assert told(chloe) == ["Driss added a film to your collection “Evening”"]
    actions.add_to_collection(collection, make_work(site=site, title="C"), by=basile)
    assert told(chloe) == ["2 films were added to your collection “Evening”, the last by Basile"]
    Notice.objects.of(chloe).mark_read()
    actions.add_to_collection(collection, make_work(site=site, title="D"), by=driss)
    assert told(chloe)[-1] == "Driss added a film to your collection “Evening”"


def test_who_is_asked_in_finds_the_way_out_and_hears_when_asked_out(
    door: Any, chloe: Any, driss: Any, site: Any
) -> None:
    collection = make_list(chloe, site, "A")
    actions.invite_person(collection, driss, by=chloe)
    address = Notice.objects.of(driss).get().url
    door(driss).post(address)
    assert door(driss).get(address).url == collection.path, "the notice of the invitation leads there from now on"
    assert "Leave" in door(driss).get(collection.path).text
    door(driss).post(f"{collection.path}people/{driss.handle}/removal")
    assert len(told(driss)) == 1, "who leaves by themselves is not told of it"
    assert door(driss).get(address).status_code == 404
    Collaborator.objects.create(collection=collection, person=driss)
    door(chloe).post(f"{collection.path}people/{driss.handle}/removal")
    assert told(driss)[-1] == "Chloé fills the collection “Evening” without you from now on"
