"""Where a member stands in what plays, on any device; and the history of it, which is theirs alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bouquet.shared.accounts.personal_data import holdings
from bouquet.shared.works import actions
from bouquet.shared.works.actions.watching import BadPlace
from bouquet.shared.works.models import Watching
from bouquet.shared.works.tasks import forget_old_watching
from bouquet.shared.works.tests.make import make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(client, chloe, site):
    """Chloé on the video site: `home("get", "/me/history/")`."""
    client.force_login(chloe)

    def ask(method, path, data=None):
        return getattr(client, method)(path, data, headers={"host": site.host})

    return ask


def watch(person, work, seconds: float, *, duration: float = 600) -> None:
    word = actions.place_of(person, work, duration=duration).word
    Watching.objects.filter(person=person, work=work).update(updated_at=timezone.now() - timedelta(minutes=1))
    actions.note_position(word, seconds)


def place(person, work) -> float:
    return actions.place_of(person, work, duration=600).seconds


def test_a_place_said_on_one_device_is_where_another_begins(chloe, site):
    work = make_work(site=site)
    assert place(chloe, work) == 0
    watch(chloe, work, 83.5)
    watch(chloe, work, 123.25)
    assert place(chloe, work) == 123.25
    assert Watching.objects.count() == 1


def test_who_has_seen_barely_anything_or_all_of_it_starts_over(chloe, site):
    work = make_work(site=site)
    watch(chloe, work, 3)
    assert place(chloe, work) == 0
    watch(chloe, work, 300)
    watch(chloe, work, 590)  # the credits
    row = Watching.objects.get()
    assert (row.is_open, row.seconds, row.finished_at is not None) == (False, 0, True)
    assert place(chloe, work) == 0


def test_a_player_speaks_through_the_door_without_a_session(chloe, site):
    work = make_work(site=site)
    word = actions.place_of(chloe, work, duration=600).word
    door = Client(enforce_csrf_checks=True, headers={"host": site.host})
    with CaptureQueriesContext(connection) as asked:
        assert door.post("/works/position", {"word": word, "seconds": "61.5"}).status_code == 204
    assert place(chloe, work) == 61.5
    assert not [query for query in asked if "session" in query["sql"]]


def test_what_comes_too_quickly_is_left_out_and_a_known_place_costs_two_questions(chloe, site):
    work = make_work(site=site)
    word = actions.place_of(chloe, work, duration=600).word
    actions.note_position(word, 60)
    actions.note_position(word, 61)
    assert place(chloe, work) == 60
    Watching.objects.update(updated_at=timezone.now() - timedelta(seconds=2))
    with CaptureQueriesContext(connection) as asked:
        actions.note_position(word, 75)
    assert len(asked) == 2
    assert place(chloe, work) == 75


@pytest.mark.parametrize("seconds", ["nan", "inf", "-inf", "soon", "", "1" * 400])
def test_no_number_of_seconds_is_refused(chloe, site, seconds):
    word = actions.place_of(chloe, make_work(site=site), duration=600).word
    answer = Client(headers={"host": site.host}).post("/works/position", {"word": word, "seconds": seconds})
    assert answer.status_code == 400
    assert not Watching.objects.exists()


@pytest.mark.parametrize(("said", "kept"), [(-1e300, 0), (-5, 0), (1e300, 0), (599, 0)])
def test_a_place_outside_the_film_is_brought_into_it(chloe, site, said, kept):
    work = make_work(site=site)
    watch(chloe, work, said)
    assert Watching.objects.get().seconds == kept


@pytest.mark.parametrize("word", ["", "x", "WzEsIDEsIDYwMF0:1abc:forged", "\x00"])
def test_a_word_that_no_page_gave_is_refused(site, word):
    answer = Client(headers={"host": site.host}).post("/works/position", {"word": word, "seconds": "5"})
    assert answer.status_code == 400


def test_an_altered_word_and_an_old_one_are_refused(chloe, site, monkeypatch):
    word = actions.place_of(chloe, make_work(site=site), duration=600).word
    with pytest.raises(BadPlace):
        actions.note_position(word[:-1] + ("a" if word[-1] != "a" else "b"), 30)
    monkeypatch.setattr("bouquet.shared.works.actions.watching.WORD_LASTS", timedelta(seconds=-1))
    with pytest.raises(BadPlace):
        actions.note_position(word, 30)


@pytest.mark.django_db(transaction=True)
def test_a_work_removed_while_it_plays_is_no_error(chloe, site):
    work = make_work(site=site)
    word = actions.place_of(chloe, work, duration=600).word
    work.delete()
    actions.note_position(word, 30)
    assert not Watching.objects.exists()


def test_strangers_leave_nothing_on_the_server(site):
    assert actions.place_of(None, make_work(site=site), duration=600) == actions.Place(0, "")


def test_go_on_watching_lists_what_was_begun_newest_first(home, chloe, driss, site):
    watch(chloe, make_work(title="Older", site=site), 60)
    watch(chloe, make_work(title="Newer", site=site), 60)
    watch(chloe, make_work(title="Seen", site=site), 600)
    watch(driss, make_work(title="Another's", site=site), 60)
    assert [row.work.title for row in home("get", "/me/watching/").context["page"]] == ["Newer", "Older"]
    assert [row.work.title for row in home("get", "/me/history/").context["page"]] == ["Seen", "Newer", "Older"]
    html = home("get", "/me/watching/").content.decode()
    assert "Stopped at 1:00" in html
    assert 'value="0.100"' in html


def test_what_may_not_be_seen_any_more_is_not_listed(home, chloe, site):
    work = make_work(site=site)
    watch(chloe, work, 60)
    work.visibility = "private"
    work.save()
    assert not home("get", "/me/watching/").context["page"].rows


def test_taken_out_of_the_list_it_stays_in_the_history_and_starts_over(home, chloe, site):
    work, other = make_work(site=site), make_work(site=site)
    watch(chloe, work, 60)
    watch(chloe, other, 60)
    home("post", "/me/watching/removal", {"work": work.uid})
    assert (place(chloe, work), place(chloe, other)) == (0, 60)
    home("post", "/me/watching/removal")
    assert place(chloe, other) == 0
    assert Watching.objects.count() == 2


def test_the_history_forgets_one_or_all_and_nobody_elses(home, chloe, driss, site):
    works = [make_work(site=site) for _n in range(3)]
    for work in works:
        watch(chloe, work, 60)
        watch(driss, work, 60)
    home("post", "/me/history/removal", {"work": works[0].uid})
    assert Watching.objects.filter(person=chloe).count() == 2
    home("post", "/me/history/removal")
    assert not Watching.objects.filter(person=chloe).exists()
    assert Watching.objects.filter(person=driss).count() == 3


def test_paused_nothing_is_written_not_even_by_a_page_that_was_open(home, chloe, site):
    work = make_work(site=site)
    word = actions.place_of(chloe, work, duration=600).word
    home("post", "/me/history/pause", {"wanted": "1"})
    actions.note_position(word, 60)
    assert not Watching.objects.exists()
    assert actions.place_of(chloe, work, duration=600).word == ""
    assert "Your history is paused" in home("get", "/me/history/").content.decode()
    home("post", "/me/history/pause", {"wanted": "0"})
    watch(chloe, work, 60)
    assert place(chloe, work) == 60


@pytest.mark.parametrize("path", ["/me/watching/", "/me/history/"])
def test_the_pages_are_for_members_and_cost_the_same_for_many(home, chloe, site, path):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert home("get", path).status_code == 200
        return len(asked)

    watch(chloe, make_work(site=site), 60)
    queries(), queries()
    few = queries()
    for _n in range(8):
        watch(chloe, make_work(site=site), 60)
    assert queries() == few
    assert Client(headers={"host": site.host}).get(path).status_code == 302


@pytest.mark.parametrize("index", ["watched_by_person", "open_for_person"])
def test_a_list_is_read_from_its_index(home, chloe, site, index):
    path = {"watched_by_person": "/me/history/", "open_for_person": "/me/watching/"}[index]
    with CaptureQueriesContext(connection) as asked:
        home("get", path)
    sql = next(each["sql"] for each in asked if 'FROM "works_watching"' in each["sql"])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"), ())
            assert index in "\n".join(row[3] for row in cursor.fetchall())


def test_a_year_later_it_is_forgotten_by_itself(chloe, site):
    old, new = make_work(site=site), make_work(site=site)
    watch(chloe, old, 60)
    watch(chloe, new, 60)
    Watching.objects.filter(work=old).update(updated_at=timezone.now() - timedelta(days=401))
    forget_old_watching.call()
    assert [row.work_id for row in Watching.objects.all()] == [new.pk]


def test_it_is_taken_away_and_erased_with_the_account(chloe, site):
    watch(chloe, make_work(title="The lake", site=site), 60)
    actions.pause_history(chloe)
    works = next(each for each in holdings() if each.name == "works")
    taken = works.export(chloe)
    assert taken["watched"][0]["title"] == "The lake"
    assert taken["history_paused_since"]
    works.erase(chloe)
    assert not Watching.objects.exists()
    assert not actions.history_is_paused(chloe)
