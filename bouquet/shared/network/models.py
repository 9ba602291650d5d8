"""The network, its sites and their brands."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import PreviewableMixin

from bouquet.shared.network.embedding import EmbedRule
from bouquet.shared.network.kinds import all_kinds
from bouquet.shared.network.pictures import Picture, PictureRendition
from bouquet.toolkit.colours import contrast
from bouquet.toolkit.ids import short_id
from bouquet.toolkit.typefaces import PAIRINGS

__all__ = [
    "Brand",
    "Crossing",
    "EmbedRule",
    "HostAlias",
    "NavigationItem",
    "Network",
    "Picture",
    "PictureRendition",
    "Site",
]

COUNTRY = RegexValidator(r"^[A-Z]{2}$", _("Write a country as two capital letters (ISO 3166), like FR."))
HOST = RegexValidator(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", _("A host name in small letters, without port."))
HEX = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six hexadecimal digits, like #1a2b3c."))


class Network(EmbedRule):
    """What one installation runs. There is one row (`Network.current()`)."""

    name = models.CharField(_("name"), max_length=80, default="Bouquet")
    publisher = models.CharField(_("legal publisher"), max_length=200, blank=True)
    publisher_address = models.TextField(_("publisher's address"), blank=True)
    director = models.CharField(_("director of publication"), max_length=120, blank=True)
    contact = models.EmailField(_("contact address"), blank=True)
    host_provider = models.TextField(_("hosting provider (name and address)"), blank=True)
    territory = models.CharField(_("home country"), max_length=2, default="FR", validators=[COUNTRY])
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("network")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Network:
        return cls.objects.get_or_create(pk=1)[0]


# Every pair of colours that components set text in: (text, what it stands on). 4.5:1 is WCAG 2.2 AA for body text;
# the accent is held to it too, because links are written in it.
NEEDED = 4.5
READABLE = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("quiet", "paper"),
    ("quiet", "surface"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("on_accent", "accent"),
]


class Brand(PreviewableMixin, models.Model):
    """How a site looks: colours, type, shape. Tokens, never code; `network/brand_css.py` writes them as a style sheet.

    Colours are for the light scheme (`paper`, `ink`, `accent`…) and the dark one (`dark_…`); `clean()` refuses pairs
    that people could not read.
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
    logo = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo on light paper")
    )
    logo_dark = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo on dark paper")
    )
    paper = models.CharField(_("paper (background)"), max_length=7, default="#ffffff", validators=[HEX])
    surface = models.CharField(_("surface (panels, cards)"), max_length=7, default="#f4f4f2", validators=[HEX])
    ink = models.CharField(_("ink (text)"), max_length=7, default="#16161a", validators=[HEX])
    quiet = models.CharField(_("quiet text"), max_length=7, default="#5b5b66", validators=[HEX])
    accent = models.CharField(_("accent (links, buttons)"), max_length=7, default="#1f4fd8", validators=[HEX])
    on_accent = models.CharField(_("text on the accent"), max_length=7, default="#ffffff", validators=[HEX])
    dark_paper = models.CharField(_("paper (background)"), max_length=7, default="#101014", validators=[HEX])
    dark_surface = models.CharField(_("surface (panels, cards)"), max_length=7, default="#1b1b22", validators=[HEX])
    dark_ink = models.CharField(_("ink (text)"), max_length=7, default="#f2f2f5", validators=[HEX])
    dark_quiet = models.CharField(_("quiet text"), max_length=7, default="#a9a9b6", validators=[HEX])
    dark_accent = models.CharField(_("accent (links, buttons)"), max_length=7, default="#8fb0ff", validators=[HEX])
    dark_on_accent = models.CharField(_("text on the accent"), max_length=7, default="#0b1020", validators=[HEX])
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

    def clean(self) -> None:
        """Refuse colours that people could not read, with the ratio measured and the ratio needed."""
        problems: dict[str, list[Any]] = {}
        for field, background in READABLE:
            for prefix in ("", "dark_"):
                if problem := self._too_close(prefix + field, prefix + background):
                    problems.setdefault(prefix + field, []).append(problem)
        if problems:
            raise ValidationError(problems)

    @property
    def is_readable(self) -> bool:
        try:
            self.clean()
        except ValidationError:
            return False
        return True

    def _too_close(self, field: str, background: str) -> ValidationError | None:
        one, other = getattr(self, field), getattr(self, background)
        try:
            HEX(one)
            HEX(other)
        except ValidationError:
            return None  # said already, by the field itself
        if (ratio := contrast(one, other)) >= NEEDED:
            return None
        return ValidationError(
            _(
                "%(field)s (%(colour)s) on %(background)s (%(ground)s) has a contrast of %(ratio)s:1. "
                "People need at least %(needed)s:1 to read it: make one of the two lighter or darker."
            ),
            code="contrast",
            params={
                "field": self._meta.get_field(field).verbose_name.capitalize(),  # type: ignore[union-attr]
                "colour": one,
                "background": self._meta.get_field(background).verbose_name,  # type: ignore[union-attr]
                "ground": other,
                "ratio": f"{ratio:.2f}",
                "needed": f"{NEEDED:g}",
            },
        )

    def clean_fields(self, exclude: Any = None) -> None:
        super().clean_fields(exclude)
        if self.typefaces not in PAIRINGS and "typefaces" not in (exclude or ()):
            message = _("There is no type pairing “%(name)s”. Known: %(known)s.")
            raise ValidationError({"typefaces": message % {"name": self.typefaces, "known": ", ".join(PAIRINGS)}})

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """The front of a site that wears this brand (or of the network), as it would look."""
        self.is_draft = True
        sites = Site.objects.open().select_related("wagtail_site__root_page")
        site = sites.filter(brand=self.pk).in_order().first() or request.site
        request.brand, request.site = self, site
        if site.wagtail_site is None:
            raise Http404  # a site without a front page: the checkups say how to mend it
        return site.wagtail_site.root_page.specific.serve(request)

    @property
    def version(self) -> str:
        """Changes when anything of the brand does, so that addresses with it may be kept for ever."""
        values = [
            str(getattr(self, field.attname)) for field in self._meta.concrete_fields if field.name != "updated_at"
        ]
        return hashlib.sha256("|".join(values).encode()).hexdigest()[:10]

    def icon_path(self, size: int, *, maskable: bool = False) -> str:
        """The path of a square PNG of the brand (32, 180, 192 or 512 pixels), on any host of the network."""
        return f"/brand/{self.pk}-{self.version}/{'maskable' if maskable else 'icon'}-{size}.png"

    @property
    def icon(self) -> str:
        return self.icon_path(192)

    @property
    def small_icon(self) -> str:
        return self.icon_path(32)

    @property
    def touch_icon(self) -> str:
        return self.icon_path(180)


