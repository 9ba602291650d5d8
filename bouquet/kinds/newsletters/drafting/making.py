"""An issue from a recipe: choices, summaries, rows. A writing machine is called before the transaction begins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from bouquet.kinds.newsletters.drafting.choosing import Choice, choose
from bouquet.kinds.newsletters.drafting.summary import summary_of, texts_of
from bouquet.kinds.newsletters.drafting.writer import WriterFailed, has_writer, write_summary
from bouquet.kinds.newsletters.models import Issue, IssueItem, Newsletter
from bouquet.shared.works.models import Work

MOST_SUBJECT = 78  # characters: what most mail programs show whole (RFC 5322 asks for lines no longer than this)


def make_issue(newsletter: Newsletter, *, due_at: datetime | None = None, now: datetime | None = None) -> Issue | None:
    """A draft, or None where nothing new is there to tell, or the hour has its issue already."""
    if due_at is not None and newsletter.issues.filter(due_at=due_at).exists():
        return None
    choices = choose(newsletter, now=now or timezone.now())
    if not choices:
        return None
    told, notes = _tell([each.work for each in choices], newsletter.language)
    with transaction.atomic():
        newsletter = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        if due_at is not None and newsletter.issues.filter(due_at=due_at).exists():
            return None  # another worker was quicker
        issue = Issue.objects.create(
            newsletter=newsletter,
            number=next_number(newsletter),
            subject=subject_of(newsletter, choices[0].work),
            before=newsletter.before,
            after=newsletter.after,
            due_at=due_at,
            machine=settings.WRITER_MODEL[:80] if any(machine for _words, machine in told.values()) else "",
            notes=notes,
        )
        IssueItem.objects.bulk_create(
            item_of(issue, each, place, *told[each.work.pk]) for place, each in enumerate(choices, start=1)
        )
    return issue


def next_number(newsletter: Newsletter) -> int:
    return (newsletter.issues.aggregate(last=Max("number"))["last"] or 0) + 1


def subject_of(newsletter: Newsletter, work: Work) -> str:
    title = work.said_in(newsletter.language, "title")
    if len(title) <= MOST_SUBJECT:
        return title
    return title[: MOST_SUBJECT - 1].rsplit(" ", 1)[0].rstrip(",;:–— ") + "…"


def item_of(issue: Issue, choice: Choice, place: int, words: str, machine: str) -> IssueItem:
    work = choice.work
    title = work.said_in(issue.newsletter.language, "title")
    return IssueItem(
        issue=issue, work_id=work.pk, position=place, title=title[:200], summary=words[:1000], alt=title[:300],
        reason=choice.reason, machine=machine,
    )  # fmt: skip


def tell_one(work: Work, language: str) -> str:
    """Its own words, for a work that an editor adds."""
    return summary_of(work, texts_of([work]).get(work.pk, ""), language)


def _tell(works: list[Work], language: str) -> tuple[dict[int, tuple[str, str]], list[dict[str, Any]]]:
    """{work: (summary, machine)} and what to tell the editors. A machine that fails once is asked no more."""
    texts, notes = texts_of(works), []
    told: dict[int, tuple[str, str]] = {}
    asks = has_writer()
    for work in works:
        text = texts.get(work.pk, "")
        if asks:
            try:
                told[work.pk] = (write_summary(work, text, language), settings.WRITER_MODEL[:80])
                continue
            except WriterFailed as failure:
                asks = False
                notes.append({"code": "writer_failed", "said": str(failure)})
        told[work.pk] = (summary_of(work, text, language), "")
    return told, notes
