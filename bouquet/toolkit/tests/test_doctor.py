import os
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import timezone

from bouquet.toolkit import doctor
from bouquet.toolkit.checkups import disk, front_end, host_name, mail, secret_key
from bouquet.toolkit.commands import bench
from bouquet.toolkit.commands import doctor as doctor_command
from bouquet.toolkit.doctor import CHECKUPS, bad, checkup, examine, ok
from bouquet.toolkit.tasks.actions import fail_attempt
from bouquet.toolkit.tasks.checkups import tasks, workers
from bouquet.toolkit.tasks.hot import claim_task
from bouquet.toolkit.tasks.register import sign_on
from bouquet.toolkit.tasks.tests import chores


@pytest.fixture
def only_mine(monkeypatch):
    monkeypatch.setattr(doctor, "autodiscover_modules", lambda name: None)
    before = dict(CHECKUPS)
    CHECKUPS.clear()
    yield
    CHECKUPS.clear()
    CHECKUPS.update(before)


def levels(findings):
    return [finding.level for finding in findings]


def test_a_checkup_that_breaks_is_bad_and_hides_no_other(only_mine):
    @checkup("A")
    def broken():
        raise OSError("no disk")

    @checkup("B")
    def fine():
        yield ok("good")

    assert [(title, levels(findings)) for title, findings in examine()] == [("A", ["bad"]), ("B", ["ok"])]


def test_the_command_says_how_to_mend_it_and_ends_with_1_when_something_is_bad(only_mine):
    checkup("Roof")(lambda: [bad("It leaks.", "Call Ada.")])
    checkup("Floor")(lambda: [ok("It is dry")])
    said = CliRunner().invoke(doctor_command)
    assert said.exit_code == 1
    assert "Call Ada." in said.output
    assert CliRunner().invoke(doctor_command, ["floor"]).exit_code == 0
    assert CliRunner().invoke(doctor_command, ["cellar"]).exit_code == 1


@pytest.mark.django_db
def test_every_checkup_of_the_network_can_look():
    found = dict(examine())
    assert {"Database", "Disk space", "Workers", "Tasks", "Clock"} <= set(found)
    broken = [
        finding.text for findings in found.values() for finding in findings if "could not be looked at" in finding.text
    ]
    assert not broken


@pytest.mark.django_db
def test_no_worker_is_bad_and_a_living_one_is_fine():
    assert levels(workers()) == ["bad"]
    sign_on(["first"], 2)
    assert levels(workers()) == ["ok"]


@pytest.mark.django_db
def test_failures_and_what_is_late_are_told():
    assert levels(tasks()) == ["ok"]
    chores.surrender.enqueue()
    fail_attempt(claim_task("w", 0), "GiveUp: never", final=True)
    chores.note.using(run_after=timezone.now() - timedelta(minutes=10)).enqueue("late")
    said = list(tasks())
    assert levels(said) == ["warn", "warn"]
    assert "GiveUp: never" in said[1].text


def test_a_disk_that_is_nearly_full(settings):
    settings.DISK_RESERVE_BYTES = 10**18
    assert levels(disk()) == ["bad"]
    settings.DISK_RESERVE_BYTES = 1
    assert levels(disk()) == ["ok"]


def test_a_key_that_others_can_read(settings, tmp_path):
    settings.DATA = tmp_path
    path = tmp_path / "secret_key"
    path.touch(mode=0o600)
    path.write_text("x" * 60)
    os.chmod(path, 0o644)
    assert levels(secret_key()) == ["bad"]
    os.chmod(path, 0o600)
    assert levels(secret_key()) == ["ok"]


def test_mail_that_goes_nowhere(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = "/tmp/mail"
    assert levels(mail()) == ["warn"]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        9,
    )
    assert levels(mail()) == ["bad"]


def test_pages_that_are_not_built_and_a_host_that_nobody_knows(settings):
    settings.FRONTEND = Path("/nowhere")
    assert levels(front_end()) == ["bad"]
    settings.MAIN_HOST = "no-such-host.invalid"
    assert "bad" in levels(host_name())


def test_bench_gathers_what_apps_bring():
    said = CliRunner().invoke(bench, ["--help"])
    assert "tasks" in said.output
    assert "feed" in said.output
