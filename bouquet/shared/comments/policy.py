"""Whether a work may be commented on now: asked each time, never copied. A maker's word goes before the house's.

The house's rules close a work some days after its publication (two years where nobody says otherwise). A maker who
says “open” or “approval” of one work has decided about it: then no clock runs, but for a day that they set themselves
(`Work.comments_close_at`), which goes before every other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.comments.models import HouseRules
from bouquet.shared.comments.models.rules import TWO_YEARS
from bouquet.shared.network.kinds import kind_named
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Work

REMEMBERED = 30  # seconds that a page may show a rule that was changed meanwhile; whoever writes is asked afresh
Policy = Work.CommentsPolicy


@dataclass(frozen=True)
class Rules:
    policy: str = HouseRules.Policy.OPEN
    close_after_days: int = TWO_YEARS
    hold_first: int = 0
    hold_first_links: bool = True
    watched_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opening:
    """`policy`: open, approval or closed. `why`: "", unpublished, maker, day, house or age; `since`: when it closed."""

    policy: str
    why: str = ""
    since: datetime | None = None
    closes_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.policy != Policy.CLOSED

    @property
    def is_held(self) -> bool:
        return self.policy == Policy.APPROVAL

    @property
    def words(self) -> str:
        """Why nobody can write here; empty where they can."""
        if self.is_open:
            return ""
        if self.why == "unpublished":
            return _("Comments open when this is published.")
        if self.why == "age" and self.since:
            words = {"date": date_format(timezone.localtime(self.since), "DATE_FORMAT")}
            return _("Comments closed on %(date)s: discussions here are open for a limited time.") % words
        if self.why == "day" and self.since:
            words = {"date": date_format(timezone.localtime(self.since), "DATE_FORMAT")}
            return _("Comments closed on %(date)s, the day set for this discussion.") % words
        if self.why == "maker":
            return _("The maker has closed the comments.")
        return _("There are no comments on this site.")


def opening_of(work: Work, rules: Rules | None = None) -> Opening:
    if not work.is_released:
        return Opening(Policy.CLOSED, "unpublished")
    closing_day = work.comments_close_at
    if closing_day and closing_day <= timezone.now():
        return Opening(Policy.CLOSED, "day", since=closing_day)
    if work.comments_policy != Policy.HOUSE:
        return Opening(work.comments_policy, "maker", closes_at=closing_day)
    rules = rules or rules_for(work)
    if rules.policy == HouseRules.Policy.CLOSED:
        return Opening(Policy.CLOSED, "house")
    closes_at = closing_day or closing_time(work, rules)
    if closes_at and closes_at <= timezone.now():
        return Opening(Policy.CLOSED, "age", since=closes_at)
    return Opening(rules.policy, closes_at=closes_at)


def closing_time(work: Work, rules: Rules) -> datetime | None:
    if not rules.close_after_days or work.published_at is None:
        return None
    try:
        return work.published_at + timedelta(days=rules.close_after_days)
    except OverflowError:
        return None


def rules_for(work: Work) -> Rules:
    """One query."""
    rows = HouseRules.objects.filter(Q(site=work.site_id) | Q(site=None), kind__in=["", work.kind])
    found = sorted(rows, key=lambda row: (row.site_id is not None, bool(row.kind)))
    words = tuple(dict.fromkeys(word for row in found for word in row.words))
    kind = kind_named(work.kind)
    usual = kind.hold_first_comments if kind else 0
    if not found:
        return Rules(hold_first=usual)
    last = found[-1]
    hold_first = usual if last.hold_first is None else last.hold_first
    return Rules(last.policy, last.close_after_days, hold_first, last.hold_first_links, words)


def remembered_rules(work: Work) -> Rules:
    """For pages: they are shown far more often than a rule changes."""
    name = f"comments.rules:{work.site_id}:{work.kind}"
    known: Any = cache.get(name)
    if known is None:
        known = rules_for(work)
        cache.set(name, known, REMEMBERED)
    return known


def remembered_team(site: Site) -> frozenset[int]:
    """Who looks after a site: their comments say so."""
    name = f"comments.team:{site.pk}"
    known: Any = cache.get(name)
    if known is None:
        groups = [group for group in (site.editors_id, site.moderators_id) if group]
        members = Person.objects.active().filter(groups__in=groups) if groups else Person.objects.none()
        known = frozenset(members.values_list("pk", flat=True))
        cache.set(name, known, REMEMBERED)
    return known
