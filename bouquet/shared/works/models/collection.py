"""Lists of works that a person keeps, alone or with others."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bouquet.shared.works.models.channel import Channel, Follow
from bouquet.shared.works.models.work import CARD, Work
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.ids import long_id, short_id

WITHOUT_PASSWORD = [choice for choice in Work.Visibility.choices if choice[0] != Work.Visibility.PASSWORD]


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, viewer: Viewer) -> CollectionQuerySet:
        shown = Q(visibility__in=["public", "unlisted"])
        if viewer.person is not None:
            followed = Follow.objects.filter(person=viewer.person).values("channel__owner")
            shown |= Q(visibility="members") | Q(visibility="followers", owner__in=followed) | _kept(viewer.person)
        return self.filter(shown)

    def listed_for(self, viewer: Viewer) -> CollectionQuerySet:
        return self.visible_to(viewer).exclude(visibility="unlisted")

    def kept_by(self, person: Any) -> CollectionQuerySet:
        """Which this person may fill: their own, and those they were asked to share in."""
        return self.filter(_kept(person))

    def of_channel(self, channel: Channel) -> CollectionQuerySet:
        """What stands on a channel's page: lists put there; on a person's own channel, also those put nowhere."""
        put_here = Q(channel=channel)
        if channel.personal:
            put_here |= Q(channel=None, owner=channel.owner_id)
        return self.filter(put_here, role="")


def _kept(person: Any) -> Q:
    return Q(owner=person) | Q(pk__in=Collaborator.objects.filter(person=person).values("collection"))


class Collection(models.Model):
    """A list of works that a person keeps: a playlist, favourites, or the one `later` list of what to watch later.

    Its collaborators add, remove and order works as its owner does; name, readers and company are the owner's.
    """

    class Role(models.TextChoices):
        LIST = "", _("a list")
        LATER = "later", _("watch later")

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="collections")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.LIST, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    about = models.TextField(_("description"), max_length=2000, blank=True)
    visibility = models.CharField(
        _("who may see it"), max_length=10, choices=WITHOUT_PASSWORD, default=Work.Visibility.PRIVATE
    )
    channel = models.ForeignKey(
        Channel, models.SET_NULL, null=True, blank=True, related_name="collections", verbose_name=_("on the page of")
    )
    cover = models.ForeignKey(Work, models.SET_NULL, null=True, blank=True, related_name="+")  # else its first work's
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)  # also when its works change

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        constraints = [
            models.UniqueConstraint(fields=["owner", "role"], condition=~Q(role=""), name="one_collection_of_each_role")
        ]

    def __str__(self) -> str:
        return str(_("Watch later")) if self.role == self.Role.LATER else self.name

    @property
    def path(self) -> str:
        return reverse("works:collection", args=[self.uid])

    def is_kept_by(self, person: Any) -> bool:
        """Whether this person may fill it. One query for who is not its owner."""
        if person is None or not person.is_authenticated:
            return False
        return person.pk == self.owner_id or self.collaborators.filter(person=person).exists()

    def items_for(self, viewer: Viewer, *, kept: bool | None = None) -> models.QuerySet[CollectionItem]:
        """With their works as cards. Who keeps it finds all they may open; others what may stand in a list."""
        return self.items.filter(work__in=self._works_for(viewer, kept)).select_related(*ITEM)

    def rows_for(self, viewer: Viewer, *, kept: bool | None = None) -> models.QuerySet[CollectionItem]:
        """All of them, `shown` saying whether this viewer may see the work: for who keeps the list in order."""
        may_see = self._works_for(viewer, kept).filter(pk=OuterRef("work"))
        return self.items.annotate(shown=Exists(may_see)).select_related(*ITEM)

    def _works_for(self, viewer: Viewer, kept: bool | None) -> models.QuerySet[Work]:
        kept = self.is_kept_by(viewer.person) if kept is None else kept
        works = Work.objects.visible_to(viewer) if kept else Work.objects.listed_for(viewer)
        return works.order_by().values("pk")  # type: ignore[return-value]


class CollectionItem(models.Model):
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    work = models.ForeignKey(Work, models.CASCADE, related_name="collected_in")
    position = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index("collection", "position", "id", name="items_in_order")]
        constraints = [models.UniqueConstraint(fields=["collection", "work"], name="a_work_once_in_a_collection")]


ITEM = ("added_by", *(f"work__{name}" for name in CARD))


class Collaborator(models.Model):
    """Somebody who fills a collection with its owner."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="collaborators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="collaborations")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "person"], name="a_collaborator_once")]


class Invitation(models.Model):
    """Who may become a collaborator: one person, or (without one) whoever has its address until it is revoked."""

    token = models.CharField(max_length=32, unique=True, default=long_id, editable=False)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="invitations")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "person"], name="one_invitation_each"),
            models.UniqueConstraint(
                fields=["collection"], condition=Q(person=None), name="one_open_invitation_to_a_collection"
            ),
        ]

    @property
    def path(self) -> str:
        return reverse("works:invitation", args=[self.collection.uid, self.token])
