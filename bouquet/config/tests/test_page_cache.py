"""What is kept for strangers, and what never is: through the door, with the whole of Django behind it."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from bouquet.config.tests.page_door import Door, said
from bouquet.kinds.articles.actions import add_author, add_series
from bouquet.kinds.articles.models import Article
from bouquet.kinds.articles.tests.make import make_article, make_newsroom, make_section
from bouquet.shared.accounts.actions import erase_person
from bouquet.shared.comments.events import CommentPublished
from bouquet.shared.comments.tests.make import make_comment
from bouquet.shared.network.actions import change_site
from bouquet.shared.network.tests.make import make_main_site
from bouquet.shared.network.tests.test_crossing import PERSON
from bouquet.shared.works.actions import add_guest, drop_guest, hide_work, publish_work, set_availability
from bouquet.shared.works.models import Work
from bouquet.toolkit.events import announce
from bouquet.toolkit.page_cache.actions import clear_pages
from bouquet.toolkit.page_cache.models import Clearing

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(db: None) -> Door:
    return Door()


@pytest.fixture
def section(db: None) -> Any:
    return make_section(make_newsroom())


@pytest.fixture
def page(section: Any) -> Any:
    return make_article(section)


def test_a_page_is_made_once_and_handed_out_afterwards(
    door: Door, page: Any, django_assert_max_num_queries: Any
) -> None:
    host, path = page.site.host, page.own_path()
    first, second = door(path, host), door(path, host)
    assert (said(first), said(second)) == ("made", "kept")
    assert second.status == 200 and second.body == first.body and b"The harbour at dawn" in first.body
    assert second.headers["content-security-policy"] == first.headers["content-security-policy"]
    assert second.headers["cache-control"] == "private, no-cache" and "set-cookie" not in second.headers
    with django_assert_max_num_queries(2):  # what is news: of the network, of pages
        packed = door(path, host, accept_encoding="br, gzip")
    assert gzip.decompress(packed.body) == first.body and packed.headers["content-encoding"] == "gzip"
    assert door(path, host, accept_encoding="gzip;q=0").body == first.body
    head = door(path, host, "HEAD")
    assert (said(head), head.body, head.headers["content-length"]) == ("kept", b"", str(len(first.body)))
    again = door(path, host, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert door(path, host, if_none_match='"another"').status == 200


def test_lists_and_fronts_are_kept_too(door: Door, page: Any) -> None:
    for path in ("/", "/articles/", "/articles/sections/culture/", "/articles/archive/", "/articles/authors/"):
        assert said(door(path, page.site.host)) == "made", path
        assert door.kept(path, page.site.host), path


def test_who_is_somebody_gets_a_page_of_their_own(door: Door, page: Any, chloe: Any) -> None:
    host, path = page.site.host, page.own_path()
    client = Client()
    client.force_login(chloe)
    session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    hers = door(path, host, cookie=session)
    assert said(hers) == "" and chloe.handle.encode() in hers.body
    assert chloe.handle.encode() not in door(path, host).body
    assert door.kept(path, host)
    assert chloe.handle.encode() in door(path, host, cookie=session).body
    for mine in (
        {"authorization": "Bearer bq_x"},
        {"cookie": "messages=x"},
        {"cookie": "bq_something_new=1"},
        {"cookie": f"{settings.SESSION_COOKIE_NAME}=of-long-ago"},
    ):
        assert said(door(path, host, **mine)) == "", mine
    assert door.kept(path, host, cookie="_ga=1; theirs=2")  # no page of ours reads those
    assert said(door(path, host, "POST")) == ""


def test_who_has_a_token_for_forms_takes_and_makes_none(door: Door, page: Any) -> None:
    host, path, token = page.site.host, page.own_path(), f"{settings.CSRF_COOKIE_NAME}={'a' * 32}"
    assert said(door(path, host, cookie=token)) == ""
    assert said(door(path, host)) == "made"
    assert door.kept(path, host, cookie=token)
    assert said(door("/accounts/login/", host)) == said(door("/accounts/login/", host)) == ""  # it sets a cookie


def test_language_light_and_refusal_have_pages_of_their_own(door: Door, page: Any) -> None:
    host, path = page.site.host, page.own_path()
    english, french = door(path, host), door(path, host, cookie="bq_language=fr")
    assert b'<html lang="en"' in english.body and b'<html lang="fr"' in french.body
    assert b'<html lang="en"' in door(path, host, cookie="bq_language=tlh").body
    assert b'data-scheme="dark"' in door(path, host, cookie="bq_scheme=dark").body
    assert b'data-scheme="dark"' not in door(path, host).body
    assert b"data-reading-ticket" in english.body
    for refusal in ({"sec_gpc": "1"}, {"dnt": "1"}, {"cookie": "bq_uncounted=1"}):
        assert b"data-reading-ticket" not in door(path, host, **refusal).body, refusal


def test_publishing_clears_what_shows_it_and_nothing_else(door: Door, page: Any) -> None:
    other = make_article(make_section(make_newsroom("herald")), title="Elsewhere")
    host, lists = page.site.host, ("/", "/articles/", "/articles/sections/culture/", "/articles/archive/")
    main = make_main_site(front=True, kinds=["articles"])
    own = [(path, host) for path in lists] + [("/", main.host)]
    rest = [(page.own_path(), host), (other.own_path(), other.site.host), ("/", other.site.host)]
    for path, where in own + rest:
        door(path, where)
    new = make_article(page.get_parent().specific, title="The ferry is back")
    assert [path for path, where in own if door.kept(path, where)] == []
    assert b"The ferry is back" in door("/", host).body and b"The ferry is back" in door("/", main.host).body
    assert all(door.kept(path, where) for path, where in rest)
    new.unpublish()
    assert b"The ferry is back" not in door("/", host).body + door("/articles/", host).body
    assert said(door(new.own_path(), host)) == "" and door(new.own_path(), host).status == 410


def test_a_story_that_changes_or_goes_is_shown_nowhere_as_it_was(door: Door, page: Any, section: Any) -> None:
    host, path = page.site.host, page.own_path()
    author = add_author(page.site, "Ida Roux")
    neighbour = make_article(section, title="Next to it", authors=[author])
    for each in (path, "/articles/", neighbour.own_path()):
        door(each, host)
    page.title = "The harbour at noon"
    page.save_revision().publish()
    assert b"at noon" in door(path, host).body and b"at noon" in door("/articles/", host).body
    assert b"at dawn" not in door(neighbour.own_path(), host).body  # it is recommended there
    author.title = "Ida Blanc"
    author.save_revision().publish()
    assert b"Ida Blanc" in door(neighbour.own_path(), host).body
    hide_work(Article.objects.get(page=page), by=None)
    assert door(path, host).status == 410 and b"at noon" not in door("/articles/", host).body


def test_a_territory_never_sees_another_s_page(door: Door, page: Any, settings: Any) -> None:
    settings.BEHIND_PROXY, settings.TERRITORY_HEADER = True, "CF-IPCountry"
    host, path, work = page.site.host, page.own_path(), Work.objects.get(uid=page.uid)
    set_availability(work, territories=["FR"])
    assert said(door(path, host, cf_ipcountry="FR")) == "made"
    assert door(path, host, cf_ipcountry="US").status == 451
    assert b"The harbour at dawn" not in door("/articles/", host, cf_ipcountry="US").body
    assert door.kept(path, host, cf_ipcountry="FR") and not door.kept(path, host, cf_ipcountry="US")
    set_availability(work, territories=["US"])
    assert door(path, host, cf_ipcountry="FR").status == 451 and door(path, host, cf_ipcountry="US").status == 200
    neighbour = make_article(page.get_parent().specific, title="Next to it").own_path()
    for _twice in range(2):  # it is remembered what is read next, and never shown where it may not be seen
        assert b"The harbour at dawn" not in door(neighbour, host, cf_ipcountry="FR", dnt="1", cookie="bq_new=1").body
        assert b"The harbour at dawn" in door(neighbour, host, cf_ipcountry="US", dnt="1", cookie="bq_new=1").body


def test_a_guest_s_page_is_kept_for_each_host_and_goes_when_it_is_sent_away(door: Door, page: Any, ada: Any) -> None:
    herald, work, path = make_newsroom("herald"), Work.objects.get(uid=page.uid), page.own_path()
    home = page.site.host
    add_guest(work, herald)
    assert [said(door(path, host)) for host in (home, herald.host)] == ["made", "made"]
    here, there = door(path, home), door(path, herald.host)
    assert said(here) == said(there) == "kept" and here.body != there.body
    assert b"<title>The harbour at dawn \xc2\xb7 Herald</title>" in there.body and b"Herald</title>" not in here.body
    assert f'rel="canonical" href="{page.full_url}"'.encode() in there.body
    neighbour = make_article(page.get_parent().specific, title="Of this site alone")
    assert door(neighbour.own_path(), herald.host).status == 301
    page.title = "The harbour at noon"
    page.save_revision().publish()
    assert all(b"at noon" in door(page.own_path(), host).body for host in (home, herald.host))
    door("/articles/", herald.host)
    drop_guest(work, herald, by=ada, reason="")
    assert door(page.own_path(), herald.host).status == 301 and door(page.own_path(), home).status == 200
    assert b"at noon" not in door("/articles/", herald.host).body


def test_a_page_ends_at_the_hour_that_something_opens_or_closes(
    door: Door, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, path, soon = page.site.host, page.own_path(), timezone.now() + timedelta(seconds=60)
    set_availability(Work.objects.get(uid=page.uid), territories=[], closes_at=soon)
    later = make_article(page.get_parent().specific, title="Embargoed")
    publish = Work.objects.get(uid=later.uid)
    hide_work(publish, by=None)
    publish_work(publish, by=None, at=soon + timedelta(seconds=10))
    door("/articles/", host), door(path, host)
    assert b"Embargoed" not in door("/articles/", host).body and door.kept(path, host)
    passed = soon + timedelta(seconds=1)
    monkeypatch.setattr("bouquet.toolkit.page_cache.door.time.time", passed.timestamp)
    monkeypatch.setattr("django.utils.timezone.now", lambda: passed)
    assert door(path, host).status == 451 and b"The harbour at dawn" not in door("/articles/", host).body
    passed += timedelta(seconds=10)
    monkeypatch.setattr("bouquet.toolkit.page_cache.door.time.time", passed.timestamp)
    assert b"Embargoed" in door("/articles/", host).body


def test_comments_show_at_once_and_clear_their_own_page_only(door: Door, page: Any, chloe: Any) -> None:
    host, path, work = page.site.host, page.own_path(), Work.objects.get(uid=page.uid)
    door(path, host), door("/articles/", host)
    comment = make_comment(work, author=chloe, text="Lovely light.")
    with transaction.atomic():
        announce(CommentPublished(comment_id=comment.pk, work_id=work.pk))
    assert b"Lovely light." in door(path, host).body and door.kept("/articles/", host)
    assert said(door(path, host)) == "kept"  # no form for strangers, so no cookie
    erase_person(chloe, by=chloe)
    assert b"Chlo" not in door(path, host).body


def test_what_a_reader_invents_fills_no_memory(door: Door, page: Any) -> None:
    host, path = page.site.host, page.own_path()
    door(path, host)
    size = len(door.door.memory)
    for number in range(5):
        assert said(door(f"{path}?x={number}", host)) == ""
        assert said(door(f"/articles/?after={number}", host)) == ""
        assert door(f"/articles/none-{number}/", host).status == 404
    assert len(door.door.memory) - size == 0
    assert door.kept(f"{path}?utm_source=letter&fbclid={'x' * 40}", host)
    assert b"utm_source" not in door("/?utm_source=letter", host).body


def test_a_change_that_is_rolled_back_clears_nothing(door: Door, page: Any) -> None:
    door("/", page.site.host)
    before = Clearing.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        clear_pages(f"lists:{page.site.pk}")
        raise RuntimeError
    assert door.kept("/", page.site.host) and Clearing.objects.count() == before


def test_the_network_on_every_page_is_the_one_of_now(door: Door, page: Any) -> None:
    host = page.site.host
    door("/", host)
    change_site(page.site, name="The new name")
    assert b"The new name" in door("/", host).body
    change_site(page.site, is_open=False)
    assert door("/", host).status == 503


def test_a_browser_on_another_domain_is_asked_who_it_is_before_a_kept_page(door: Door, main_site: Any) -> None:
    page = make_article(make_section(make_newsroom("atelier", host="atelier.localhost")))
    door(page.own_path(), "atelier.localhost")
    arrival = {name.replace("-", "_"): value for name, value in PERSON.items()}
    assert door(page.own_path(), "atelier.localhost", **arrival).status == 302
    assert door.kept(page.own_path(), "atelier.localhost", **arrival, cookie="bq_asked=99999999999")


def test_switched_off_nothing_is_kept_and_nothing_written(door: Door, page: Any, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    before = Clearing.objects.count()
    assert said(door("/", page.site.host)) == said(door("/", page.site.host)) == ""
    make_article(page.get_parent().specific, title="Another")
    assert Clearing.objects.count() == before


def test_a_new_part_changes_the_pages_of_the_others(door: Door, section: Any) -> None:
    series = add_series(section.site, "The harbours")
    first, alone = make_article(section, title="One", series=series), make_article(section, title="Alone")
    host = first.site.host
    assert b"Part 1 of 1" in door(first.own_path(), host).body
    door(alone.own_path(), host)
    make_article(section, title="Two", series=series)
    assert b"Part 1 of 2" in door(first.own_path(), host).body
