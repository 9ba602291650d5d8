"""Pages and small forms of works, through the door."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bouquet.shared.network.tests.make import make_main_site, make_site
from bouquet.shared.works import actions
from bouquet.shared.works.models import Collection, Reaction
from bouquet.shared.works.tests.make import make_channel, make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, site):
    """`page("/feed/", person=chloe)`: the answer of that address on the video site."""

    def fetch(path, *, person=None, method="get", data=None, host=site.host, **headers):
        client.force_login(person) if person else client.logout()
        return getattr(client, method)(path, data, headers={"host": host} | headers)

    return fetch


def listed(response) -> list[str]:
    return [work.title for work in response.context["page"].rows]


def test_the_feed_gathers_the_network_and_here_only_this_site(page, site):
    make_work(title="Ours", site=site)
    make_work(title="Theirs", site=make_site(slug="music"))
    make_work(title="Nobody's", site=site, visibility="private")
    assert listed(page("/feed/")) == ["Theirs", "Ours"]
    assert listed(page("/feed/here/")) == ["Ours"]


def test_on_the_main_site_here_is_the_whole_network(page):
    make_work(title="Far away", site=make_site(slug="music"))
    assert listed(page("/feed/here/", host=make_main_site().host)) == ["Far away"]


def test_what_i_follow_is_for_members(page, chloe, site):
    work = make_work(title="Followed", site=site)
    make_work(title="Not followed", site=site)
    actions.follow_channel(work.channel, by=chloe)
    assert listed(page("/feed/followed/", person=chloe)) == ["Followed"]
    assert page("/feed/followed/").status_code == 302


@pytest.mark.parametrize("path", ["/feed/", "/feed/here/", "/feed/followed/"])
def test_a_longer_feed_costs_no_more_queries(page, chloe, site, path):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(path, person=chloe)
        return len([query for query in captured if "works_" in query["sql"]])

    actions.follow_channel(make_work(site=site).channel, by=chloe)
    queries()
    few = queries()
    for _n in range(10):
        actions.follow_channel(make_work(site=site).channel, by=chloe)
    assert queries() == few <= 5


def test_a_bad_cursor_shows_the_first_page(page, site):
    make_work(title="Here", site=site)
    assert listed(page("/feed/?after=nonsense%00'")) == ["Here"]


def test_rss_holds_what_everybody_may_see(page, site):
    make_work(title="Open & <b>bold</b>", site=site, summary="A \x0b control character")
    for visibility in ("unlisted", "members", "followers", "private"):
        make_work(title="Hidden", site=site, visibility=visibility)
    answer = page("/feed/rss.xml")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("application/rss+xml")
    assert "Open &amp; &lt;b&gt;bold" in text
    assert "Hidden" not in text
    assert text.count("<item>") == 1


def test_a_work_of_another_place_is_451_and_of_nobody_404(page, site):
    abroad, private = make_work(site=site), make_work(site=site, visibility="private")
    actions.set_availability(abroad, territories=["JP"])
    answer = page(f"/works/{abroad.uid}/")
    assert answer.status_code == 451
    assert "not available where you are" in answer.content.decode()
    assert page(f"/works/{private.uid}/").status_code == 404
    assert page("/works/nobodys/").status_code == 404
    answer = page(f"/api/v1/works/{abroad.uid}")
    assert (answer.status_code, answer["Content-Type"]) == (451, "application/problem+json")


def test_the_short_address_leads_to_the_works_own_site(page, site):
    work = make_work(site=make_site(slug="music"))
    assert page(f"/works/{work.uid}/").url == work.address
    assert work.address.startswith("http://music.")


def test_liking_without_javascript_comes_back_to_the_page(page, chloe, site):
    work = make_work(site=site)
    path = f"/works/{work.uid}/reaction"
    answer = page(path, person=chloe, method="post", data={"wanted": "1", "next": "/feed/"})
    assert (answer.status_code, answer.url) == (302, "/feed/")
    assert Reaction.objects.count() == 1
    page(path, person=chloe, method="post", data={"wanted": "1"})
    assert Reaction.objects.count() == 1
    page(path, person=chloe, method="post", data={"wanted": "0"})
    assert Reaction.objects.count() == 0


def test_with_javascript_the_answer_is_the_fragment(page, chloe, site):
    work = make_work(site=site)
    answer = page(f"/works/{work.uid}/reaction", person=chloe, method="post", **{"x-swap": "x"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="reaction-{work.uid}"' in text
    assert 'aria-pressed="true"' in text
    assert "<html" not in text


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_a_form_never_sends_its_reader_to_a_stranger(page, chloe, site, elsewhere):
    work = make_work(site=site)
    answer = page(f"/works/{work.uid}/reaction", person=chloe, method="post", data={"next": elsewhere})
    assert answer.url == work.path


def test_strangers_and_those_who_may_not_see_cannot_react(page, chloe, site):
    work = make_work(site=site, visibility="private")
    assert page(f"/works/{work.uid}/reaction", person=chloe, method="post").status_code == 404
    assert page(f"/works/{work.uid}/reaction", method="post").status_code == 302
    assert not Reaction.objects.exists()


def test_following_from_a_page(page, chloe, site):
    channel = make_channel(site=site)
    page(f"/channels/{channel.slug}/follow", person=chloe, method="post", data={"wanted": "1"})
    channel.refresh_from_db()
    assert channel.followers == 1
    answer = page(
        f"/channels/{channel.slug}/follow", person=chloe, method="post", data={"wanted": "0"}, **{"x-swap": "x"}
    )
    assert 'aria-pressed="false"' in answer.content.decode()


def test_a_profile_shows_what_everybody_may_find(page, chloe, driss, site):
    actions.channel_of(chloe, site)
    make_work(title="Shown", author=chloe, site=site)
    make_work(title="Mine alone", author=chloe, site=site, visibility="private")
    actions.add_collection(chloe, name="Open list", visibility="public")
    actions.add_collection(chloe, name="Closed list")
    answer = page(f"/@{chloe.handle}/", person=driss)
    text = answer.content.decode()
    assert listed(answer) == ["Shown"]
    assert "Open list" in text
    assert "Closed list" not in text
    assert chloe.email not in text
    chloe.is_active = False
    chloe.save()
    assert page(f"/@{chloe.handle}/").status_code == 404


def test_a_persons_own_channel_shows_the_person(page, chloe, site):
    chloe.picture = "people/abc/512.webp"
    chloe.save()
    make_channel(owner=chloe, site=site, personal=True)
    make_channel(owner=chloe, site=site, name="Ciné-club")
    text = page("/@chloe/").text
    assert text.count("people/abc/256.webp") == 1  # herself, large
    assert text.count("people/abc/96.webp") == 1  # her own channel, small; the other one has a face of its own


def test_a_collection_from_its_start_to_its_end(page, chloe, site):
    work, second = make_work(title="One", site=site), make_work(title="Two", site=site)
    answer = page("/me/collections/", person=chloe, method="post", data={"name": "Evening", "visibility": "public"})
    path = answer.url
    collection = Collection.objects.get(name="Evening")
    for each in (work, second):
        data = {"collection": collection.uid, "wanted": "1"}
        page(f"/works/{each.uid}/collection", person=chloe, method="post", data=data)
    page(f"{path}items", person=chloe, method="post", data={"down": work.uid})
    assert [item.work.title for item in page(path).context["items"]] == ["Two", "One"]
    page(f"{path}items", person=chloe, method="post", data={"remove": second.uid})
    assert [item.work.title for item in page(path, person=chloe).context["items"]] == ["One"]
    page(f"{path}edit/", person=chloe, method="post", data={"name": "Night", "visibility": "private"})
    assert page(path).status_code == 404
    assert "Night" in page("/me/collections/", person=chloe).content.decode()
    page(f"{path}removal", person=chloe, method="post")
    assert not Collection.objects.filter(name="Night").exists()


def test_nobody_changes_a_collection_of_another(page, chloe, driss, site):
    collection, work = actions.add_collection(chloe, name="Hers", visibility="public"), make_work(site=site)
    actions.add_to_collection(collection, work)
    assert page(f"{collection.path}items", person=driss, method="post", data={"remove": work.uid}).status_code == 404
    assert page(f"{collection.path}edit/", person=driss).status_code == 404
    assert page(f"{collection.path}removal", person=driss, method="post").status_code == 404
    data = {"collection": collection.uid, "wanted": "0"}
    assert page(f"/works/{work.uid}/collection", person=driss, method="post", data=data).status_code == 404
    assert collection.items.count() == 1


def test_a_public_collection_shows_no_more_than_its_reader_may_find(page, chloe, driss, site):
    collection = actions.add_collection(chloe, name="Mixed", visibility="public")
    for visibility in ("public", "unlisted", "private"):
        actions.add_to_collection(
            collection, make_work(title=visibility, author=chloe, site=site, visibility=visibility)
        )
    assert [item.work.title for item in page(collection.path, person=driss).context["items"]] == ["public"]
    mine = page(collection.path, person=chloe).context["items"]
    assert [item.work.title for item in mine] == ["public", "unlisted", "private"]


def test_a_new_collection_from_beside_a_work(page, chloe, site):
    work = make_work(site=site)
    assert page(f"/works/{work.uid}/collection", person=chloe).status_code == 200
    data = {"collection": "new", "name": "Sunday"}
    page(f"/works/{work.uid}/collection", person=chloe, method="post", data=data)
    page(f"/works/{work.uid}/collection", person=chloe, method="post", data={"collection": "later"})
    assert {str(each): each.items.count() for each in Collection.objects.all()} == {"Sunday": 1, "Watch later": 1}


def test_a_due_work_is_in_the_feed_before_anybody_announced_it(page, site):
    make_work(title="Due", site=site, state="scheduled", published_at=timezone.now() - timedelta(seconds=5))
    make_work(title="To come", site=site, state="scheduled", published_at=timezone.now() + timedelta(hours=1))
    assert listed(page("/feed/")) == ["Due"]
