"""What people do with works, and what must hold whatever they do: counts that are right, news that is told once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bouquet.shared.notifications.models import Notice
from bouquet.shared.works import actions, events, tasks
from bouquet.shared.works.actions.collections import CollectionIsFull
from bouquet.shared.works.models import Channel, CollectionItem, Reaction, Work
from bouquet.shared.works.tests.make import make_channel, make_work
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.tasks.testing import run_all_tasks
from bouquet.toolkit.testing.cast import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """The events that were announced, in order."""
    heard = []
    for module in ("publication", "actions.publication", "actions.channels"):
        monkeypatch.setattr(f"bouquet.shared.works.{module}.announce", heard.append)
    return heard


def test_publishing_twice_is_once(chloe, told):
    work = make_work(state="draft", author=chloe)
    actions.publish_work(work, by=chloe)
    first = work.published_at
    actions.publish_work(work, by=chloe)
    assert (work.state, work.published_at) == ("live", first)
    assert told == [events.WorkPublished(work_id=work.pk)]


def test_hidden_and_published_again_keeps_its_date(chloe):
    work = make_work(author=chloe, published_at=timezone.now() - timedelta(days=9))
    before = work.published_at
    actions.hide_work(work, by=chloe)
    assert not Work.objects.visible_to(Viewer()).exists()
    actions.publish_work(work, by=chloe)
    assert work.published_at == before


def test_a_scheduled_work_is_seen_at_its_hour_even_before_the_clock_task_ran(chloe, told):
    work = make_work(state="draft", author=chloe)
    actions.publish_work(work, by=chloe, at=timezone.now() + timedelta(hours=1))
    assert work.state == "scheduled"
    assert not Work.objects.listed_for(Viewer()).exists()
    tasks.publish_due_works.call()
    assert not [event for event in told if isinstance(event, events.WorkPublished)]
    Work.objects.update(published_at=timezone.now() - timedelta(seconds=1))
    assert Work.objects.listed_for(Viewer()).exists()
    tasks.publish_due_works.call()
    tasks.publish_due_works.call()
    assert [event for event in told if isinstance(event, events.WorkPublished)] == [events.WorkPublished(work.pk)]
    assert Work.objects.get().state == "live"
    assert Notice.objects.of(chloe).count() == 1


def test_the_author_is_told_why_a_work_was_taken_down_and_cannot_undo_it(ada, chloe):
    work = make_work(author=chloe, title="A borrowed film")
    actions.take_down_work(work, by=ada, reason="The film is not yours.")
    assert work.state == "down"
    assert "The film is not yours." in Notice.objects.of(chloe).get().title
    with pytest.raises(PermissionDenied):
        actions.publish_work(work, by=chloe)
    actions.hide_work(work, by=chloe)
    assert Work.objects.get().state == "down"
    actions.publish_work(work, by=ada)
    assert (Work.objects.get().state, Work.objects.get().state_reason) == ("live", "")


def test_removal_takes_everything_along_and_says_what_it_was(chloe, driss, told):
    work = make_work(author=chloe)
    actions.react_to_work(work, by=driss)
    actions.add_to_collection(actions.later_of(driss), work)
    actions.remove_work(work, by=chloe)
    assert told[-1] == events.WorkRemoved(work_id=work.pk, uid=work.uid, kind="videos")
    assert not (Work.objects.exists() or Reaction.objects.exists() or CollectionItem.objects.exists())


def test_likes_are_right_after_double_clicks(chloe, driss):
    work = make_work()
    for person in (chloe, driss, chloe):
        actions.react_to_work(work, by=person)
    work.refresh_from_db()
    assert work.likes == 2
    for person in (chloe, chloe, driss, driss):
        actions.unreact_to_work(work, by=person)
    work.refresh_from_db()
    assert work.likes == 0


def test_followers_are_right_and_the_owner_hears_once(chloe, driss):
    channel = actions.channel_of(chloe, make_channel().site)
    for _time in range(2):
        actions.follow_channel(channel, by=driss)
    run_all_tasks()
    channel.refresh_from_db()
    assert channel.followers == 1
    actions.unfollow_channel(channel, by=driss)
    actions.unfollow_channel(channel, by=driss)
    actions.follow_channel(channel, by=driss)
    run_all_tasks()
    channel.refresh_from_db()
    assert channel.followers == 1
    assert [notice.title for notice in Notice.objects.of(chloe)] == ["Driss follows you"]


def test_a_person_has_one_channel_for_the_whole_network(chloe, site, main_site):
    first = actions.channel_of(chloe, site)
    assert actions.channel_of(chloe, main_site) == first
    assert first.slug == chloe.handle


def test_a_channel_finds_another_address_when_its_own_is_taken(chloe, site):
    make_channel(slug=chloe.handle)
    channel = actions.channel_of(chloe, site)
    assert channel.slug.startswith(f"{chloe.handle}-")
    assert Channel.objects.count() == 2


def test_a_collection_keeps_the_order_it_was_given(chloe):
    collection = actions.add_collection(chloe, name="Evening")
    first, second, third = (make_work(title=f"Film {n}") for n in range(3))
    for work in (first, second, third, second):
        actions.add_to_collection(collection, work)
    actions.reorder_collection(collection, [third.uid, "unknown", first.uid])
    actions.remove_from_collection(collection, first)
    assert [item.work for item in collection.items.all()] == [third, second]


def test_a_collection_has_an_end(chloe, monkeypatch):
    monkeypatch.setattr("bouquet.shared.works.actions.collections.ITEMS_LIMIT", 1)
    collection = actions.later_of(chloe)
    actions.add_to_collection(collection, make_work())
    with pytest.raises(CollectionIsFull):
        actions.add_to_collection(collection, make_work())


def test_watch_later_is_emptied_never_deleted(chloe):
    later = actions.later_of(chloe)
    actions.add_to_collection(later, make_work())
    actions.delete_collection(later)
    assert actions.later_of(chloe) == later
    assert not later.items.exists()


def test_erasing_a_person_takes_their_works_and_leaves_right_counts(ada, chloe, driss):
    from bouquet.shared.works.personal_data import erase_works, export_works

    mine, other = make_work(author=chloe), make_work(author=driss)
    actions.react_to_work(other, by=chloe)
    actions.follow_channel(other.channel, by=chloe)
    actions.add_to_collection(actions.later_of(chloe), other)
    exported = export_works(chloe)
    assert [len(exported[name]) for name in ("works", "likes", "follows", "collections")] == [1, 1, 1, 1]
    erase_works(chloe)
    other.refresh_from_db()
    other.channel.refresh_from_db()
    assert (other.likes, other.channel.followers) == (0, 0)
    assert list(Work.objects.all()) == [other]
    assert not Work.objects.filter(pk=mine.pk).exists()
    assert not any(export_works(chloe)[name] for name in ("works", "likes", "follows", "collections"))


def test_the_followed_feed_is_the_same_as_the_plain_query_page_after_page(chloe):
    from bouquet.shared.works.feed import followed_candidates, followed_newest, followed_page
    from bouquet.toolkit.pages import keyset_page

    person, now = make_person(name="Reader", email="reader@bouquet.example"), timezone.now()
    channels = [make_channel() for _n in range(7)]
    for channel in channels[:6]:
        actions.follow_channel(channel, by=person)
    for number in range(90):  # a busy channel, quiet ones, ties on the same second, and some that may not be seen
        make_work(
            author=chloe,
            channel=channels[0 if number % 3 else number % 7],
            published_at=now - timedelta(minutes=number // 2),
            visibility="private" if number % 11 == 0 else "followers" if number % 5 == 0 else "public",
        )
    viewer = Viewer(person=person, territory="FR")
    plain = Work.objects.listed_for(viewer).followed_by(person)
    for size in (3, 8, 40):
        cursor, seen = "", []
        while cursor is not None:
            page = followed_page(person, viewer, cursor, size=size)
            reference = keyset_page(plain, cursor, size)
            assert [work.pk for work in page] == [work.pk for work in reference]
            assert bool(page.next_cursor) == bool(reference.next_cursor)
            seen, cursor = seen + page.rows, page.next_cursor
        assert len(seen) == plain.count() > 40
        candidates = followed_candidates(person, size)
        assert len(candidates) == size
        assert [pk for pk in candidates if pk in {work.pk for work in seen}] == [
            work.pk for work in seen if work.pk in candidates
        ]
        assert followed_newest(person, viewer, size) == [(work.pk, work.channel_id) for work in seen[:size]]


def test_the_tags_of_a_work_are_in_the_order_of_the_alphabet_whenever_they_were_written_or_hung():
    """The last written is first in one, and in the midst of the other: neither the order of rows nor of hanging."""
    one, other = make_work(), make_work()
    actions.set_tags(one, ["zebra", "Éclair"])
    actions.set_tags(other, ["Éclair", "lemon", "zebra"])
    actions.set_tags(one, ["zebra", "Éclair", "Apple"])
    wanted = {one.pk: ["Apple", "Éclair", "zebra"], other.pk: ["Éclair", "lemon", "zebra"]}
    assert {work.pk: [tag.name for tag in work.tags.all()] for work in (one, other)} == wanted
    fetched = Work.objects.prefetch_related("tags")
    assert {work.pk: [tag.name for tag in work.tags.all()] for work in fetched} == wanted
