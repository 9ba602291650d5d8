"""What editors do with an issue. Every change of its words goes through `open_for_change`, which withdraws a check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from bouquet.kinds.newsletters import standing
from bouquet.kinds.newsletters.drafting.choosing import of_its_sites
from bouquet.kinds.newsletters.drafting.making import make_issue, tell_one
from bouquet.kinds.newsletters.mail import compose, mail_for
from bouquet.kinds.newsletters.models import Issue, IssueItem, Newsletter, Subscriber
from bouquet.kinds.newsletters.standing import NotNow
from bouquet.kinds.newsletters.tasks import after_drafting, begin, look_at_links, send_letters
from bouquet.shared.accounts.models import Person
from bouquet.shared.works.models import Work, WorkQuerySet

WORDS = ("subject", "intro", "before", "after")
ITEM_WORDS = ("title", "summary", "alt", "with_picture")


def draft_issue(newsletter: Newsletter) -> Issue:
    """Now, whatever the clock says. Raises NotNow where nothing new is there to tell."""
    issue = make_issue(newsletter)
    if issue is None:
        raise NotNow(_("Nothing new fits the recipe: make its window longer, or choose more sections or kinds."))
    after_drafting(issue)
    return issue


@transaction.atomic
def change_issue(issue: Issue, words: Mapping[str, Any], items: Mapping[int, Mapping[str, Any]]) -> Issue:
    """Other words, of the issue and of its items ({pk: {title, summary, alt, with_picture}}). No change: nothing."""
    rows = {each.pk: each for each in issue.items.all()}
    new_words = {name: words[name] for name in WORDS if name in words and words[name] != getattr(issue, name)}
    changed: list[IssueItem] = []
    for pk, values in items.items():
        item = rows.get(pk)
        new = {n: values[n] for n in ITEM_WORDS if n in values and item and values[n] != getattr(item, n)}
        if item is None or not new:
            continue
        if "summary" in new:
            item.machine = ""  # a person's words now
        for name, value in new.items():
            setattr(item, name, value)
        changed.append(item)
    if not new_words and not changed:
        return issue
    row = standing.open_for_change(issue)
    for name, value in new_words.items():
        setattr(row, name, value)
    row.save(update_fields=list(WORDS))
    IssueItem.objects.bulk_update(changed, [*ITEM_WORDS, "machine"])
    look_at_links.enqueue(row.pk)
    return row


@transaction.atomic
def move_item(item: IssueItem, step: int) -> None:
    """One place up (-1) or down (1)."""
    standing.open_for_change(item.issue)
    order = list(item.issue.items.order_by("position", "pk"))
    place = next((number for number, each in enumerate(order) if each.pk == item.pk), None)
    if place is None:
        return
    order.insert(max(0, min(len(order) - 1, place + step)), order.pop(place))
    for number, each in enumerate(order, start=1):
        each.position = number
    IssueItem.objects.bulk_update(order, ["position"])


@transaction.atomic
def remove_item(item: IssueItem) -> None:
    standing.open_for_change(item.issue)
    item.delete()


def works_to_add(issue: Issue, words: str) -> WorkQuerySet:
    """What everybody may find on the sites of its list, by words of the title; the latest first."""
    found = of_its_sites(issue.newsletter).exclude(pk__in=issue.items.filter(work__isnull=False).values("work"))
    for word in words.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return found.cards().latest()


def add_work(issue: Issue, work: Work) -> IssueItem:
    language = issue.newsletter.language
    words, title = tell_one(work, language), work.said_in(language, "title")[:200]
    with transaction.atomic():
        row = standing.open_for_change(issue)
        last = row.items.aggregate(last=Max("position"))["last"] or 0
        item, _made = IssueItem.objects.get_or_create(
            issue=row, work_id=work.pk,
            defaults={
                "position": last + 1, "title": title, "summary": words[:1000], "alt": title,
                "reason": {"code": "editor"},
            },
        )  # fmt: skip
    return item


# ── Verification and what comes after it ─────────────────────────────────────────────────────────────────────────────
def verify_issue(issue: Issue, *, by: Person) -> Issue:
    """By name. Raises NotNow where something must be put right first."""
    return standing.verify(issue, by)


@transaction.atomic
def withdraw_check(issue: Issue) -> None:
    standing.withdraw(standing.locked(issue))


def schedule_issue(issue: Issue, at: datetime) -> Issue:
    return standing.schedule(issue, at)


def send_now(issue: Issue) -> None:
    if not begin(issue.pk):
        raise NotNow(_("It has changed since it was verified: it has to be verified again."))


def pause_issue(issue: Issue) -> None:
    standing.pause(issue)


def resume_issue(issue: Issue) -> None:
    with transaction.atomic():
        standing.resume(issue)
        send_letters.enqueue(issue.pk)


def cancel_issue(issue: Issue) -> None:
    standing.cancel(issue)


def send_test(issue: Issue, *, to: Person) -> None:
    """As it is now, to one's own address, marked as a test. Its reader's links lead nowhere."""
    composed = compose(issue)
    nobody = Subscriber(address=to.email)
    message: EmailMessage = mail_for(issue, nobody, composed.html, composed.text, number=f"test-{to.uid}")
    message.subject = _("[Test] %(subject)s") % {"subject": composed.subject}
    for name in ("List-Unsubscribe", "List-Unsubscribe-Post", "Message-ID"):
        message.extra_headers.pop(name, None)
    message.send()
