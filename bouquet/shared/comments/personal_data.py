"""What comments hold of a person: what they wrote, liked, silenced and reported; who blocked whom."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import personal_data
from bouquet.shared.comments.models import Block, Comment, DomainRule, Like, Report, Restriction, Silence
from bouquet.shared.comments.standing import count


def export_comments(person: Person) -> dict[str, Any]:
    mine = Comment.objects.filter(author=person).exclude(state=Comment.State.REMOVED).select_related("work__site")
    return {
        "comments": [
            {
                "address": f"{each.work.site.url}{each.path}",
                "on": each.work.title,
                "text": each.text,
                "state": each.state,
                "written_at": each.created_at,
                "edited_at": each.edited_at,
                "likes": each.likes,
                "decision": each.reason,
            }
            for each in mine.order_by("pk")
        ],
        "likes": [
            {"address": f"{each.comment.work.site.url}{each.comment.path}", "at": each.created_at}
            for each in Like.objects.filter(person=person).select_related("comment__work__site").order_by("pk")
        ],
        "silenced_threads": [
            f"{each.thread.work.site.url}{each.thread.path}"
            for each in Silence.objects.filter(person=person).select_related("thread__work__site")
        ],
        "reports": [
            {"comment": each.said, "reason": each.why, "words": each.words, "at": each.created_at}
            for each in Report.objects.filter(person=person).order_by("pk")
        ],
        "blocked_from": [each.channel.name for each in Block.objects.filter(person=person).select_related("channel")],
        "restrictions": [
            {"where": str(each.site or ""), "effect": each.effect, "reason": each.reason, "until": each.until}
            for each in Restriction.objects.filter(person=person).select_related("site").order_by("pk")
        ],
        "blocked_on_my_channels": Block.objects.filter(channel__owner=person).count(),
    }


def erase_comments(person: Person) -> None:
    """Words and name go. What others answered keeps its place as an empty line; the rest goes altogether."""
    liked = Like.objects.filter(person=person)
    Comment.objects.filter(pk__in=liked.values("comment"), likes__gt=0).update(likes=F("likes") - 1)
    liked.delete()
    for row in Comment.objects.filter(author=person, state=Comment.State.LIVE).order_by("-pk").iterator():
        count(row, -1)
    theirs = Comment.objects.filter(author=person)
    Report.objects.filter(comment__in=theirs.values("pk")).update(said="")
    theirs.update(
        state=Comment.State.REMOVED, text="", mentions=[], held_for=[], reason="", hearted=False, pinned=False, key=""
    )
    theirs.filter(answer_count=0, thread=None, answered_by=None).delete()
    theirs.update(author=None)
    Silence.objects.filter(person=person).delete()
    Report.objects.filter(person=person).update(person=None, words="")
    Block.objects.filter(person=person).delete()
    Restriction.objects.filter(person=person).delete()


personal_data(
    "comments",
    models=[Comment, Like, Silence, Report, Block, Restriction, DomainRule],
    export=export_comments,
    erase=erase_comments,
    goes=_(
        "Your comments and what you liked among others’. Where somebody answered you, an empty line keeps the place."
    ),
)
