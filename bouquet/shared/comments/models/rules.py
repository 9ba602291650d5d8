"""The house's rules for comments, and who may not comment on a channel."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Channel

TWO_YEARS = 730


class HouseRules(models.Model):
    """How comments are meant to be, where a maker says nothing else: of the network, a kind, a site, a kind on a site.

    The most particular row counts (`policy.rules_for`); watched words of all rows that fit are added up. Without any
    row: open, closing two years after publication.
    """

    class Policy(models.TextChoices):
        OPEN = "open", _("open")
        APPROVAL = "approval", _("each comment waits for approval")
        CLOSED = "closed", _("closed")

    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("site"))
    kind = models.CharField(_("kind"), max_length=24, blank=True)  # a SiteKind's slug; empty: every kind
    policy = models.CharField(_("comments"), max_length=8, choices=Policy.choices, default=Policy.OPEN)
    close_after_days = models.PositiveIntegerField(_("closes after so many days"), default=TWO_YEARS)  # 0: never
    watched_words = models.TextField(_("watched words"), max_length=20_000, blank=True)  # one a line
    hold_first = models.PositiveSmallIntegerField(
        _("so many first comments of a newcomer wait for a decision"), null=True, blank=True
    )  # None: as the kind has it (SiteKind.hold_first_comments)
    hold_first_links = models.BooleanField(_("newcomers' comments with links wait for a decision"), default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("rules for comments")
        constraints = [
            models.UniqueConstraint(fields=["site", "kind"], name="one_rule_per_site_and_kind"),
            models.UniqueConstraint(fields=["kind"], condition=Q(site=None), name="one_rule_of_the_network_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.site or _('the whole network')} · {self.kind or _('every kind')}"

    @property
    def words(self) -> list[str]:
        return [word.strip() for word in self.watched_words.splitlines() if word.strip()]


class Block(models.Model):
    """A person may not comment on a channel's works."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="blocks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "person"], name="one_block_per_person_and_channel")]
