"""A list: who writes, to whom, in which language, and the recipe by which the machine drafts its issues."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.models import Site
from bouquet.toolkit.ids import short_id

DAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


def known_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(gettext("There is no time zone “%(name)s”: write it as Europe/Paris.") % {"name": name})


def between(least: int, most: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class Newsletter(models.Model):
    class Scoring(models.TextChoices):
        BALANCED = "balanced", _("what is read, liked and talked about, and is new")
        SEEN = "seen", _("what was read most this week")
        TALKED = "talked", _("what is talked about most")
        LATEST = "latest", _("the latest")

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="newsletters", verbose_name=_("site"))
    slug = models.SlugField(_("short name for addresses"), max_length=60, allow_unicode=True)
    name = models.CharField(_("name"), max_length=80)
    about = models.CharField(_("what readers get"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="fr")
    sender_name = models.CharField(_("sender’s name"), max_length=80)
    sender_address = models.EmailField(
        _("sender’s address"),
        blank=True,
        help_text=_("Empty: the network’s own. Its domain must know this server."),
    )
    reply_to = models.EmailField(_("answers go to"), blank=True)
    is_open = models.BooleanField(_("readers can subscribe"), default=True)

    # The recipe
    sources = models.ManyToManyField(
        Site, related_name="+", blank=True, verbose_name=_("works of"), help_text=_("None chosen: of its own site.")
    )
    kinds = models.JSONField(_("kinds of works"), default=list, blank=True)
    sections = models.CharField(
        _("sections"), max_length=300, blank=True, help_text=_("Their names, with commas between. Empty: all.")
    )
    themes = models.CharField(_("themes"), max_length=300, blank=True, help_text=_("With commas between. Empty: all."))
    window_days = models.PositiveSmallIntegerField(
        _("published in the last … days"), default=7, validators=between(1, 90)
    )
    number = models.PositiveSmallIntegerField(_("how many works"), default=6, validators=between(1, 30))
    most_of_one = models.PositiveSmallIntegerField(
        _("at most so many of one section"), default=2, validators=between(1, 30)
    )
    scoring = models.CharField(_("chosen by"), max_length=10, choices=Scoring.choices, default=Scoring.BALANCED)
    never_again = models.PositiveSmallIntegerField(
        _("never the same work in … issues"), default=8, validators=between(1, 100)
    )
    before = models.TextField(_("words before the works"), max_length=2000, blank=True)
    after = models.TextField(_("words after them"), max_length=2000, blank=True)

    # The clock
    is_running = models.BooleanField(_("drafted by the clock"), default=False)
    running_since = models.DateTimeField(null=True, editable=False)
    weekdays = models.JSONField(_("goes out on"), default=list, blank=True)
    hour = models.TimeField(_("at"), default=time(7, 0))
    time_zone = models.CharField(_("on the clock of"), max_length=60, default="Europe/Paris", validators=[known_zone])
    lead_hours = models.PositiveSmallIntegerField(
        _("drafted so many hours before"), default=6, validators=between(1, 48)
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "slug"],
                name="one_newsletter_of_a_name",
                violation_error_message=_("This site has a newsletter with this short name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return reverse("newsletters:newsletter", args=[self.slug])

    @property
    def address(self) -> str:
        return f"{self.site.url}{self.path}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def section_names(self) -> list[str]:
        return _words(self.sections)

    @property
    def theme_names(self) -> list[str]:
        return _words(self.themes)

    @property
    def rhythm(self) -> str:
        """ "Monday, Thursday at 07:00 (Europe/Paris)", in the language of the page; "" where no clock drafts it."""
        names = [str(name) for number, name in DAYS if number in self.weekdays]
        if not self.is_running or not names:
            return ""
        said = {"days": ", ".join(names), "hour": time_format(self.hour, "TIME_FORMAT")}
        return gettext("%(days)s at %(hour)s") % said


def _words(text: str) -> list[str]:
    return [word for piece in text.split(",") if (word := piece.strip())]
