"""What the desk decided about people, and about the addresses of their mail: no comments, or each one waits."""

from __future__ import annotations

import re
from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.models import Site

DOMAIN = RegexValidator(
    r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$", _("A domain, such as example.com."), flags=re.I
)


class Effect(models.TextChoices):
    HOLD = "hold", _("each comment waits for a decision")
    STOP = "stop", _("no comments")


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def in_force(self) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=timezone.now()), ended_at=None)

    def at(self, site_id: int) -> Self:
        """Those of this site, and those of the whole network."""
        return self.filter(Q(site=site_id) | Q(site=None))


class Restriction(models.Model):
    """One person, on a site or the whole network, until a day or for good. Its reason is for them to read."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="comment_restrictions")
    site = models.ForeignKey(Site, models.CASCADE, null=True, related_name="+")
    effect = models.CharField(_("from now on"), max_length=4, choices=Effect.choices)
    reason = models.CharField(_("reason"), max_length=500)
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = RestrictionQuerySet.as_manager()


class DomainRule(models.Model):
    """Whoever's mail is at this domain, or at one below it. `HOLD` is meant for newcomers alone."""

    domain = models.CharField(_("domain of the address"), max_length=190, validators=[DOMAIN])
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("site"))
    effect = models.CharField(_("comments"), max_length=4, choices=Effect.choices, default=Effect.HOLD)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "domain"], name="one_rule_per_site_and_domain"),
            models.UniqueConstraint(fields=["domain"], condition=Q(site=None), name="one_network_rule_per_domain"),
        ]
