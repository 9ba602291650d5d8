from dataclasses import dataclass

import pytest
from django.db import transaction

from bouquet.toolkit import events
from bouquet.toolkit.events import LISTENERS, Event, announce, on
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.testing import run_all_tasks

HEARD = []


@dataclass(frozen=True)
class TreePlanted(Event):
    tree_id: int


@dataclass(frozen=True)
class OakPlanted(TreePlanted):
    rings: int = 1


@pytest.fixture(autouse=True)
def _quiet():
    before = {event: list(listeners) for event, listeners in LISTENERS.items()}
    HEARD.clear()
    yield
    LISTENERS.clear()
    LISTENERS.update(before)


def gardener(event: TreePlanted) -> None:
    HEARD.append(("gardener", event))


def forester(event: OakPlanted) -> None:
    HEARD.append(("forester", event))


def sleeper(event: TreePlanted) -> None:
    raise OSError("asleep")


@pytest.mark.django_db(transaction=True)
def test_news_of_a_change_that_was_rolled_back_is_not_kept():
    on(TreePlanted)(gardener)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce(TreePlanted(1))
        raise ZeroDivisionError
    assert not TaskRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_news_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="must run inside"):
        announce(TreePlanted(1))


@pytest.mark.django_db
def test_a_listener_of_the_base_event_hears_what_descends_from_it():
    on(TreePlanted)(gardener)
    on(OakPlanted)(forester)
    announce(OakPlanted(7, rings=3))
    announce(TreePlanted(8))
    run_all_tasks()
    assert sorted(HEARD, key=str) == [
        ("forester", OakPlanted(7, rings=3)),
        ("gardener", OakPlanted(7, rings=3)),
        ("gardener", TreePlanted(8)),
    ]


@pytest.mark.django_db
def test_a_listener_that_fails_is_tried_again_and_holds_up_nobody():
    on(TreePlanted)(sleeper)
    on(TreePlanted)(gardener)
    announce(TreePlanted(1))
    with pytest.raises(OSError):
        run_all_tasks()
    run_all_tasks()
    assert HEARD == [("gardener", TreePlanted(1))]
    waiting = TaskRow.objects.get(state="waiting")
    assert waiting.attempts == 1
    assert waiting.reason == "OSError: asleep"


@pytest.mark.django_db
def test_an_event_is_rebuilt_in_a_process_that_never_announced_it():
    on(TreePlanted)(gardener)
    announce(TreePlanted(5))
    events._ANNOUNCED.clear()
    run_all_tasks()
    assert HEARD == [("gardener", TreePlanted(5))]


@pytest.mark.django_db
def test_news_for_a_listener_that_is_gone_fails_at_once():
    on(TreePlanted)(gardener)
    announce(TreePlanted(5))
    LISTENERS.clear()
    with pytest.raises(events.GiveUp):
        run_all_tasks()
    assert TaskRow.objects.get().state == "failed"
