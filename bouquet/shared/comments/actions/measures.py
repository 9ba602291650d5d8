"""What the desk decides about who comments: a restriction with its reason, and rules for addresses at a domain."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bouquet.shared.accounts.models import Person
from bouquet.shared.comments.actions.deciding import hide_comment, settle_reports
from bouquet.shared.comments.events import AuthorRestricted
from bouquet.shared.comments.models import Comment, DomainRule, Restriction
from bouquet.shared.network.models import Site
from bouquet.shared.works.actions import one_line
from bouquet.toolkit.events import announce

TAKEN_DOWN_OF = timedelta(days=30)


def restrict_person(
    person: Person, *, site: Site | None, effect: str, days: int, reason: str, by: Person
) -> Restriction:
    """`site` None: the whole network; `days` 0: for good. One that is in force there already ends: this one counts."""
    with transaction.atomic():
        former = Restriction.objects.in_force().filter(person=person, site=site)
        former.update(ended_at=timezone.now(), ended_by=by)
        row = Restriction.objects.create(
            person=person,
            site=site,
            effect=effect,
            reason=one_line(reason)[:500],
            until=timezone.now() + timedelta(days=days) if days else None,
            by=by,
        )
        announce(AuthorRestricted(restriction_id=row.pk))
    return row


def lift_restriction(row: Restriction, *, by: Person) -> None:
    Restriction.objects.filter(pk=row.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by)


def take_down_all(person: Person, *, site: Site | None, reason: str, by: Person) -> int:
    """What they wrote lately on a site, or anywhere. How many went; they are told of the measure alone."""
    theirs = Comment.objects.filter(
        author=person, created_at__gt=timezone.now() - TAKEN_DOWN_OF, state__in=[Comment.State.LIVE, Comment.State.HELD]
    )
    if site is not None:
        theirs = theirs.filter(work__site=site)
    gone = 0
    for comment in theirs.select_related("work").order_by("-pk")[:2000]:
        gone += hide_comment(comment, by=by, reason=reason, by_desk=True, tell=False)
        settle_reports(comment, by=by)
    return gone


def drop_domain_rule(rule: DomainRule) -> None:
    rule.delete()
