"""Work is the spine: one row for everything published, whatever its kind."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bouquet.shared.assets.models import Asset
from bouquet.shared.network.models import Site
from bouquet.toolkit.ids import short_id


class Channel(models.Model):
    """Who publishes: a person, a site or a brand of the group. People follow channels."""

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    about = models.TextField(_("about"), max_length=1000, blank=True)
    picture = models.ImageField(_("picture"), upload_to="channels/", blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="channels")
    site = models.ForeignKey(Site, models.PROTECT, related_name="channels")
    followers = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Work(models.Model):
    """Anything published that can be listed, found, played, commented on, reported, counted or sold.

    Plain kinds extend it: `class Video(Work)`. Every surface starts from `Work.objects.on(site).visible_to(viewer)`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        LIVE = "live", _("published")
        HIDDEN = "hidden", _("hidden by its author")
        TAKEN_DOWN = "down", _("taken down")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("everybody")
        UNLISTED = "unlisted", _("who has the address")
        FOLLOWERS = "followers", _("my followers")
        MEMBERS = "members", _("members of the network")
        PRIVATE = "private", _("only me")

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="works")
    kind = models.CharField(max_length=24)  # a SiteKind's slug
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="works")
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True, related_name="works")
    title = models.CharField(_("title"), max_length=140)
    slug = models.SlugField(max_length=80, blank=True, allow_unicode=True)
    summary = models.TextField(_("description"), max_length=5000, blank=True)
    poster = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="poster_of")
    duration = models.FloatField(null=True, blank=True)  # seconds, of what plays
    language = models.CharField(_("language"), max_length=8, blank=True)
    credit = models.CharField(_("credit"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    visibility = models.CharField(
        _("who may see it"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    rating = models.PositiveSmallIntegerField(_("minimum age"), default=0)
    restricted = models.BooleanField(default=False)  # whether Availability rows say where and when
    listable = models.BooleanField(default=True)  # the kind's word: it has something to show (a video plays)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    views = models.PositiveBigIntegerField(default=0, editable=False)
    views_lately = models.PositiveIntegerField(default=0, editable=False)  # the last seven days, rolled up every hour
    likes = models.PositiveIntegerField(default=0, editable=False)

    def __str__(self) -> str:
        return self.title


class Availability(models.Model):
    """Where and when a restricted work may be seen. No row fits: it may not. Empty territory: everywhere."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="availabilities")
    territory = models.CharField(max_length=2, blank=True)
    excluded = models.BooleanField(default=False)  # everywhere but here
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    from_grant = models.BooleanField(default=False)  # written by rights, not by the maker


class Reaction(models.Model):
    work = models.ForeignKey(Work, models.CASCADE, related_name="reactions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions")
    name = models.CharField(max_length=12, default="like")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "person"], name="one_reaction_per_person_and_work")]


class Follow(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "channel"], name="one_follow_per_person_and_channel")]


class Collection(models.Model):
    """A list of works that a person keeps: watch later, favourites, a playlist."""

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="collections")
    name = models.CharField(_("name"), max_length=80)
    visibility = models.CharField(max_length=10, choices=Work.Visibility.choices, default=Work.Visibility.PRIVATE)
    created_at = models.DateTimeField(auto_now_add=True)


class CollectionItem(models.Model):
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    work = models.ForeignKey(Work, models.CASCADE, related_name="collected_in")
    position = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["collection", "work"], name="a_work_once_in_a_collection")]
