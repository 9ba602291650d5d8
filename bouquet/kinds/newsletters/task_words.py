"""For the operator's queue."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bouquet.kinds.newsletters.models import Issue
from bouquet.toolkit.tasks.models import TaskRow
from bouquet.toolkit.tasks.words import Subject, about, name_tasks

TASKS = "bouquet.kinds.newsletters.tasks."
name_tasks(
    {
        f"{TASKS}draft_due": _("See which newsletters are to be drafted"),
        f"{TASKS}draft_for_hour": _("Draft an issue of a newsletter"),
        f"{TASKS}look_at_links": _("Look at the links of an issue"),
        f"{TASKS}send_due": _("Start the newsletters whose hour has come"),
        f"{TASKS}send_letters": _("Send an issue to its readers"),
        f"{TASKS}answer_sign_up": _("Ask a new reader to confirm"),
        f"{TASKS}forget_what_is_over": _("Forget readers who never confirmed, and old deliveries"),
    }
)


@about(f"{TASKS}send_letters", f"{TASKS}look_at_links")
def issues(rows: list[TaskRow]) -> dict[UUID, Subject]:
    wanted = {row.args[0] for row in rows if row.args and isinstance(row.args[0], int)}
    found = Issue.objects.select_related("newsletter__site").in_bulk(wanted)
    return {
        row.pk: Subject(issue.subject, reverse("newsletters_issue", args=[issue.uid]), whose=issue.newsletter.name)
        for row in rows
        if row.args and (issue := found.get(row.args[0]))
    }