class SiteQuerySet(models.QuerySet["Site"]):
    def open(self) -> SiteQuerySet:
        return self.filter(is_open=True).select_related("brand")

    def in_order(self) -> SiteQuerySet:
        return self.order_by("-is_main", "position", "name")


class Site(EmbedRule, ClusterableModel):
    """One branded place of the network, found by its host name. Its front is the root page of `wagtail_site`."""

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    host = models.CharField(
        _("host name"),
        max_length=120,
        unique=True,
        validators=[HOST],
        error_messages={"unique": _("Another site has this host name already.")},
    )
    name = models.CharField(_("name"), max_length=60)
    tagline = models.CharField(_("tagline"), max_length=140, blank=True)
    about = models.TextField(_("what this site is"), blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="fr")
    territory = models.CharField(_("country"), max_length=2, default="FR", validators=[COUNTRY])
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="sites", verbose_name=_("brand"))
    kinds = models.JSONField(_("what it offers"), default=list, blank=True)
    publisher = models.CharField(_("legal publisher (where not the network's)"), max_length=200, blank=True)
    publisher_address = models.TextField(_("publisher's address"), blank=True)
    director = models.CharField(_("director of publication"), max_length=120, blank=True)
    contact = models.EmailField(_("contact address"), blank=True)
    corrections_policy = models.TextField(
        _("how mistakes are corrected"), blank=True, help_text=_("Empty: the house’s usual promise.")
    )
    minimum_age = models.PositiveSmallIntegerField(_("minimum age of members"), default=0)
    is_main = models.BooleanField(_("the network's own front"), default=False)
    is_open = models.BooleanField(_("open to readers"), default=True)
    position = models.PositiveSmallIntegerField(_("place in the network bar"), default=100)
    has_guests = models.BooleanField(default=False, editable=False)  # works of other sites have been listed here
    # What the editors' desk keeps for it: the page tree, the pictures, and the two groups of people.
    wagtail_site = models.OneToOneField(
        "wagtailcore.Site", models.PROTECT, related_name="bouquet_site", null=True, editable=False
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", models.SET_NULL, related_name="+", null=True, editable=False
    )
    editors = models.OneToOneField("auth.Group", models.SET_NULL, related_name="+", null=True, editable=False)
    moderators = models.OneToOneField("auth.Group", models.SET_NULL, related_name="+", null=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("site")
        ordering = ["-is_main", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_main"],
                condition=models.Q(is_main=True),
                name="one_main_site",
                violation_error_message=_("The network has its own front already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """The address of its front page, without a slash at the end."""
        port = "" if settings.PORT in (80, 443) else f":{settings.PORT}"
        return f"{settings.SCHEME}://{self.host}{port}"

    @property
    def plate_name(self) -> str:
        """How it is called where sites stand side by side, in its brand's letters."""
        return self.brand.wordmark or self.name

    def has_kind(self, slug: str) -> bool:
        return slug in self.kinds

    def clean(self) -> None:
        known = {kind.slug for kind in all_kinds()}
        if unknown := [slug for slug in self.kinds if slug not in known]:
            raise ValidationError(
                {
                    "kinds": _("There is no kind “%(unknown)s”. Known: %(known)s.")
                    % {"unknown": "”, “".join(unknown), "known": ", ".join(sorted(known)) or "—"}
                }
            )
        if HostAlias.objects.filter(host=self.host).exclude(site=self.pk).exists():
            raise ValidationError({"host": _("This host name leads to another site already.")})


class HostAlias(models.Model):
    """Another host name that leads to a site: redirected to its own address, with the path kept."""

    site = ParentalKey(Site, on_delete=models.CASCADE, related_name="aliases")
    host = models.CharField(_("host name"), max_length=120, unique=True, validators=[HOST])
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("other host name")

    def __str__(self) -> str:
        return self.host

    def clean(self) -> None:
        if Site.objects.filter(host=self.host).exists():
            raise ValidationError({"host": _("A site has this host name already.")})


class NavigationItem(models.Model):
    """A line in a site's own menu. Without any, the menu shows the kinds that are switched on."""

    site = ParentalKey(Site, on_delete=models.CASCADE, related_name="navigation")
    label = models.CharField(_("label"), max_length=40)
    target = models.CharField(
        _("address"), max_length=300, help_text=_("A path of this site (/videos/) or a whole address (https://…).")
    )
    position = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    sort_order_field = "position"  # lets the desk's inline panel order the lines

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("line of the menu")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        if not self.target.startswith(("/", "https://", "http://")) or self.target.startswith("//"):
            raise ValidationError({"target": _("Start with / for a page of this site, or with https:// for another.")})


class Crossing(models.Model):
    """A signed single-use code that carries a sign-in to a host of another domain. Kept so that it works once."""

    code = models.CharField(max_length=32, unique=True)
    sign_in = models.ForeignKey("accounts.SignIn", models.CASCADE, related_name="+")
    host = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
