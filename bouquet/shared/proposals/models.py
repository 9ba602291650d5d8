"""A work that somebody proposes to the editors of another site, and who may propose there no more."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Work
from bouquet.toolkit.ids import short_id


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def pending(self) -> Self:
        """On the desk of the site, or with the maker."""
        return self.filter(state__in=PENDING)

    def readable(self) -> Self:
        """Of works that everybody may find: what went private meanwhile is nobody's business on a desk."""
        return self.filter(work__on_shelves=True, work__visibility=Work.Visibility.PUBLIC)

    def with_company(self) -> Self:
        return self.select_related("work__site", "work__channel", "work__poster", "work__author", "site", "by")


class Proposal(models.Model):
    """`state` is changed by `actions._turn` alone."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the editors")
        ASKED = "asked", _("accepted; waits for its maker")
        SHOWN = "shown", _("shown there")
        REFUSED = "refused", _("not taken by the editors")
        DECLINED = "declined", _("not wanted by its maker")
        WITHDRAWN = "withdrawn", _("withdrawn")

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    work = models.ForeignKey(Work, models.CASCADE, related_name="proposals", db_index=False)
    site = models.ForeignKey(Site, models.CASCADE, related_name="proposals", db_index=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="proposals", db_index=False
    )
    why = models.CharField(_("Why would it be at home there?"), max_length=500)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)  # of a refusal: who proposed it and its maker read it
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        indexes = [
            models.Index("site", "state", F("id").desc(), name="proposals_of_desk"),
            models.Index("by", F("created_at").desc(), F("id").desc(), name="proposals_of_person"),
            models.Index("work", "site", name="proposals_of_work"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["work", "site"], condition=Q(state__in=["waiting", "asked"]), name="one_pending_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.uid}: {self.work_id} for {self.site_id}"

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING


PENDING: Any = (Proposal.State.WAITING, Proposal.State.ASKED)


class Barred(models.Model):
    """The editors of a site take no more proposals from a person."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index("site", F("id").desc(), name="barred_by_site")]
        constraints = [models.UniqueConstraint(fields=["site", "person"], name="barred_once")]
