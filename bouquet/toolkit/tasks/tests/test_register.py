import os
import subprocess

import pytest

from bouquet.toolkit.processes import born, is_alive, place
from bouquet.toolkit.tasks import register
from bouquet.toolkit.tasks.models import WorkerRow
from bouquet.toolkit.tasks.register import LEASE, Watch, beat, sign_off, sign_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """The observer's own clock."""
    now = [1000.0]
    monkeypatch.setattr(register.time, "monotonic", lambda: now[0])
    return now


def make_worker(name, **changes):
    return WorkerRow.objects.create(**{"name": name, "place": "another machine", "pid": 1, "born": "1"} | changes)


def test_a_worker_on_another_machine_is_dead_when_its_beats_stand_still(clock):
    make_worker("far")
    watch = Watch()
    assert watch.bury_the_dead("me") == []
    clock[0] += LEASE + 1
    assert watch.bury_the_dead("me") == ["far"]
    assert not WorkerRow.objects.exists()


def test_a_worker_that_beats_lives_whatever_its_clock_says(clock):
    make_worker("far", seen_at="2001-01-01T00:00Z")
    watch = Watch()
    for _ in range(5):
        assert watch.bury_the_dead("me") == []
        clock[0] += LEASE - 1
        beat("far")


def test_an_observer_that_has_just_come_waits_before_it_judges(clock):
    make_worker("far", seen_at="2001-01-01T00:00Z")
    assert Watch().bury_the_dead("me") == []


def test_on_the_same_machine_a_dead_process_is_known_at_once():
    gone = subprocess.Popen(["true"])
    birth = born(gone.pid)
    gone.wait()
    make_worker("near", place=place(), pid=gone.pid, born=birth or "1")
    make_worker("myself", place=place(), pid=os.getpid(), born=born(os.getpid()))
    assert Watch().bury_the_dead("me") == ["near"]


def test_a_reused_process_number_is_not_taken_for_the_worker():
    make_worker("near", place=place(), pid=os.getpid(), born="7")
    assert Watch().bury_the_dead("me") == ["near"]
    assert is_alive(os.getpid(), born(os.getpid()))


def test_a_worker_that_was_taken_for_dead_learns_of_it():
    name = sign_on(["first"], 2)
    assert beat(name)
    sign_off(name)
    assert not beat(name)
