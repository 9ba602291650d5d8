"""To a real mail server on this machine: each reader once, whatever breaks."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from bouquet.kinds.newsletters import actions
from bouquet.kinds.newsletters.models import Delivery, Issue, Subscription, Suppression
from bouquet.kinds.newsletters.sending import run
from bouquet.kinds.newsletters.tests.make import (
    database_for_processes,
    mail_server,
    make_issue,
    make_letter,
    make_readers,
    make_verified,
)
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def post(settings):
    with mail_server(settings) as post:
        yield post


def states(issue: Issue) -> dict[str, int]:
    return dict(Counter(issue.deliveries.values_list("state", flat=True)))


def due_now() -> None:
    Delivery.objects.filter(next_try_at__isnull=False).update(next_try_at=timezone.now())


def test_a_mail_has_all_that_mailboxes_ask_for(ada, post):
    issue = make_verified(ada, make_letter(sender_name="Septembre, la lettre", reply_to="desk@press.example"))
    make_readers(issue.newsletter, 1)
    actions.send_now(issue)
    run_all_tasks()
    (mail,) = post.taken
    assert mail["Subject"] == "Story 1" and mail["From"].startswith('"Septembre, la lettre" <')
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" and mail["Reply-To"] == "desk@press.example"
    assert mail["Message-ID"].startswith(f"<{issue.uid}.") and mail["List-ID"]
    html, text = mail.get_body(("html",)).get_content(), mail.get_body(("plain",)).get_content()
    unsubscribe = mail["List-Unsubscribe"].strip(" <>")
    assert unsubscribe in html and unsubscribe in text and "__reader__" not in html + text
    assert "/letters/to/" in html and "prefers-color-scheme" in html and "<script" not in html
    assert html.count("<img") == 0  # the works have no pictures, and there is no pixel
    assert "Story 2" in text and len(html) < 102 * 1024


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_each_reader_exactly_one_mail(ada, post, tmp_path):
    """120 addresses; a process of its own is killed (SIGKILL) twice in the middle of its work."""
    issue = make_verified(ada)
    make_readers(issue.newsletter, 120)
    actions.send_now(issue)
    with database_for_processes(tmp_path):
        for wait_for in (30, 75):
            connection.close()
            worker = os.fork()
            if not worker:
                try:
                    run.carry_issue(issue.pk)
                finally:
                    os._exit(0)
            until = time.monotonic() + 20
            while len(post.taken) < wait_for and time.monotonic() < until:
                time.sleep(0.001)
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
            assert wait_for <= len(post.taken) < 120
        run_all_tasks(later=True)
        assert Counter(post.to()) == {f"reader{each}@readers.example": 1 for each in range(120)}
        issue.refresh_from_db()
        assert issue.state == Issue.State.SENT and sum(issue.tally.values()) == 120
        assert set(issue.tally) <= {"sent", "unsure"} and issue.tally.get("unsure", 0) <= 2


def test_a_run_that_lost_its_row_sends_not_a_byte_more(ada, post):
    """A worker that was thought dead wakes before the last line: the row is another's, so the mail is not sent."""
    issue = make_verified(ada)
    make_readers(issue.newsletter, 1)

    with pytest.MonkeyPatch.context() as patch:
        given = run.rows.hand_over

        def stolen(row, name):
            Delivery.objects.filter(pk=row.pk).update(claim="another run")
            given(row, name)

        patch.setattr(run.rows, "hand_over", stolen)
        actions.send_now(issue)
        assert run.carry_issue(issue.pk) is None or not post.taken
    assert post.asked and not post.taken


