"""A question that was put into words once gives what new words would, for other values and at other hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import F, QuerySet
from django.utils import timezone

from bouquet.shared.works.actions import set_availability
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.shared.works.tests.make import make_work
from bouquet.toolkit.prepared import prepared

pytestmark = pytest.mark.django_db


def seen(viewer: Viewer, at: datetime, *works: Work) -> list[str]:
    def build(at: datetime, **pks: int) -> QuerySet[Any]:
        listed = Work.objects.listed_for(replace(viewer, at=at)).filter(pk__in=list(pks.values()))
        return listed.cards().annotate(shelf=F("site__slug")).order_by("title")

    named = {f"work{place}": work.pk for place, work in enumerate(works)}
    found = prepared(("test", viewer.territory), build, at=at, **named)
    assert [(work, work.shelf) for work in found] == [(work, work.shelf) for work in build(at, **named)]
    return [work.title for work in found]


def test_territory_window_and_hour_hold_in_words_of_before(django_assert_num_queries: Any) -> None:
    free, french, later = make_work(title="Free"), make_work(title="French"), make_work(title="Later")
    now = timezone.now()
    set_availability(french, territories=["FR"], closes_at=now + timedelta(hours=1))
    Work.objects.filter(pk=later.pk).update(published_at=now + timedelta(hours=2))
    here, away = Viewer(territory="FR"), Viewer(territory="US")
    works = (free, french, later)
    for _again in range(2):
        assert seen(here, now, *works) == ["Free", "French"] and seen(away, now, *works) == ["Free"]
        assert seen(here, now + timedelta(hours=3), *works) == ["Free", "Later"]
        assert seen(Viewer(), now, french, free, later) == ["Free"] and seen(here, now, french) == ["French"]
    with django_assert_num_queries(1):  # with all their company
        [work] = prepared(("one",), lambda pk: Work.objects.filter(pk=pk).cards(), pk=free.pk)
        assert work.site.name and (work.channel is None or work.channel.name)


def test_a_moment_that_nobody_named_is_asked_anew() -> None:
    work = make_work()
    asked: list[datetime] = []

    def build(pk: int) -> QuerySet[Any]:
        asked.append(timezone.now())
        return Work.objects.filter(pk=pk, published_at__lte=asked[-1])

    for _time in range(3):
        assert prepared(("careless",), build, pk=work.pk) == [work]
    assert len(asked) == 4  # once to see that it cannot be kept


def test_what_gives_nothing_by_itself_and_other_types_are_made_plainly() -> None:
    work = make_work(title="7")
    for _time in range(2):
        assert prepared(("none",), lambda pk: Work.objects.none(), pk=work.pk) == []
        assert prepared(("title",), lambda title: Work.objects.filter(title=title), title="7") == [work]
        assert prepared(("title",), lambda title: Work.objects.filter(title=title), title="8") == []
        assert prepared(("like",), lambda title: Work.objects.filter(title__contains=title), title="7") == [work]
