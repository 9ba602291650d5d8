"""An import is a job with a row for each post. What is done stays done, whoever starts it again and whenever."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bouquet.shared.network.models import Picture, Site
from bouquet.toolkit.ids import short_id


class ArticleImport(models.Model):
    """One file or feed, looked at (dry run) and then taken over into a site."""

    class Source(models.TextChoices):
        WXR = "wxr", _("WordPress (a WXR file)")
        GHOST = "ghost", _("Ghost (a JSON file)")
        RSS = "rss", _("a feed (RSS or Atom)")

    class State(models.TextChoices):
        LOOKING = "looking", _("being looked at")
        LOOKED = "looked", _("ready to start")
        REFUSED = "refused", _("cannot start")
        RUNNING = "running", _("under way")
        DONE = "done", _("finished")
        CANCELLED = "cancelled", _("cancelled")

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="article_imports")
    site = models.ForeignKey(Site, models.CASCADE, related_name="article_imports")
    source = models.CharField(max_length=8, choices=Source.choices)
    address = models.CharField(max_length=2000)  # a file's name; a feed's address
    home = models.CharField(max_length=500, blank=True)  # where it was published: "https://old.example", no slash
    section = models.CharField(max_length=120, blank=True)  # where posts without one go; empty: a section of its own
    with_pages = models.BooleanField(default=False)  # WordPress's and Ghost's pages, too
    language = models.CharField(max_length=8, blank=True)  # in which reasons are written
    state = models.CharField(max_length=9, choices=State.choices, default=State.LOOKING)
    reason = models.TextField(blank=True)  # why it cannot start: a sentence
    warning = models.TextField(blank=True)  # what is wrong with the source as a whole, though it can start
    passed_over = models.JSONField(default=dict)  # what is no post, by its type: {"nav_menu_item": 12}
    at_once = models.BooleanField(default=False)  # starts as soon as it has been looked at
    created_at = models.DateTimeField(auto_now_add=True)
    looked_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("import of articles")
        indexes = [
            models.Index("site", models.F("id").desc(), name="article_imports_of_site"),
            models.Index(fields=["state"], condition=Q(state__in=["looking", "running"]), name="article_imports_alive"),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def path(self) -> str:
        return reverse("article_import", args=[self.uid])

    @property
    def folder(self) -> Path:
        """What came, and what was made of it on the way; gone when the import is at its end."""
        return Path(settings.UPLOADS_ROOT) / "incoming" / f"articles-{self.uid}"

    @property
    def file(self) -> Path:
        return self.folder / "source"

    @property
    def posts_file(self) -> Path:
        """A post a line, as looking.py writes them: taking one needs no second reading of the source."""
        return self.folder / "posts.jsonl"

    @property
    def is_alive(self) -> bool:
        return self.state in (self.State.LOOKING, self.State.RUNNING)

    @property
    def may_start(self) -> bool:
        return self.state == self.State.LOOKED


class ImportedPost(models.Model):
    """One post of a source. `key` is its name there, the same whichever import meets it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("here")
        KNOWN = "known", _("was here already")
        REFUSED = "refused", _("cannot be taken")
        FAILED = "failed", _("failed")

    job = models.ForeignKey(ArticleImport, models.CASCADE, related_name="posts")
    site = models.ForeignKey(Site, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=140)
    place = models.BigIntegerField(default=0)  # where its line begins in `job.posts_file`
    old = models.JSONField(default=list)  # addresses that led to it
    published_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.TextField(blank=True)
    comments = models.PositiveIntegerField(default=0)  # that come along
    notes = models.JSONField(default=list)  # what of it did not come, or is to be completed: sentences
    page = models.ForeignKey("articles.ArticlePage", models.SET_NULL, null=True, blank=True, related_name="imported_as")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["job", "state", "id"], name="posts_by_state"),
            models.Index(fields=["site", "key"], name="posts_by_key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["job", "key"], name="a_post_once_in_an_import"),
            # The promise: whatever is started anew, at once or in two workers, a post comes into a site once.
            models.UniqueConstraint(fields=["site", "key"], condition=Q(state="done"), name="a_post_comes_once"),
        ]

    def __str__(self) -> str:
        return self.title


class FetchedPicture(models.Model):
    """A picture that came from elsewhere: asked for once, however many posts show it."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    address = models.CharField(max_length=500)
    picture = models.ForeignKey(Picture, models.CASCADE, related_name="fetched_from")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "address"], name="a_picture_comes_once")]
