"""What the desk decided about a person who comments: looked up where they write, and where they see the form.

The hardest that fits counts: of them or of their address, on this site or on the whole network.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.comments.models import DomainRule, Effect, Restriction
from bouquet.shared.network.models import Site


@dataclass(frozen=True)
class Measure:
    effect: str
    where: str  # the site's name; "": the whole network
    reason: str = ""
    until: datetime | None = None
    domain: str = ""

    @property
    def words(self) -> str:
        """For the person. A whole sentence, with the reason."""
        if self.domain:
            return _("Comments from addresses at %(domain)s are not taken here.") % {"domain": self.domain}
        where = self.where or _("this network")
        if self.until is None:
            said = _("The editors of %(where)s take no more comments of yours.") % {"where": where}
        else:
            day = date_format(timezone.localtime(self.until), "DATETIME_FORMAT")
            said = _("The editors of %(where)s take no comments of yours until %(day)s.") % {"where": where, "day": day}
        return f"{said} {_('Their reason:')} {self.reason}" if self.reason else said


def measure_for(person: Person, site: Site) -> Measure | None:
    """Two queries at most."""
    found = Restriction.objects.in_force().at(site.pk).filter(person=person).select_related("site")
    rows = sorted(found, key=lambda row: (row.effect != Effect.STOP, row.until is not None, -row.pk))
    if rows and rows[0].effect == Effect.STOP:
        return _of(rows[0])
    rules = DomainRule.objects.filter(Q(site=site) | Q(site=None), domain__in=domains_of(person.email))
    rule = min(rules, key=lambda each: each.effect != Effect.STOP, default=None)
    if rule is not None and (rule.effect == Effect.STOP or not rows):
        return Measure(rule.effect, "", domain=rule.domain)
    return _of(rows[0]) if rows else None


def _of(row: Restriction) -> Measure:
    return Measure(row.effect, row.site.name if row.site else "", row.reason, row.until)


def domains_of(email: str) -> list[str]:
    """That of the address and those above it: mail.example.com, example.com. Not .com."""
    parts = email.rpartition("@")[2].lower().split(".")
    return [".".join(parts[place:]) for place in range(len(parts) - 1)][:8]


def people_at(domain: str) -> QuerySet[Person]:
    """Whom a rule for this domain would hit."""
    return Person.objects.active().filter(Q(email__iendswith=f"@{domain}") | Q(email__iendswith=f".{domain}"))
