"""Nothing goes out that nobody has verified by name, and nothing that has changed since."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from bouquet.kinds.newsletters import actions
from bouquet.kinds.newsletters.actions import NotNow
from bouquet.kinds.newsletters.models import Issue, IssueItem
from bouquet.kinds.newsletters.preflight import blocking, findings
from bouquet.kinds.newsletters.tasks import send_due
from bouquet.kinds.newsletters.tests.make import make_issue, make_readers, make_story, make_verified
from bouquet.shared.works.actions import hide_work, remove_work
from bouquet.shared.works.models import Work
from bouquet.toolkit.tasks.testing import run_all_tasks

pytestmark = pytest.mark.django_db
State = Issue.State


def test_a_draft_has_no_way_out(ada):
    issue = make_issue()
    make_readers(issue.newsletter, 2)
    for verb in (actions.send_now, lambda each: actions.schedule_issue(each, timezone.now()), actions.resume_issue):
        with pytest.raises(NotNow):
            verb(issue)
    send_due.enqueue()
    run_all_tasks(later=True)
    issue.refresh_from_db()
    assert issue.state == State.DRAFT and not mail.outbox


def test_the_database_itself_refuses_what_nobody_verified(ada):
    issue = make_issue()
    for state in ("checked", "scheduled", "sending", "sent", "paused"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Issue.objects.filter(pk=issue.pk).update(state=state)


CHANGES = {
    "subject": lambda issue: actions.change_issue(issue, {"subject": "Another"}, {}),
    "a summary": lambda issue: actions.change_issue(issue, {}, {issue.items.first().pk: {"summary": "Other."}}),
    "the order": lambda issue: actions.move_item(issue.items.first(), 1),
    "a work less": lambda issue: actions.remove_item(issue.items.first()),
    "a work more": lambda issue: actions.add_work(issue, make_story(issue.site, "Late")),
}


@pytest.mark.parametrize("what", CHANGES)
def test_any_change_withdraws_the_verification(ada, what):
    issue = make_verified(ada)
    actions.schedule_issue(issue, timezone.now())
    CHANGES[what](issue)
    issue.refresh_from_db()
    assert (issue.state, issue.checked_name, issue.checked_at) == (State.DRAFT, "", None)
    send_due.enqueue()
    run_all_tasks()
    assert not mail.outbox


def test_saving_the_same_words_withdraws_nothing(ada):
    issue = make_verified(ada)
    actions.change_issue(issue, {"subject": issue.subject}, {})
    issue.refresh_from_db()
    assert issue.state == State.CHECKED and issue.checked_name == "Ada"


def test_what_changed_behind_the_desks_back_is_noticed_when_it_starts(ada):
    issue = make_verified(ada)
    make_readers(issue.newsletter, 1)
    IssueItem.objects.filter(issue=issue).update(title="Quite another")
    with pytest.raises(NotNow):
        actions.send_now(issue)
    issue.refresh_from_db()
    assert issue.state == State.DRAFT and issue.notes[0]["code"] == "changed_after_check" and not mail.outbox
    issue = actions.verify_issue(issue, by=ada)
    issue.newsletter.sender_name = "Somebody else"
    issue.newsletter.save()
    with pytest.raises(NotNow):
        actions.send_now(issue)


def test_a_work_taken_away_after_the_verification_stops_the_issue(ada):
    issue = make_verified(ada)
    hide_work(Work.objects.get(title="Story 1"), by=ada)
    with pytest.raises(NotNow):
        actions.send_now(issue)
    issue.refresh_from_db()
    assert issue.notes[0] == {"code": "works_gone", "said": "Story 1"}
    assert any("Story 1" in each.title for each in blocking(issue))
    remove_work(Work.objects.get(title="Story 1"), by=ada)
    run_all_tasks()
    assert [item.title for item in issue.items.all()] == ["Story 2"]


def test_it_goes_out_at_its_hour_to_each_once(ada):
    issue = make_verified(ada)
    make_readers(issue.newsletter, 2)
    actions.schedule_issue(issue, timezone.now() + timedelta(hours=1))
    send_due.enqueue()
    run_all_tasks()
    assert not mail.outbox
    Issue.objects.update(scheduled_for=timezone.now())
    for _time in range(2):
        send_due.enqueue()
        run_all_tasks()
    issue.refresh_from_db()
    assert issue.state == State.SENT and issue.tally == {"sent": 2} and len(mail.outbox) == 2
    with pytest.raises(NotNow):
        actions.change_issue(issue, {"subject": "Too late"}, {})


def test_what_is_looked_at_says_what_to_do(ada):
    issue = actions.change_issue(make_issue(), {"subject": "A harbour at dawn"}, {})
    assert [each.title for each in findings(issue) if each.level != "ok"] == []
    gone = f"{issue.site.url}/nothing-here/"
    words = {
        "subject": "GRATUIT: CLICK HERE NOW!!",
        "intro": f"See {gone} and https://elsewhere.example/a",
        "after": "",
    }
    issue = actions.change_issue(issue, words, {})
    said = {each.level: each.title for each in findings(issue)}
    assert "nothing-here" in said["bad"]
    with pytest.raises(NotNow, match="nothing-here"):
        actions.verify_issue(issue, by=ada)
    run_all_tasks()  # strangers are asked by a task, through the one door: this name leads nowhere
    issue.refresh_from_db()
    assert issue.links["https://elsewhere.example/a"] != "ok"
    warned = " ".join(each.title for each in findings(issue) if each.level == "warn")
    assert "elsewhere.example" in warned and "GRATUIT" in warned
    actions.change_issue(issue, {"intro": "", "subject": ""}, {})
    issue.refresh_from_db()
    assert any("subject is empty" in each.title for each in blocking(issue))


def test_a_mail_that_gmail_would_cut_is_stopped(ada):
    issue = make_issue(stories=1)
    make_story(issue.site)
    issue.after = "word " * 30_000
    issue.save()
    assert any("102" in each.title for each in blocking(issue))


def test_a_test_goes_to_oneself_and_counts_nobody(ada):
    issue = make_issue()
    actions.send_test(issue, to=ada)
    assert mail.outbox[0].to == ["ada@bouquet.example"] and mail.outbox[0].subject.startswith("[Test] ")
    assert not issue.deliveries.exists() and "List-Unsubscribe" not in mail.outbox[0].extra_headers
