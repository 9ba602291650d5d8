"""Who works on a list's site is told when an issue waits for them, stops, or is through. The words: notices.py."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from bouquet.kinds.newsletters.models import Issue
from bouquet.shared.accounts.models import Person
from bouquet.shared.notifications.actions import notify


def tell_editors(issue: Issue, kind: str) -> None:
    """The editors and moderators of the site; safe to run twice."""
    site = issue.newsletter.site
    groups = [group for group in (site.editors_id, site.moderators_id) if group is not None]
    url = reverse("newsletters_issue", args=[issue.uid])
    key = f"{kind}:{issue.uid}:{len(issue.notes)}"
    for person in Person.objects.active().filter(Q(groups__in=groups)).distinct()[:200]:
        notify(person, kind, url=url, key=key, name=issue.newsletter.name, number=issue.number)
