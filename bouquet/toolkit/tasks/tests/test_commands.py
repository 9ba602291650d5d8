import pytest
from click.testing import CliRunner

from bouquet.toolkit.tasks.commands import queue, worker
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.testing import run_all_tasks
from bouquet.toolkit.tasks.tests import chores

pytestmark = pytest.mark.django_db


def say(*words):
    return CliRunner().invoke(queue, words)


def make_failed():
    result = chores.surrender.enqueue()
    with pytest.raises(chores.GiveUp):
        run_all_tasks()
    return result.id


def test_the_list_shows_what_waits_and_why_something_failed():
    make_failed()
    chores.note.enqueue("hello")
    said = say()
    assert said.exit_code == 0
    assert "this file will never be a film" in said.output
    assert "1 waiting" in said.output
    assert "1 failed" in said.output
    assert "never be a film" not in say("list", "--state", "waiting").output


def test_a_failed_task_is_started_again_once():
    number = make_failed()
    assert say("retry", number).exit_code == 0
    assert TaskRow.objects.get(pk=number).state == "waiting"
    assert say("retry", number).exit_code == 1


def test_what_waits_is_cancelled():
    number = chores.note.enqueue("x").id
    assert say("cancel", number).exit_code == 0
    assert TaskRow.objects.get(pk=number).state == "cancelled"
    assert say("cancel", number).exit_code == 1


@pytest.mark.parametrize("number", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_number_that_is_none_gets_a_sentence(number):
    said = say("retry", number)
    assert said.exit_code == 1
    assert "Traceback" not in said.output


def test_a_lane_that_does_not_exist_is_refused():
    said = CliRunner().invoke(worker, ["--lanes", "first,fast"])
    assert said.exit_code == 2
    assert "the lanes are first, default, ladder, extras" in said.output


def test_a_kind_is_tried_again_and_one_goes_first():
    make_failed()
    assert "1 wait for a worker" in say("retry", "--all-of", "surrender").output
    assert "0 wait" in say("retry", "--all-of", "nothing_like_it").output
    number = chores.note.enqueue("x").id
    assert "next one of its lane" in say("first", number).output
    assert "default  0 running, 2 waiting" in say("lanes").output
    say("cancel", number)
    assert say("first", number).exit_code == 1
