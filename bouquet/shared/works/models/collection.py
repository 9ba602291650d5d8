"""Lists of works that a person keeps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bouquet.shared.works.models.channel import Follow
from bouquet.shared.works.models.work import CARD, Work
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.ids import short_id

WITHOUT_PASSWORD = [choice for choice in Work.Visibility.choices if choice[0] != Work.Visibility.PASSWORD]


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, viewer: Viewer) -> CollectionQuerySet:
        shown = Q(visibility__in=["public", "unlisted"])
        if viewer.person is not None:
            followed = Follow.objects.filter(person=viewer.person).values("channel__owner")
            shown |= Q(visibility="members") | Q(visibility="followers", owner__in=followed) | Q(owner=viewer.person)
        return self.filter(shown)

    def listed_for(self, viewer: Viewer) -> CollectionQuerySet:
        return self.visible_to(viewer).exclude(visibility="unlisted")


class Collection(models.Model):
    """A list of works that a person keeps: a playlist, favourites, or the one `later` list of what to watch later."""

    class Role(models.TextChoices):
        LIST = "", _("a list")
        LATER = "later", _("watch later")

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="collections")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.LIST, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    visibility = models.CharField(
        _("who may see it"), max_length=10, choices=WITHOUT_PASSWORD, default=Work.Visibility.PRIVATE
    )
    created_at = models.DateTimeField(auto_now_add=True)

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

    def items_for(self, viewer: Viewer) -> models.QuerySet[CollectionItem]:
        """With their works as cards. Its owner finds all they may open; others what may stand in a list."""
        is_mine = viewer.person is not None and viewer.person.pk == self.owner_id
        works = Work.objects.visible_to(viewer) if is_mine else Work.objects.listed_for(viewer)
        return self.items.filter(work__in=works.values("pk")).select_related(*(f"work__{name}" for name in CARD))


class CollectionItem(models.Model):
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    work = models.ForeignKey(Work, models.CASCADE, related_name="collected_in")
    position = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["collection", "work"], name="a_work_once_in_a_collection")]
