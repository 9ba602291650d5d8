"""The rule of views, the curve, the sums: through the store's own interface."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bouquet.shared.audience.hits import Mark
from bouquet.shared.audience.models import Curve, DayVisitor, Dimension, Play, Subject, Tally
from bouquet.shared.audience.store import store
from bouquet.shared.audience.tests.make import make_hit, make_play, parts, write
from bouquet.shared.works.actions import remove_work
from bouquet.shared.works.models import Work
from bouquet.shared.works.tests.make import make_work
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db
NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0).timestamp()
TODAY = timezone.localdate()


def test_short_films_need_three_tenths() -> None:
    work = make_work()
    long, short = make_play(work, at=NOON, seconds=9, play=1), make_play(work, at=NOON, seconds=9, play=2, visitor=2)
    for hit in short:
        hit.duration, hit.parts = 20.0, 0
    assert write(*long) == 0
    assert write(*short) == 1


def test_the_same_visitor_counts_again_after_half_an_hour_and_five_times_a_day() -> None:
    work = make_work()
    assert write(*make_play(work, at=NOON, play=1)) == 1
    assert write(*make_play(work, at=NOON + 29 * 60, play=2)) == 0
    assert write(*make_play(work, at=NOON + 31 * 60, play=3)) == 1
    more = [hit for each in range(4, 12) for hit in make_play(work, at=NOON + each * 1860, play=each)]
    assert write(*more) == 3
    assert write(*make_play(work, at=NOON + 3600, play=50, visitor=2)) == 1


def test_in_one_batch_the_rule_is_the_same() -> None:
    work = make_work()
    hits = [hit for number in range(10) for hit in make_play(work, at=NOON + number * 60, play=number)]
    assert write(*hits) == 1
    assert Tally.objects.get(subject=1, dimension=0).plays == 10


def test_one_address_has_twenty_views_a_day_of_a_film() -> None:
    work, other = make_work(), make_work()
    hits = [hit for each in range(50) for hit in make_play(work, at=NOON + each, play=each, visitor=each, origin=7)]
    assert write(*hits) == 20
    assert write(*make_play(other, at=NOON, play=100, visitor=1, origin=7)) == 1


def test_the_number_is_the_same_everywhere() -> None:
    work = make_work()
    write(*[hit for each in range(9) for hit in make_play(work, at=NOON, play=each, visitor=each, origin=each)])
    work.refresh_from_db()
    assert work.views == work.day_views.get().views == 9
    for subject, pk in ((Subject.WORK, work.pk), (Subject.CHANNEL, work.channel_id), (Subject.SITE, work.site_id)):
        assert store().days(subject, pk, TODAY, TODAY)[TODAY].views == 9


def test_who_skips_has_not_seen_what_they_skipped() -> None:
    work = make_work()
    write(*make_play(work, at=NOON, seconds=20, play=1, parts=parts(0, 10) | parts(80, 90)))
    write(*make_play(work, at=NOON, seconds=10, play=2, visitor=2, parts=parts(0, 10)))
    curve = store().curve(work.pk, TODAY, TODAY)
    assert curve == [2] * 10 + [0] * 70 + [1] * 10 + [0] * 10


def test_what_is_seen_twice_is_watched_twice_and_seen_once() -> None:
    work = make_work()
    write(*make_play(work, at=NOON, seconds=60, parts=parts(0, 10)))
    assert store().days(Subject.WORK, work.pk, TODAY, TODAY)[TODAY].seconds == 60
    assert store().curve(work.pk, TODAY, TODAY)[:11] == [1] * 10 + [0]


def test_a_film_cannot_be_seen_faster_than_it_plays() -> None:
    work = make_work()
    write(make_hit(work, at=NOON), make_hit(work, at=NOON + 5, seconds=3600, parts=(1 << 100) - 1))
    assert Play.objects.get().seconds == 0
    assert not Curve.objects.exists()
    write(make_hit(work, at=NOON + 5, seconds=3600, parts=parts(0, 5)))
    assert Play.objects.get().seconds == 25  # what the clock allows


def test_a_visitor_is_one_on_each_work_the_channel_and_the_site() -> None:
    work = make_work()
    other = make_work(channel=work.channel, author=work.author)
    for number, each in enumerate((work, other, other)):
        write(*make_play(each, at=NOON, play=number))
    write(*make_play(work, at=NOON, play=9, visitor=2))
    visitors = {
        (subject, pk): store().days(subject, pk, TODAY, TODAY)[TODAY].visitors
        for subject, pk in ((1, work.pk), (1, other.pk), (2, work.channel_id), (3, work.site_id))
    }
    assert visitors == {(1, work.pk): 2, (1, other.pk): 1, (2, work.channel_id): 2, (3, work.site_id): 2}


def test_a_play_over_midnight_belongs_to_the_day_it_began() -> None:
    work = make_work()
    evening = NOON + 11.99 * 3600
    first, last = make_play(work, at=evening, seconds=300, parts=0)
    write(first)
    last.visitor = 99  # the next day's salt
    write(last)
    assert store().days(Subject.WORK, work.pk, TODAY, TODAY)[TODAY].seconds == 300
    assert TODAY + timedelta(days=1) not in store().days(Subject.WORK, work.pk, TODAY, TODAY + timedelta(days=1))


def test_invented_hosts_are_together_others() -> None:
    work = make_work()
    for batch in range(2):
        hits = [
            make_hit(work, at=NOON, play=1000 * batch + each, source=f"spam{batch}-{each}.example")
            for each in range(150)
        ]
        write(*hits)
    shares = dict(store().shares(Subject.WORK, work.pk, Dimension.SOURCE, TODAY, TODAY, most=1000))
    assert len(shares) == 101
    assert shares["…"].plays == 200


def test_robots_are_in_no_sum() -> None:
    work = make_work()
    assert write(*make_play(work, at=NOON, marks=int(Mark.ROBOT))) == 0
    assert Play.objects.exists() and not Tally.objects.exists() and not DayVisitor.objects.exists()


def test_the_number_of_questions_does_not_grow_with_the_plays() -> None:
    work = make_work()
    few = [hit for each in range(20) for hit in make_play(work, at=NOON, play=each, visitor=each)]
    many = [hit for each in range(100, 300) for hit in make_play(work, at=NOON, play=each, visitor=each)]
    with CaptureQueriesContext(connection) as asked_for_few:
        write(*few)
    with CaptureQueriesContext(connection) as asked_for_many:
        write(*many)
    assert len(asked_for_many) <= len(asked_for_few) <= 24


def test_what_is_old_goes_and_the_sums_stay(settings: Any) -> None:
    work = make_work()
    for days in (0, 1, 5, 20):
        write(*make_play(work, at=NOON - days * 86400, play=days))
    settings.AUDIENCE_DAYS = 8
    assert store().prune(TODAY) == 1
    assert Play.objects.count() == 3
    assert set(DayVisitor.objects.values_list("day", flat=True)) == {TODAY, TODAY - timedelta(days=1)}
    assert sum(each.views for each in store().days(Subject.WORK, work.pk, TODAY - timedelta(30), TODAY).values()) == 4


def test_a_work_that_goes_takes_its_numbers_along_and_leaves_the_channels(ada: Any) -> None:
    work = make_work()
    write(*make_play(work, at=NOON))
    pk, channel = work.pk, work.channel_id
    remove_work(Work.objects.get(pk=pk), by=ada)
    run_all_tasks()
    assert not store().days(Subject.WORK, pk, TODAY, TODAY)
    assert not Play.objects.exists() and not Curve.objects.exists()
    assert store().days(Subject.CHANNEL, channel, TODAY, TODAY)[TODAY].views == 1


def test_a_work_that_is_gone_does_not_hold_up_a_batch() -> None:
    gone, kept = make_work(), make_work()
    hits = [*make_play(gone, at=NOON, play=1), *make_play(kept, at=NOON, play=2)]
    gone.delete()
    write(*hits)
    kept.refresh_from_db()
    assert kept.views == 1
