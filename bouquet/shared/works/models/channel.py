"""Who publishes, and who follows them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import square_url
from bouquet.shared.assets.models import Asset
from bouquet.shared.network.kinds import kind_named
from bouquet.shared.network.models import Site
from bouquet.toolkit.ids import short_id


class Channel(models.Model):
    """Who publishes: a person, a site or a brand of the group. People follow channels.

    A person has one `personal` channel for the whole network, wherever they publish; `site` is where it began.
    """

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    about = models.TextField(_("about"), max_length=1000, blank=True)
    picture = models.ImageField(_("picture"), upload_to="channels/", blank=True)  # squares: accounts.keep_picture
    cover = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="+")  # across its page
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="channels")
    personal = models.BooleanField(default=False, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="channels")
    followers = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("channel")
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(personal=True), name="one_personal_channel_each"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Its page on its own site: a kind's page of channels where the site has one, else its owner's profile."""
        for slug in self.site.kinds:
            kind = kind_named(slug)
            if kind and kind.channel:
                return reverse(kind.channel, args=[self.slug])
        return reverse("works:channel", args=[self.slug])

    @property
    def address(self) -> str:
        return f"{self.site.url}{self.path}"

    def picture_url(self, width: int = 256) -> str:
        """Its own picture; without one, a person's channel shows the person. Lists fetch `owner` along."""
        if self.picture:
            return square_url(self.picture, width)
        return self.owner.picture_url(width) if self.personal and self.owner else ""

    @property
    def small_picture_url(self) -> str:
        return self.picture_url(96)

    def address_from(self, site: Site | None) -> str:
        return self.path if site and site.pk == self.site_id else self.address


class Follow(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="follows")
    tells = models.BooleanField(default=True)  # of every new work, by a notice
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["channel", "id"], name="follows_of_channel")]
        constraints = [models.UniqueConstraint(fields=["person", "channel"], name="one_follow_per_person_and_channel")]
