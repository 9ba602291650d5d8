from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from modelsearch.tasks import insert_or_update_object_task

from bouquet.toolkit.tasks import carry
from bouquet.toolkit.tasks.actions import (
    cancel_task,
    delay_after,
    fail_attempt,
    recover_tasks,
    release_task,
    retry_task,
)
from bouquet.toolkit.tasks.hot import claim_task, finish_task
from bouquet.toolkit.tasks.models import TaskRow, WorkerRow
from bouquet.toolkit.tasks.testing import run_all_tasks
from bouquet.toolkit.tasks.tests import chores

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_done():
    chores.DONE.clear()


def make_worker(name="w1", **changes):
    return WorkerRow.objects.create(**{"name": name, "place": "here", "pid": 1, "born": "0"} | changes)


def test_what_is_enqueued_is_run_and_its_result_kept():
    result = chores.note.enqueue("hello")
    assert run_all_tasks() == 1
    result.refresh()
    assert chores.DONE == ["hello"]
    assert result.return_value == "HELLO"


def test_a_rolled_back_change_leaves_no_row():
    with pytest.raises(RuntimeError), transaction.atomic():
        chores.note.enqueue("never")
        raise RuntimeError
    assert not TaskRow.objects.exists()


def test_the_most_urgent_lane_goes_first_and_priority_counts_within_it():
    chores.long_note.enqueue("long")
    chores.note.enqueue("plain")
    chores.note.using(priority=5).enqueue("important")
    chores.urgent_note.enqueue("first")
    run_all_tasks()
    assert chores.DONE == ["first", "important", "plain", "long"]


def test_what_is_planned_for_later_waits():
    chores.note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("later")
    assert run_all_tasks() == 0
    assert run_all_tasks(later=True) == 1


def test_claiming_is_one_query(django_assert_num_queries):
    chores.note.enqueue("one")
    with django_assert_num_queries(1):
        assert claim_task("w1", 0)


def test_a_failed_attempt_waits_longer_each_time_and_ends_as_failed():
    chores.stumble.enqueue("a stone")
    for attempt in (1, 2):
        with pytest.raises(ValueError):
            run_all_tasks(later=True)
        row = TaskRow.objects.get()
        assert (row.state, row.attempts) == ("waiting", attempt)
    with pytest.raises(ValueError):
        run_all_tasks(later=True)
    row = TaskRow.objects.get()
    assert row.state == "failed"
    assert row.reason == "ValueError: stumbled over a stone"
    assert delay_after(1) < delay_after(2) < delay_after(3) <= timedelta(seconds=100)


def test_giving_up_is_not_tried_again():
    chores.surrender.enqueue()
    with pytest.raises(chores.GiveUp):
        run_all_tasks()
    assert TaskRow.objects.get().state == "failed"


def test_a_key_keeps_one_waiting_row():
    first = chores.refresh_feed.enqueue(1, why="a video")
    assert chores.refresh_feed.enqueue(1, why="another").id == first.id
    chores.refresh_feed.enqueue(2)
    assert run_all_tasks() == 2
    assert chores.DONE == [(1, "a video"), (2, "")]


def test_a_key_does_not_hold_back_what_was_asked_while_it_runs():
    chores.refresh_feed.enqueue(1)
    running = claim_task("w1", 0)
    chores.refresh_feed.enqueue(1)
    assert TaskRow.objects.waiting().count() == 1
    release_task(running)  # the other one waits: this one steps aside
    running.refresh_from_db()
    assert running.state == "cancelled"
    assert TaskRow.objects.waiting().count() == 1


def test_what_wants_to_be_alone_waits_until_the_other_of_its_key_has_ended():
    chores.index_page.enqueue(1)
    running = claim_task("w1", 0)
    chores.index_page.enqueue(1)
    chores.index_page.enqueue(2)
    assert claim_task("w1", 1).args == [2]
    assert claim_task("w2", 0) is None
    assert not TaskRow.objects.due().exists()
    finish_task(running, None)
    assert claim_task("w2", 0).args == [1]


def test_a_plain_key_may_run_beside_another_of_its_kind():
    chores.refresh_feed.enqueue(1)
    claim_task("w1", 0)
    chores.refresh_feed.enqueue(1)
    assert TaskRow.objects.due().count() == 1
    assert claim_task("w1", 1).args == [1]


def test_a_library_s_task_gets_a_key_and_runs_alone():
    """Wagtail enqueues each save of a page; two slots that indexed the same page at once failed with IntegrityError."""
    for pk in ("7", "7", "8"):
        insert_or_update_object_task.enqueue("wagtailcore", "page", pk)
    assert TaskRow.objects.waiting().count() == 2
    first, second = claim_task("w1", 0), claim_task("w1", 1)
    insert_or_update_object_task.enqueue(*first.args)
    assert {first.args[2], second.args[2]} == {"7", "8"}
    assert claim_task("w2", 0) is None


def test_a_released_task_has_not_used_up_an_attempt():
    chores.note.enqueue("x")
    release_task(claim_task("w1", 0))
    row = TaskRow.objects.get()
    assert (row.state, row.attempts, row.worker) == ("waiting", 0, "")


def test_a_run_that_was_taken_over_cannot_finish_the_row():
    chores.note.enqueue("x")
    lost = claim_task("dead", 0)
    recover_tasks()
    taken = claim_task("alive", 0)
    assert taken.pk == lost.pk
    assert not finish_task(lost, None)
    fail_attempt(lost, "too late")
    taken.refresh_from_db()
    assert (taken.state, taken.worker, taken.error) == (
        "running",
        "alive",
        "The worker that ran it was killed or lost its machine.",
    )


def test_a_living_worker_keeps_its_rows():
    make_worker("w1")
    chores.note.enqueue("x")
    claim_task("w1", 0)
    assert recover_tasks() == 0


def test_a_task_that_kills_its_workers_ends_as_failed():
    chores.stumble.enqueue("x")
    for _ in range(3):
        assert claim_task("dead", 0)
        recover_tasks()
    assert TaskRow.objects.get().state == "failed"
    assert claim_task("dead", 0) is None


def test_cancelling_what_waits_is_immediate_and_what_runs_is_asked():
    chores.note.enqueue("x")
    row = TaskRow.objects.get()
    cancel_task(row)
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert retry_task(row)
    row = claim_task("w1", 0)
    cancel_task(row)
    row.refresh_from_db()
    assert (row.state, row.cancel_asked) == ("running", True)


def test_inside_a_transaction_progress_is_not_written():
    """Nobody could see it before the end, and SQLite's only write lock would be held (test_workers shows that it is
    written outside one)."""
    chores.walk.enqueue()
    row = claim_task("w1", 0)
    carry.call_row(row)
    row.refresh_from_db()
    assert row.progress is None


def test_a_task_may_ask_which_attempt_it_is():
    result = chores.tell_attempt.enqueue()
    run_all_tasks()
    result.refresh()
    assert result.return_value == 1


def test_arguments_that_json_cannot_carry_are_refused():
    with pytest.raises(TypeError):
        chores.note.enqueue(object())
