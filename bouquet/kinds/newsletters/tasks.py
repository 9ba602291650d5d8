"""What newsletters do later, or by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bouquet.kinds.newsletters import standing
from bouquet.kinds.newsletters.clock import dues_between
from bouquet.kinds.newsletters.drafting.making import make_issue
from bouquet.kinds.newsletters.mail import compose
from bouquet.kinds.newsletters.models import Delivery, Issue, Newsletter, Subscriber, Subscription
from bouquet.kinds.newsletters.preflight import ask, strangers_in
from bouquet.kinds.newsletters.sending.rows import tally
from bouquet.kinds.newsletters.sending.run import carry_issue
from bouquet.kinds.newsletters.telling import tell_editors
from bouquet.kinds.newsletters.welcome import answer_wish
from bouquet.toolkit.tasks import daily, every, task

ROWS_KEPT = timedelta(days=90)  # of single mails; their sums stay
UNCONFIRMED_KEPT = timedelta(days=8)


@every(minutes=5)
@task(key="draft what is due")
def draft_due() -> None:
    """Each running list has its draft `lead_hours` before its hour; what was missed is made up for while it may be."""
    now = timezone.now()
    for newsletter in Newsletter.objects.filter(is_running=True).select_related("site"):
        lead = timedelta(hours=newsletter.lead_hours)
        for due in dues_between(newsletter, now - lead, now + lead):
            if newsletter.running_since is None or due <= newsletter.running_since:
                continue
            draft_for_hour.enqueue(newsletter.pk, due.isoformat())


@task(key="draft {newsletter_id} {due}", retries=2)
def draft_for_hour(newsletter_id: int, due: str) -> None:
    newsletter = Newsletter.objects.select_related("site").filter(pk=newsletter_id).first()
    if newsletter is None:
        return
    issue = make_issue(newsletter, due_at=datetime.fromisoformat(due))
    if issue is not None:
        after_drafting(issue)


def after_drafting(issue: Issue) -> None:
    look_at_links.enqueue(issue.pk)
    tell_editors(issue, "newsletters.drafted")


@task(key="links {issue_id}", retries=1)
def look_at_links(issue_id: int) -> None:
    """What strangers' addresses in an issue answer. Asked again after every change of its words."""
    issue = Issue.objects.select_related("newsletter__site__brand").filter(pk=issue_id).first()
    if issue is None or not issue.is_open:
        return
    answers = {address: ask(address) for address in strangers_in(compose(issue))}
    Issue.objects.filter(pk=issue_id).update(links=answers)


@every(minutes=1)
@task(key="send what is due", lane="first")
def send_due() -> None:
    """Scheduled issues whose hour has come; and what is on its way has somebody who carries it."""
    hour = timezone.now()
    for issue in Issue.objects.filter(state=Issue.State.SCHEDULED, scheduled_for__lte=hour):
        begin(issue.pk)
    for number in Issue.objects.filter(state=Issue.State.SENDING).values_list("pk", flat=True):
        send_letters.enqueue(number)


def begin(number: int) -> bool:
    """Start a verified issue. False where it has changed since: then it is a draft again, and its editors are told."""
    with transaction.atomic():
        started = standing.start(number)
        if started:
            send_letters.enqueue(number)
    if not started:
        tell_editors(Issue.objects.select_related("newsletter__site").get(pk=number), "newsletters.withdrawn")
    return started


@task(key="letters {issue_id}", alone=True, retries=20, timeout=300)
def send_letters(issue_id: int) -> None:
    wait = carry_issue(issue_id)
    if wait is not None:
        send_letters.using(run_after=timezone.now() + timedelta(seconds=wait)).enqueue(issue_id)
        return
    issue = Issue.objects.select_related("newsletter__site").filter(pk=issue_id).first()
    if issue is not None and issue.state == Issue.State.SENT:
        tell_editors(issue, "newsletters.sent")
    if issue is not None and issue.state == Issue.State.PAUSED and issue.notes:
        tell_editors(issue, "newsletters.stopped")


@task(lane="first", key="wish {subscription_id}", retries=3)
def answer_sign_up(subscription_id: int) -> None:
    """The mail that asks to confirm, or says that one is subscribed already. The page said the same in any case."""
    answer_wish(subscription_id)


@daily("04:40")
@task(lane="extras")
def forget_what_is_over() -> None:
    """Wishes that nobody confirmed, readers without any, and single mails after ROWS_KEPT."""
    now = timezone.now()
    Subscription.objects.filter(state="pending", asked_at__lt=now - UNCONFIRMED_KEPT).delete()
    Subscriber.objects.filter(subscriptions=None).delete()
    old = Issue.objects.filter(state__in=[Issue.State.SENT, Issue.State.CANCELLED], ended_at__lt=now - ROWS_KEPT)
    for issue in old.filter(deliveries__isnull=False).distinct():
        Issue.objects.filter(pk=issue.pk).update(tally=tally(issue))
        Delivery.objects.filter(issue=issue).delete()