def test_refusals_retries_and_silence_are_told_apart(ada, post, settings):
    settings.EMAIL_TIMEOUT = 0.3
    letter = make_letter()
    for name in ("gone", "full", "policy", "drop", "late", "slow", "mute", "fine"):
        make_readers(letter, 1, domain=f"{name}.example")
    post.answers = {
        "gone.example": "550 5.1.1 no such user",
        "full.example": "452 4.2.2 mailbox full",
        "policy.example": "550 5.7.1 we do not like your network",
        "drop.example": "drop",
        "late.example": "drop after data",
        "slow.example": "silence",
        "mute.example": "silence after data",
    }
    issue = make_verified(ada, letter)
    actions.send_now(issue)
    assert run.carry_issue(issue.pk) > 30
    rows = {row.subscriber.address.partition("@")[2]: row for row in issue.deliveries.select_related("subscriber")}
    assert rows["gone.example"].state == State.FAILED and "5.1.1" in rows["gone.example"].answer
    assert rows["policy.example"].state == State.FAILED and rows["late.example"].state == State.UNSURE
    assert rows["mute.example"].state == State.UNSURE and rows["slow.example"].state == State.WAITING
    assert rows["full.example"].state == rows["drop.example"].state == State.WAITING
    assert rows["fine.example"].state == State.SENT
    (kept,) = Suppression.objects.all()  # policy is about us: that reader stays one
    assert kept.address == "reader0@gone.example" and kept.reason == "bounce"
    assert Subscription.objects.get(subscriber__address=kept.address).state == "ended"
    post.answers = {"full.example": "452 4.2.2 mailbox full"}
    for _try in range(8):
        due_now()
        run.carry_issue(issue.pk)
    issue.refresh_from_db()
    assert issue.state == Issue.State.SENT and issue.tally == {"sent": 3, "failed": 3, "unsure": 2}
    taken = Counter(post.to())
    assert taken["reader0@late.example"] == taken["reader0@mute.example"] == 1  # they were taken: never again
    assert taken["reader0@slow.example"] == 1


def test_a_server_that_is_away_is_waited_for(ada, post, settings):
    issue = make_verified(ada)
    make_readers(issue.newsletter, 3)
    actions.send_now(issue)
    settings.EMAIL_PORT = 1
    assert run.carry_issue(issue.pk) == run.TROUBLE_WAIT
    issue.refresh_from_db()
    assert "refused" in issue.trouble and states(issue) == {"waiting": 3}
    settings.EMAIL_PORT = post.port
    assert run.carry_issue(issue.pk) is None
    issue.refresh_from_db()
    assert issue.trouble == "" and issue.tally == {"sent": 3}


def test_a_server_that_refuses_everybody_pauses_the_issue(ada, post):
    post.answers = {"@": "550 5.1.1 no such user"}
    issue = make_verified(ada)
    make_readers(issue.newsletter, 40)
    actions.send_now(issue)
    run_all_tasks()
    issue.refresh_from_db()
    assert issue.state == Issue.State.PAUSED and issue.notes[0]["code"] == "refused_by_many"
    assert Suppression.objects.count() <= 5 and states(issue)["waiting"] == 15
    post.answers = {}
    actions.resume_issue(issue)
    run_all_tasks()
    assert len(post.taken) == 15


def test_pausing_and_cancelling_mean_at_once(ada, post):
    issue = make_verified(ada)
    make_readers(issue.newsletter, 6)

    actions.send_now(issue)
    sent = run.Stretch._send

    def send_then_pause(self, row):
        done = sent(self, row)
        if len(post.taken) == 2:
            actions.pause_issue(issue)
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run.Stretch, "_send", send_then_pause)
        run.carry_issue(issue.pk)
    assert len(post.taken) == 2
    run_all_tasks()
    assert len(post.taken) == 2
    actions.resume_issue(issue)
    actions.cancel_issue(issue)
    run_all_tasks()
    assert len(post.taken) == 2


def test_who_left_or_is_suppressed_after_the_rows_were_made_gets_nothing(ada, post):
    issue = make_verified(ada)
    stays, leaves, bounces = make_readers(issue.newsletter, 3)
    early = make_readers(issue.newsletter, 1, domain="early.example")[0]
    actions.stop_all(early)
    actions.send_now(issue)
    run.rows.gather(Issue.objects.get(pk=issue.pk))
    assert issue.deliveries.count() == 3
    actions.unsubscribe(leaves, issue.newsletter)
    actions.note_bounces([bounces.address])
    run_all_tasks()
    assert post.to() == [stays.address] and states(issue) == {"sent": 1, "skipped": 2}


def test_a_rate_is_kept(ada, post, settings):
    settings.NEWSLETTERS_PER_MINUTE = 600
    issue = make_verified(ada)
    make_readers(issue.newsletter, 5)
    actions.send_now(issue)
    began = time.monotonic()
    run_all_tasks()
    assert len(post.taken) == 5 and time.monotonic() - began > 0.4


def test_a_header_cannot_be_smuggled_in(ada, post):
    issue = make_issue()
    actions.change_issue(issue, {"subject": "Hello\r\nBcc: all@victims.example"}, {})
    actions.verify_issue(issue, by=ada)
    make_readers(issue.newsletter, 1)
    actions.send_now(issue)
    run_all_tasks()
    assert post.taken[0]["Bcc"] is None and post.asked == ["reader0@readers.example"]
