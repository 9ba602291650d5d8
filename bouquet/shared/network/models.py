"""The network, its sites and their brands."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bouquet.toolkit.ids import short_id

HEX = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six hexadecimal digits, like #1a2b3c."))


class Network(models.Model):
    """What one installation runs. There is one row (`Network.current()`)."""

    name = models.CharField(_("name"), max_length=80, default="Bouquet")
    publisher = models.CharField(_("legal publisher"), max_length=200, blank=True)
    publisher_address = models.TextField(_("publisher's address"), blank=True)
    director = models.CharField(_("director of publication"), max_length=120, blank=True)
    contact = models.EmailField(_("contact address"), blank=True)
    host_provider = models.TextField(_("hosting provider (name and address)"), blank=True)
    territory = models.CharField(_("home country"), max_length=2, default="FR")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")

    class Meta:
        verbose_name = _("network")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Network:
        return cls.objects.get_or_create(pk=1)[0]


class Brand(models.Model):
    """How a site looks: colours, type, shape. Tokens, never code; `network/brand_css.py` writes them as a style sheet.

    Colours are for the light scheme (`paper`, `ink`, `accent`…) and the dark one (`dark_…`); `clean()` refuses pairs
    that people could not read (WCAG 2.2: 4.5:1 for text, 3:1 for the accent against the paper).
    """

    class Shape(models.TextChoices):
        SQUARE = "square", _("square")
        SOFT = "soft", _("soft")
        ROUND = "round", _("round")

    class Masthead(models.TextChoices):
        BAR = "bar", _("one bar: logo left, menu beside it")
        CENTRED = "centred", _("newspaper: name centred above the menu")
        BAND = "band", _("a band of the accent colour")
        OVERLAY = "overlay", _("over the first picture")
        RAIL = "rail", _("a rail at the left on wide screens")

    class Cards(models.TextChoices):
        PLAIN = "plain", _("plain: picture, then text")
        RULED = "ruled", _("ruled: fine lines between stories")
        BOXED = "boxed", _("boxed: each in a card")
        POSTER = "poster", _("poster: text over the picture")
        NOTE = "note", _("note: coloured paper, hand-pinned")

    name = models.CharField(_("name"), max_length=60, unique=True)
    wordmark = models.CharField(_("wordmark (where there is no logo)"), max_length=40, blank=True)
    logo = models.ForeignKey("wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+")
    logo_dark = models.ForeignKey("wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+")
    paper = models.CharField(max_length=7, default="#ffffff", validators=[HEX])
    surface = models.CharField(max_length=7, default="#f4f4f2", validators=[HEX])
    ink = models.CharField(max_length=7, default="#16161a", validators=[HEX])
    quiet = models.CharField(_("quiet text"), max_length=7, default="#5b5b66", validators=[HEX])
    accent = models.CharField(max_length=7, default="#1f4fd8", validators=[HEX])
    on_accent = models.CharField(max_length=7, default="#ffffff", validators=[HEX])
    dark_paper = models.CharField(max_length=7, default="#101014", validators=[HEX])
    dark_surface = models.CharField(max_length=7, default="#1b1b22", validators=[HEX])
    dark_ink = models.CharField(max_length=7, default="#f2f2f5", validators=[HEX])
    dark_quiet = models.CharField(max_length=7, default="#a9a9b6", validators=[HEX])
    dark_accent = models.CharField(max_length=7, default="#8fb0ff", validators=[HEX])
    dark_on_accent = models.CharField(max_length=7, default="#0b1020", validators=[HEX])
    typefaces = models.CharField(_("type pairing"), max_length=24, default="grotesque")  # toolkit/typefaces.py
    shape = models.CharField(_("corners"), max_length=8, choices=Shape.choices, default=Shape.SOFT)
    masthead = models.CharField(_("masthead"), max_length=8, choices=Masthead.choices, default=Masthead.BAR)
    cards = models.CharField(_("cards"), max_length=8, choices=Cards.choices, default=Cards.PLAIN)
    scheme = models.CharField(
        _("light or dark"),
        max_length=5,
        choices=[("auto", _("as the reader's device")), ("light", _("always light")), ("dark", _("always dark"))],
        default="auto",
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("brand")

    def __str__(self) -> str:
        return self.name


class SiteQuerySet(models.QuerySet["Site"]):
    def open(self) -> SiteQuerySet:
        return self.filter(is_open=True).select_related("brand")

    def in_order(self) -> SiteQuerySet:
        return self.order_by("-is_main", "position", "name")


class Site(models.Model):
    """One branded place of the network, found by its host name. Its front page is a Wagtail page under `wagtail_site`."""

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    host = models.CharField(
        _("host name"),
        max_length=120,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", _("A host name in small letters, without port."))],
    )
    name = models.CharField(_("name"), max_length=60)
    tagline = models.CharField(_("tagline"), max_length=140, blank=True)
    about = models.TextField(_("what this site is"), blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="fr")
    territory = models.CharField(_("country"), max_length=2, default="FR")
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="sites", verbose_name=_("brand"))
    kinds = models.JSONField(_("what it offers"), default=list, blank=True)
    publisher = models.CharField(_("legal publisher (where not the network's)"), max_length=200, blank=True)
    director = models.CharField(_("director of publication"), max_length=120, blank=True)
    minimum_age = models.PositiveSmallIntegerField(_("minimum age of members"), default=0)
    is_main = models.BooleanField(_("the network's own front"), default=False)
    is_open = models.BooleanField(_("open to readers"), default=True)
    position = models.PositiveSmallIntegerField(_("place in the network bar"), default=100)
    wagtail_site = models.OneToOneField("wagtailcore.Site", models.PROTECT, related_name="bouquet_site", null=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("site")
        ordering = ["-is_main", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["is_main"], condition=models.Q(is_main=True), name="one_main_site"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """The address of its front page, without a slash at the end."""
        port = "" if settings.PORT in (80, 443) else f":{settings.PORT}"
        return f"{settings.SCHEME}://{self.host}{port}"

    def has_kind(self, slug: str) -> bool:
        return slug in self.kinds


class HostAlias(models.Model):
    """Another host name that leads to a site: redirected to its own address, with the path kept."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="aliases")
    host = models.CharField(max_length=120, unique=True)


class NavigationItem(models.Model):
    """A line in a site's own menu. Without any, the menu shows the kinds that are switched on."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="navigation")
    label = models.CharField(_("label"), max_length=40)
    target = models.CharField(_("address (a path of this site, or a whole address)"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]


class Crossing(models.Model):
    """A signed single-use code that carries a sign-in to a host of another domain. Kept so that it works once."""

    code = models.CharField(max_length=32, unique=True)
    sign_in = models.ForeignKey("accounts.SignIn", models.CASCADE, related_name="+")
    host = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
