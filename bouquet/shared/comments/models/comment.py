"""What somebody said of a work. A thread is a first comment and its answers, flat, in the order they came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Channel, Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.ids import short_id

# What holds a place in a thread for everybody: what is published, and what is gone while answers to it stay.
GONE = ("hidden", "down", "removed")
HOLDS_A_PLACE = Q(state="live") | Q(state__in=GONE, answer_count__gt=0)


@dataclass(frozen=True)
class GuestWriter:
    """Came with what they wrote elsewhere. Nobody can sign in as they."""

    name: str
    handle: str = ""
    is_staff: bool = False


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Comments on works that this viewer may open; whatever their state."""
        return self.filter(work__in=Work.objects.visible_to(viewer).values("pk"))

    def of_channels(self, person: Person) -> Self:
        """What was said under the works of the channels that a person owns."""
        return self.filter(channel__in=Channel.objects.filter(owner=person).values("pk"))

    def with_company(self) -> Self:
        """What a line of a list shows beside the words: no further query for each."""
        return self.select_related("author", "work", "work__site", "channel")


class Comment(models.Model):
    """`state` is changed by one function (`standing.turn`), which keeps the counts of the thread and the work.

    `work.comment_count` counts what is published, answers included; `answer_count` the published answers: to a first
    comment those of its whole thread, to an answer those that answer it.
    """

    class State(models.TextChoices):
        LIVE = "live", _("published")
        HELD = "held", _("waiting for a decision")
        HIDDEN = "hidden", _("hidden by the maker")
        DOWN = "down", _("taken down by the editors")
        REMOVED = "removed", _("removed by its author")

    uid = models.CharField(max_length=16, unique=True, default=short_id, editable=False)
    work = models.ForeignKey(Work, models.CASCADE, related_name="comments", db_index=False)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, related_name="comments", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments", db_index=False
    )
    guest_name = models.CharField(max_length=80, blank=True)  # who wrote it elsewhere: without an account here
    root = models.ForeignKey("self", models.CASCADE, null=True, related_name="thread", db_index=False)
    answers = models.ForeignKey("self", models.SET_NULL, null=True, related_name="answered_by")
    place = models.PositiveIntegerField(default=0)  # in its thread: 0 the first comment, then 1, 2, 3…
    text = models.TextField(_("comment"), blank=True)
    mentions = models.JSONField(default=list)  # handles in the text that were somebody's when it was written
    state = models.CharField(max_length=8, choices=State.choices, default=State.LIVE)
    held_for = models.JSONField(default=list)  # why: names of phases (phases.py), with the word that made it
    reason = models.CharField(max_length=500, blank=True)  # of a decision: its author reads it
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    likes = models.PositiveIntegerField(default=0)
    answer_count = models.PositiveIntegerField(default=0)
    hearted = models.BooleanField(default=False)  # by the maker
    pinned = models.BooleanField(default=False)  # by the maker: one of a work
    key = models.CharField(max_length=24, blank=True)  # of the form it came with: sent twice, it is one comment
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True)
    shown = models.GeneratedField(
        expression=Case(When(HOLDS_A_PLACE, then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    listed = models.GeneratedField(  # begins a thread in the list; the pinned one stands above it
        expression=Case(
            When(Q(root__isnull=True, pinned=False) & HOLDS_A_PLACE, then=Value(True)), default=Value(False)
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(
                "work", F("created_at").desc(), F("id").desc(), name="comments_newest", condition=Q(listed=True)
            ),
            models.Index("work", F("likes").desc(), F("id").desc(), name="comments_liked", condition=Q(listed=True)),
            models.Index(fields=["work", "state"], name="comments_of_work"),
            models.Index("state", F("id").desc(), name="comments_by_state"),
            models.Index(fields=["root", "place"], name="comments_thread"),
            models.Index("author", F("created_at").desc(), F("id").desc(), name="comments_of_author"),
            models.Index("channel", F("created_at").desc(), F("id").desc(), name="comments_of_channel"),
            models.Index("channel", F("id").desc(), name="comments_held", condition=Q(state="held")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], condition=~Q(key=""), name="one_comment_per_form"),
            models.UniqueConstraint(fields=["work"], condition=Q(pinned=True), name="one_pinned_comment"),
        ]

    def __str__(self) -> str:
        return f"{self.uid} on {self.work_id}"

    @property
    def writer(self) -> Person | GuestWriter | None:
        """None where their account is gone."""
        return self.author or (GuestWriter(self.guest_name) if self.guest_name else None)

    @property
    def is_live(self) -> bool:
        return self.state == self.State.LIVE

    @property
    def is_gone(self) -> bool:
        return self.state in GONE

    @property
    def anchor(self) -> str:
        return f"c-{self.uid}"

    @property
    def path(self) -> str:
        """The address that never changes: it leads to the comment on its work's page."""
        return reverse("comments:comment", args=[self.uid])

    def place_from(self, site: Site | None) -> str:
        """On its work's page, with its thread on top. The work comes with its site."""
        return f"{self.work.address_from(site)}?comment={self.uid}#{self.anchor}"
