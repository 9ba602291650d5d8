"""One question for every surface: may this viewer have this work, here, now?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bouquet.shared.access.decide import FREELY, Reason, Terms, decide, terms_for
from bouquet.shared.works.actions import Window, set_availability, set_windows
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.shared.works.tests.make import make_work

FRENCH = Viewer(territory="FR")


def test_a_public_work_is_for_everybody(db: None) -> None:
    decision = decide(FRENCH, make_work())
    assert decision
    assert (decision.reason, decision.status, decision.offers) == (Reason.ALLOWED, 200, ())


def test_a_private_work_is_its_authors_and_for_others_does_not_exist(chloe: Any, driss: Any) -> None:
    work = make_work(author=chloe, visibility=Work.Visibility.PRIVATE)
    assert decide(Viewer.for_person(chloe), work)
    for viewer in (FRENCH, Viewer.for_person(driss)):
        assert decide(viewer, work).status == 404


@pytest.mark.parametrize("state", [Work.State.DRAFT, Work.State.HIDDEN, Work.State.TAKEN_DOWN, Work.State.SCHEDULED])
def test_what_is_not_live_does_not_exist(db: None, state: str) -> None:
    work = make_work(state=state, published_at=timezone.now() + timedelta(days=1))
    assert decide(FRENCH, work).reason == Reason.NOT_VISIBLE


def test_a_territory_holds_and_an_unknown_country_is_none_of_them(db: None) -> None:
    work = make_work()
    set_availability(work, territories=["FR", "BE"])
    work.refresh_from_db()
    assert decide(FRENCH, work)
    for territory in ("DE", ""):
        decision = decide(Viewer(territory=territory), work)
        assert (decision.reason, decision.status) == (Reason.OUTSIDE, 451)


def test_a_window_holds(db: None) -> None:
    work = make_work()
    set_availability(work, territories=[], closes_at=timezone.now() - timedelta(seconds=1))
    work.refresh_from_db()
    assert decide(FRENCH, work).status in (404, 451)
    assert not decide(FRENCH, work)


def test_a_decision_says_when_the_window_closes(db: None) -> None:
    work, closes = make_work(), timezone.now() + timedelta(minutes=20)
    assert decide(FRENCH, work).terms == FREELY
    set_availability(work, territories=["FR"], closes_at=closes)
    work.refresh_from_db()
    assert decide(FRENCH, work).terms == Terms(closes, "FR")


@pytest.mark.parametrize(
    ("rows", "bound"),
    [
        ([Window(("FR", "BE"))], "FR"),
        ([Window(("DE",), excluded=True)], "FR"),
        ([Window(("FR",)), Window((), closes_at=timezone.now() + timedelta(days=1))], "FR"),
        ([Window((), closes_at=timezone.now() + timedelta(days=1))], None),
        ([], None),
    ],
)
def test_what_is_limited_to_countries_is_signed_for_the_viewers(
    db: None, rows: list[Window], bound: str | None
) -> None:
    work = make_work()
    set_windows(work, rows)
    work.refresh_from_db()
    assert decide(FRENCH, work).terms.territory == bound


def test_who_may_open_it_anywhere_gets_an_address_for_where_they_are(chloe: Any) -> None:
    work = make_work(author=chloe)
    set_availability(work, territories=["FR"])
    work.refresh_from_db()
    for territory in ("SN", ""):
        assert decide(Viewer.for_person(chloe, territory=territory), work).terms == Terms(None, territory)


def test_terms_cost_one_query_and_none_for_what_is_free(db: None, django_assert_num_queries: Any) -> None:
    work = make_work()
    with django_assert_num_queries(0):
        terms_for(FRENCH, work)
    set_availability(work, territories=["FR"])
    work.refresh_from_db()
    with django_assert_num_queries(1):
        terms_for(FRENCH, work)


def test_it_costs_one_query_to_allow_and_two_to_refuse(db: None, django_assert_num_queries: Any) -> None:
    work = make_work()
    with django_assert_num_queries(1):
        decide(FRENCH, work)
    private = make_work(visibility=Work.Visibility.PRIVATE)
    with django_assert_num_queries(2):
        decide(FRENCH, private)
