"""What editors write: articles, the sections they stand in and the people who sign them, as pages of Wagtail's tree.

    front page of a site
    ├── section            /articles/sections/<slug>/
    │     └── article      /articles/<uid>/<slug>/
    ├── author             /articles/authors/<slug>/
    └── series             /articles/series/<slug>/

Drafts, schedules, the way over the desk, comparison and preview are Wagtail's; who may do what hangs on the site's own
front page (network/desk_rights.py). An article's address is known before it is published and never changes its uid.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.models import Orderable, Page

from bouquet.kinds.articles.body_blocks import body_blocks
from bouquet.kinds.articles.models.form import ArticleForm, NewsroomForm
from bouquet.kinds.articles.models.places import place_of
from bouquet.shared.fronts.models import BlocksField
from bouquet.shared.network.models import Picture, Site
from bouquet.shared.works.models import Work
from bouquet.toolkit.ids import short_id

MOST_THEMES = 12
# Pictures may be dropped on the text, words pasted into it: static/articles/
DROPS: dict[str, Any] = {
    "data-controller": "picture-drop clean-paste",
    "data-picture-drop-url-value": reverse_lazy("dropped_pictures"),
    "data-picture-drop-label-value": _("Add pictures…"),
    "data-picture-drop-failed-value": _("It did not arrive. Try again."),
}


class Form(models.TextChoices):
    NEWS = "news", _("news")
    FEATURE = "feature", _("feature")
    INTERVIEW = "interview", _("interview")
    GALLERY = "gallery", _("gallery")
    BRIEF = "brief", _("brief")
    LIVE = "live", pgettext_lazy("form of an article", "live")


class NewsroomPage(Page):
    """A page whose address is the kind's own, not its place in the tree."""

    base_form_class = NewsroomForm

    class Meta:
        abstract = True

    @property
    def site(self) -> Site | None:
        """The site in whose tree it hangs; None where that is not a site of the network. One query, once."""
        if not self.path:  # not hung up yet: as the form says
            return getattr(self, "_site", None)
        if not hasattr(self, "_site"):
            above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
            self._site = Site.objects.filter(wagtail_site__root_page__path__in=above).first()
        return self._site

    @property
    def host(self) -> str:
        """For lists of the desk: no query for each."""
        place = place_of(self.path)
        return place[1].partition("//")[2].partition(":")[0] if place else ""

    def own_path(self) -> str:
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        place = place_of(self.path)
        return (*place, self.own_path()) if place else None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever comes by the place in the tree is sent on."""
        if self.site is None:
            raise Http404
        return HttpResponseRedirect(self.full_url)


class SectionPage(NewsroomPage):
    description = models.CharField(_("what it is about"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("description")]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    settings_panels: list[Any] = []
    parent_page_types = ["fronts.FrontPage"]
    subpage_types = ["articles.ArticlePage"]
    preview_modes: list[Any] = []

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def own_path(self) -> str:
        return reverse("articles:section", args=[self.slug])


class AuthorPage(NewsroomPage):
    """Who signs. A page, not an account: somebody may write once, or under another name."""

    role = models.CharField(
        _("what they do here"), max_length=120, blank=True, help_text=_("“Reporter”, “Cartoonist”…")
    )
    about = models.TextField(_("about them"), max_length=1000, blank=True)
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    content_panels = [*Page.content_panels, FieldPanel("role"), FieldPanel("about"), FieldPanel("picture")]
    promote_panels = [FieldPanel("slug")]
    settings_panels: list[Any] = []
    parent_page_types = ["fronts.FrontPage"]
    subpage_types: list[str] = []
    preview_modes: list[Any] = []

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def own_path(self) -> str:
        return reverse("articles:author", args=[self.slug])


class SeriesPage(NewsroomPage):
    """Articles that belong together, whatever sections they stand in; its parts are read from the first one on."""

    description = models.CharField(_("what it is about"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("description")]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    settings_panels: list[Any] = []
    parent_page_types = ["fronts.FrontPage"]
    subpage_types: list[str] = []
    preview_modes: list[Any] = []

    class Meta:
        verbose_name = _("series of articles")
        verbose_name_plural = _("series of articles")

    def own_path(self) -> str:
        return reverse("articles:one_series", args=[self.slug])


class ArticlePage(NewsroomPage):
    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    translated_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
        help_text=_("The article that this one says in another language. Readers and search engines find both."),
    )
    form = models.CharField(_("form"), max_length=10, choices=Form.choices, default=Form.NEWS)
    lead = models.TextField(
        _("lead"), max_length=600, blank=True, help_text=_("Two or three sentences below the title, and on every card.")
    )
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("first picture")
    )
    caption = models.CharField(_("caption of the first picture"), max_length=300, blank=True)
    body = BlocksField(body_blocks(), verbose_name=_("text"), blank=True)
    themes = models.CharField(
        _("themes"), max_length=400, blank=True, help_text=_("Words with commas between: housing, Lille, trains.")
    )
    series = models.ForeignKey(
        SeriesPage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("series"),
        help_text=_("Readers find the part before and the part after. The parts stand in the order they came out."),
    )
    comments_policy = models.CharField(
        _("comments"),
        max_length=8,
        choices=Work.CommentsPolicy.choices,
        default=Work.CommentsPolicy.HOUSE,
        help_text=_("As the site has it: they close two years after publication, where the site says nothing else."),
    )
    comments_close_at = models.DateTimeField(
        _("comments close on"),
        null=True,
        blank=True,
        help_text=_("Only where it is another day than the site’s: it goes before every other rule."),
    )
    revised_at = models.DateTimeField(
        _("updated on"),
        null=True,
        blank=True,
        help_text=_("When it says something new. Readers see it beside the date."),
    )

    content_panels = [
        TitleFieldPanel("title"),
        FieldRowPanel([FieldPanel("form"), FieldPanel("themes")]),
        FieldPanel("series"),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("caption")], heading=_("First picture")),
        InlinePanel("bylines", label=_("author"), heading=_("Authors")),
        FieldPanel("body", attrs=DROPS),
        MultiFieldPanel(
            [FieldPanel("revised_at"), InlinePanel("corrections", label=_("correction"))],
            heading=_("After publication"),
        ),
    ]
    promote_panels = [
        FieldPanel("slug"),
        FieldPanel("seo_title"),
        FieldPanel("search_description"),
        PageChooserPanel("translated_from", "articles.ArticlePage"),
    ]
    settings_panels = [
        *Page.settings_panels,
        FieldRowPanel([FieldPanel("comments_policy"), FieldPanel("comments_close_at")]),
    ]
    parent_page_types = ["articles.SectionPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["uid"]
    base_form_class = ArticleForm
    preview_modes = [("", _("As readers get it")), ("shared", _("As it looks when shared"))]
    template = "articles/article.html"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def own_path(self) -> str:
        return reverse("articles:article", args=[self.uid, self.work_slug or "-"])

    @property
    def work_slug(self) -> str:
        return self.slug[:80].strip("-")

    @property
    def theme_names(self) -> list[str]:
        return [name for word in self.themes.split(",") if (name := word.strip())]

    def clean(self) -> None:
        super().clean()
        self.check_particulars()

    def check_particulars(self) -> None:
        """What is ours to demand of an article. Raises ValidationError."""
        wrong: dict[str, Any] = {}
        longest = Work._meta.get_field("title").max_length
        if longest and len(self.title) > longest:
            wrong["title"] = _("A title has at most %(number)s letters.") % {"number": longest}
        if len(self.theme_names) > MOST_THEMES:
            wrong["themes"] = _("At most %(number)s themes.") % {"number": MOST_THEMES}
        if self.picture and not (self.picture.credit and self.picture.licence and self.picture.description):
            wrong["picture"] = _(
                "This picture lacks its credit, its licence or what it shows: complete it among the pictures first."
            )
        if self.series and self.site and self.series.site != self.site:
            wrong["series"] = _("A series is one of a site: choose one of this article’s own.")
        if original := self.translated_from:
            self.translated_from = original = original.translated_from or original  # one original, all others beside
            here, there = self.site, original.site
            if original.pk == self.pk or (here and there and here.language == there.language):
                wrong["translated_from"] = _(
                    "A translation stands on a site of another language: choose an article of another site."
                )
        if wrong:
            raise ValidationError(wrong)

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Wagtail's own, in one transaction with what newsdesk.py makes of it."""
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().unpublish(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """For the desk's preview; readers come through views/article.py."""
        from bouquet.kinds.articles.story import preview_of

        return super().get_context(request, *args, **kwargs) | preview_of(self, request)

    def serve_preview(self, request: Any, mode_name: str) -> HttpResponse:
        from bouquet.kinds.articles.story import let_frames_in

        request.is_preview = True
        request.site = self.site or request.site
        if mode_name == "shared":
            from bouquet.kinds.articles.sharing import shared_look_of

            return TemplateResponse(request, "articles/shared.html", {"look": shared_look_of(self, request.site)})
        context = self.get_context(request)
        response = TemplateResponse(request, self.template, context)
        return let_frames_in(response, context["story"])


class Byline(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(AuthorPage, models.CASCADE, related_name="bylines", verbose_name=_("author"))

    panels = [FieldPanel("author")]

    class Meta(Orderable.Meta):
        verbose_name = _("author of an article")


class Correction(Orderable):
    """What was wrong, said below the article for as long as it stands."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="corrections")
    at = models.DateTimeField(_("corrected on"), default=timezone.now)
    words = models.CharField(_("what was wrong, and what is right"), max_length=600)

    panels = [FieldPanel("at"), FieldPanel("words")]

    class Meta(Orderable.Meta):
        verbose_name = _("correction")
        indexes = [models.Index(F("at").desc(), F("id").desc(), name="corrections_latest")]
