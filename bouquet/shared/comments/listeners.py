"""Who hears of comments. Nobody is told of a work that they may not open."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from bouquet.shared.accounts.models import Person
from bouquet.shared.comments.events import (
    AuthorRestricted,
    CommentDecided,
    CommentEvent,
    CommentHeld,
    CommentPublished,
    CommentRemoved,
    CommentReported,
)
from bouquet.shared.comments.models import Comment, Effect, Restriction, Silence
from bouquet.shared.notifications.actions import notify, notify_together
from bouquet.shared.works.models import Work
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.events import at_once, on
from bouquet.toolkit.page_cache.actions import clear_pages


@at_once(CommentPublished, CommentHeld, CommentDecided, CommentRemoved)
def clear_the_page_it_stands_on(event: CommentEvent) -> None:
    """Its own page only: that cards say how many there are may be some minutes old."""
    clear_pages(f"talk:{event.work_id}")


@on(CommentPublished)
def tell_of_a_comment(event: CommentPublished) -> None:
    """The one who is answered, who is mentioned, the maker: each once, by the nearest reason."""
    comment = _of(event)
    if comment is None or not comment.is_live or comment.author is None:
        return
    told = {comment.author_id} | set(
        Silence.objects.filter(thread=comment.root_id or comment.pk).values_list("person", flat=True)
    )
    answered = comment.answers.author if comment.answers else None
    mentioned = Person.objects.active().filter(handle__in=comment.mentions)
    for person, kind in [(answered, "comments.answer"), *((each, "comments.mention") for each in mentioned)]:
        if person is not None and person.pk not in told and _may_open(person, comment.work):
            told.add(person.pk)
            _tell(person, kind, comment)
    maker = comment.work.author
    if maker is not None and maker.pk not in told:
        group = f"comments.new:{comment.work_id}"
        _tell_together(maker, "comments.new", group, comment, url=comment.place_from(None))


@on(CommentHeld)
def tell_that_one_waits(event: CommentHeld) -> None:
    comment = _of(event)
    if comment is None or comment.state != Comment.State.HELD:
        return
    maker = comment.work.author
    if maker is not None:
        url = comment.work.site.url + reverse("comments:mine")
        _tell_together(maker, "comments.held", f"comments.held:{comment.work_id}", comment, url=url)


@on(CommentDecided)
def tell_the_author(event: CommentDecided) -> None:
    comment = _of(event)
    if comment is None or comment.author is None or comment.state != event.state:
        return
    if comment.decided_by_id == comment.author_id:
        return
    kind = {"live": "comments.approved", "hidden": "comments.hidden", "down": "comments.down"}[event.state]
    with override(comment.author.language or comment.work.site.language):
        reason = comment.reason or _("no reason was given")
    moment = comment.decided_at.isoformat() if comment.decided_at else ""
    key = f"{kind}:{comment.pk}:{moment}"
    notify(comment.author, kind, url=_address(comment), key=key, title=comment.work.title, reason=reason)


@on(AuthorRestricted)
def tell_who_is_restricted(event: AuthorRestricted) -> None:
    row = Restriction.objects.filter(pk=event.restriction_id).select_related("person", "site").first()
    if row is None or row.ended_at is not None:
        return
    with override(row.person.language or (row.site.language if row.site else None)):
        where = row.site.name if row.site else _("the whole network")
        until = date_format(timezone.localtime(row.until), "DATETIME_FORMAT") if row.until else ""
    kind = "comments.stopped" if row.effect == Effect.STOP else "comments.read_first"
    kind += "_until" if until else ""
    url = row.site.url if row.site else ""
    values = {"where": where, "until": until, "reason": row.reason}
    notify(row.person, kind, url=url, key=f"comments.restricted:{row.pk}", **values)


@on(CommentReported)
def tell_the_desk(event: CommentReported) -> None:
    comment = _of(event)
    if comment is None:
        return
    site = comment.work.site
    groups = [group for group in (site.editors_id, site.moderators_id) if group]
    report = comment.reports.order_by("-pk").first()
    for editor in Person.objects.active().filter(groups__in=groups).distinct():
        notify_together(
            editor,
            "comments.reported",
            many="comments.reported_many",
            group=f"comments.reported:{site.pk}",
            last=str(report.pk if report else comment.pk),
            url=f"{site.url}{reverse('comments_desk')}",
            title=comment.work.title,
        )


def _tell(person: Person, kind: str, comment: Comment) -> None:
    name = comment.author.name if comment.author else ""
    notify(person, kind, url=_address(comment), key=f"{kind}:{comment.pk}", name=name, title=comment.work.title)


def _tell_together(person: Person, kind: str, group: str, comment: Comment, *, url: str) -> None:
    name = comment.author.name if comment.author else ""
    values = {"name": name, "title": comment.work.title}
    notify_together(person, kind, many=f"{kind}_many", group=group, url=url, last=str(comment.pk), **values)


def _address(comment: Comment) -> str:
    return comment.place_from(None)


def _may_open(person: Person, work: Work) -> bool:
    viewer = Viewer.for_person(person, territory=person.territory)
    return Work.objects.visible_to(viewer).filter(pk=work.pk).exists()


def _of(event: CommentEvent) -> Comment | None:
    """None where it has gone meanwhile."""
    company = ("author", "answers__author", "work__site", "work__author", "work__channel")
    return Comment.objects.filter(pk=event.comment_id).select_related(*company).first()
