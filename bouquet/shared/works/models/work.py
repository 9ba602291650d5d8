"""Work is the spine: one row for everything published, whatever its kind."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.assets.models import Asset
from bouquet.shared.network.kinds import kind_named
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import predicate
from bouquet.shared.works.models.channel import Channel, Follow
from bouquet.shared.works.models.tag import Tag, Tagging
from bouquet.shared.works.viewer import Viewer
from bouquet.toolkit.ids import short_id

ON_SHELVES = Q(on_shelves=True)
NARROWED = ("category", "language", "duration")
ORDERED = [("trending", "by_trend"), ("views_lately", "by_seen"), ("views", "by_views"), ("likes", "by_likes")]
CARD = ("site", "channel", "channel__site", "author", "poster")  # what a card shows of a work's company
FACE = (
    *("uid", "slug", "kind", "title", "translations", "language", "duration", "published_at"),
    *(
        "state",
        "visibility",
        "views",
        "comment_count",
        "comments_policy",
        "site__slug",
        "site__name",
        "site__host",
        "channel__slug",
        "channel__name",
    ),
    *("poster__uid", "poster__poster", "poster__tint", "poster__width", "poster__height"),
)
# The same as values, with their company that is always there: see `Work.shown_on_card`.
OWN_FACE: Any = attrgetter(
    *("uid", "slug", "kind", "shown_title", "duration", "published_at", "state", "visibility", "is_processing"),
    *("views", "comment_count", "comments_policy", "site_id", "site.name", "site.host"),
)
POSTER_FACE: Any = attrgetter("uid", "poster", "tint", "width", "height")


class WorkQuerySet(models.QuerySet["Work"]):
    """`Work.objects.on(site).listed_for(viewer).latest().cards()` reads as it is meant.

    `visible_to` and `listed_for` look at the clock when they are called: build them for each request.
    """

    def on(self, site: Site) -> Self:
        """What the site shows: its own works and its guests; the network's own front gathers every site's."""
        if site.is_main:
            return self.all()
        if not site.has_guests:
            return self.filter(site=site)
        guests = Work.also_on.through.objects.filter(site=site).values("work")
        return self.filter(Q(site=site) | Q(pk__in=guests))

    def visible_to(self, viewer: Viewer) -> Self:
        """What this viewer may open, if they have its address."""
        return self.filter(predicate.may_open(viewer))

    def listed_for(self, viewer: Viewer) -> Self:
        """What may stand in a list for this viewer."""
        return self.filter(predicate.may_list(viewer))

    def reachable_by(self, viewer: Viewer) -> Self:
        """What this viewer could open in some place, at some time."""
        return self.filter(predicate.may_reach(viewer))

    def latest(self) -> Self:  # type: ignore[override]
        return self.order_by("-published_at", "-pk")

    def most_seen(self) -> Self:
        """By the views of the last seven days. The condition is always true: it makes SQLite take the right index."""
        return self.filter(views_lately__gte=0).order_by("-views_lately", "-pk")

    def trends(self) -> Self:
        """What many different people watch now. Said in the words of the small indexes that hold only those works:
        where a parameter stands in a condition, SQLite does not see that an index fits, and walks through all."""
        now: Any = RawSQL('"works_work"."trending" > 0', [], output_field=models.BooleanField())
        return self.filter(now).order_by("-trending", "-pk")

    def followed_by(self, person: Person) -> Self:
        """Works of the channels that a person follows. For a page of them `feed.followed_page` is quicker."""
        return self.filter(channel__in=Follow.objects.filter(person=person).values("channel"))

    def cards(self) -> Self:
        """With everything a card shows: no further query for each."""
        return self.select_related(*CARD)

    def faces(self, *more: str) -> Self:
        """As `cards()`, with no more than the house's card shows: half its price. Other fields must be named."""
        return self.select_related("site", "channel", "poster").only(*FACE, *more)


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
        PASSWORD = "password", _("who has the password")
        FOLLOWERS = "followers", _("my followers")
        MEMBERS = "members", _("members of the network")
        PRIVATE = "private", _("only me")

    class CommentsPolicy(models.TextChoices):
        HOUSE = "house", _("as the site has it")
        OPEN = "open", _("open")
        APPROVAL = "approval", _("open; I approve each comment first")
        CLOSED = "closed", _("closed")

    class GuestPolicy(models.TextChoices):
        ASK = "ask", _("their editors ask me first")
        OPEN = "open", _("their editors may")
        CLOSED = "closed", _("only where I show it myself")

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
    translations = models.JSONField(default=dict, blank=True)  # {"fr": {"title": …, "summary": …}}: `said_in` reads it
    category = models.CharField(_("category"), max_length=40, blank=True)  # a slug: see category.py
    tags = models.ManyToManyField(Tag, through=Tagging, related_name="works", blank=True)
    also_on = models.ManyToManyField(Site, related_name="guests", blank=True)  # listed there too; its page stays here
    guest_policy = models.CharField(
        _("shown by other sites"), max_length=6, choices=GuestPolicy.choices, default=GuestPolicy.ASK
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    credit = models.CharField(_("credit"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)  # a code of licence.py, or an import's words
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    state_reason = models.CharField(max_length=500, blank=True)  # why it was taken down: the author reads it
    visibility = models.CharField(
        _("who may see it"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    rating = models.PositiveSmallIntegerField(_("minimum age"), default=0)
    restricted = models.BooleanField(default=False)  # whether Availability rows say where and when
    listable = models.BooleanField(default=True)  # the kind's word: it has something to show (a video plays)
    on_shelves = models.GeneratedField(
        expression=Case(When(predicate.ON_SHELVES, then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    views = models.PositiveBigIntegerField(default=0, editable=False)
    views_lately = models.PositiveIntegerField(default=0, editable=False)  # the last seven days, rolled up every hour
    likes = models.PositiveIntegerField(default=0, editable=False)
    comments_policy = models.CharField(
        _("comments"), max_length=8, choices=CommentsPolicy.choices, default=CommentsPolicy.HOUSE
    )
    comments_close_at = models.DateTimeField(_("comments close on"), null=True, blank=True)
    comment_count = models.PositiveIntegerField(default=0, editable=False)  # written by shared/comments, above
    trending = models.PositiveIntegerField(default=0, editable=False)  # written by shared/discovery: 0 is not trending

    objects = WorkQuerySet.as_manager()

    # What cards ask of every work; said here because a template pays dearly for a name that is not there.
    is_processing = False  # a kind that prepares files has a word of its own
    why = ""  # for whom it is suggested, the reason

    class Meta:
        verbose_name = _("work")
        # One index for each list that people page through, in the list's own order, holding only what may be listed.
        # docs/running/measurements/feed.md shows what they bring; tests/test_indexes.py holds the plans.
        indexes = [
            models.Index(F("published_at").desc(), F("id").desc(), name="shelf_all", condition=ON_SHELVES),
            models.Index("site", F("published_at").desc(), F("id").desc(), name="shelf_site", condition=ON_SHELVES),
            # What stands behind the order is what people narrow by: others are passed over in the index.
            models.Index(
                "kind",
                F("published_at").desc(),
                F("id").desc(),
                *NARROWED,
                "site",
                name="shelf_kind",
                condition=ON_SHELVES,
            ),
            models.Index(
                "site",
                "kind",
                F("published_at").desc(),
                F("id").desc(),
                *NARROWED,
                name="shelf_site_kind",
                condition=ON_SHELVES,
            ),
            models.Index(
                "kind",
                "category",
                F("published_at").desc(),
                F("id").desc(),
                "language",
                "duration",
                "site",
                name="shelf_category",
                condition=ON_SHELVES,
            ),
            *(
                models.Index(
                    "kind",
                    F(order).desc(),
                    F("id").desc(),
                    *NARROWED,
                    "published_at",
                    "site",
                    name=name,
                    condition=ON_SHELVES,
                )
                for order, name in ORDERED
            ),
            models.Index(
                "channel",
                F("published_at").desc(),
                F("id").desc(),
                name="shelf_channel",
                condition=ON_SHELVES,
            ),
            models.Index("author", F("created_at").desc(), F("id").desc(), name="works_of_author"),
            models.Index(
                "kind",
                F("duration").desc(),
                F("id").desc(),
                "category",
                "language",
                "published_at",
                "site",
                name="by_length",
                condition=ON_SHELVES,
            ),
            models.Index(F("views_lately").desc(), F("id").desc(), name="seen_all", condition=ON_SHELVES),
            models.Index("site", F("views_lately").desc(), F("id").desc(), name="seen_site", condition=ON_SHELVES),
            models.Index(
                F("trending").desc(), F("id").desc(), name="trending_all", condition=ON_SHELVES & Q(trending__gt=0)
            ),
            models.Index(
                "site",
                F("trending").desc(),
                F("id").desc(),
                name="trending_site",
                condition=ON_SHELVES & Q(trending__gt=0),
            ),
            models.Index("published_at", name="works_due", condition=Q(state="scheduled")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["live", "scheduled"]) | Q(published_at__isnull=False),
                name="what_is_published_has_an_hour",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def said_in(self, language: str, name: str) -> str:
        """Its `title` or `summary` in a language, else as its maker wrote it first."""
        language = language[:2]
        translated = "" if language == self.language[:2] else self.translations.get(language, {}).get(name, "")
        return translated or str(getattr(self, name))

    @property
    def shown_title(self) -> str:
        """In the language of the page that is being made."""
        return self.said_in(get_language() or "", "title")

    @property
    def shown_summary(self) -> str:
        return self.said_in(get_language() or "", "summary")

    @property
    def shown_on_card(self) -> tuple[Any, ...]:
        """Every value that its card is made of: two works, or two moments, with the same ones have the same card."""
        channel, poster = self.channel, self.poster
        return (*OWN_FACE(self), channel and channel.name, poster and POSTER_FACE(poster))

    @property
    def path(self) -> str:
        """Its page on its own site."""
        kind = kind_named(self.kind)
        if kind and kind.work:
            return reverse(kind.work, args=[self.uid, self.slug or "-"])
        return reverse("works:work", args=[self.uid])

    @property
    def keep_path(self) -> str:
        """Where a member puts it into collections, on any site."""
        return reverse("works:membership", args=[self.uid])

    @property
    def address(self) -> str:
        return f"{self.site.url}{self.path}"

    def address_from(self, site: Site | None) -> str:
        """A path for a reader on the same site, the whole address for others.

        Where works of this kind have a page on the sites that show them as guests, it is a path there, too: their page
        sends on who asks for one that is no guest. So no list has to ask which of its works are.
        """
        if site is None:
            return self.address
        if site.pk == self.site_id:
            return self.path
        if site.has_guests and not site.is_main and site.has_kind(self.kind):
            kind = kind_named(self.kind)
            return self.path if kind and kind.guests else self.address
        return self.address

    @property
    def is_released(self) -> bool:
        """Live, or scheduled and due, as the predicate says it; without asking who may see it."""
        due = self.published_at is not None and self.published_at <= timezone.now()
        return due and self.state in (self.State.LIVE, self.State.SCHEDULED)


class Availability(models.Model):
    """Where and when a restricted work may be seen. No row fits: it may not. Empty territory: everywhere."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="availabilities")
    territory = models.CharField(max_length=2, blank=True)
    excluded = models.BooleanField(default=False)  # everywhere but here
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    from_grant = models.BooleanField(default=False)  # written by rights, not by the maker
