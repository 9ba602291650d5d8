"""What happens to a page between colleagues, told to those it concerns: submitted, sent back with its reason, approved;
a note left in it, answered, settled.

The steps of the workflow are Wagtail's own signals. Of its notes (the comments of its editor) it says
nothing: their rows are what is listened to, which are written at once, also when the desk saves by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from wagtail.models import Comment, CommentReply, Page, Revision
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site
from bouquet.shared.notifications.actions import notify

JUST_NOW = timedelta(minutes=1)  # rows of notes are written again with every save of their page
LETTERS = 140


def listen_to_colleagues() -> None:
    task_submitted.connect(_submitted, dispatch_uid="fronts.submitted")
    workflow_rejected.connect(_sent_back, dispatch_uid="fronts.sent_back")
    workflow_approved.connect(_approved, dispatch_uid="fronts.approved")
    post_save.connect(_noted, sender=Comment, dispatch_uid="fronts.noted")
    post_save.connect(_answered, sender=CommentReply, dispatch_uid="fronts.answered")


def _submitted(sender: Any, instance: Any, user: Any = None, **_more: Any) -> None:
    groups: Any = getattr(instance.task.specific, "groups", None)
    if groups is None:  # a step that is no approval by a group
        return
    people = Person.objects.active().filter(groups__in=groups.all()).distinct()
    _tell(people, "fronts.submitted", instance.workflow_state.content_object, by=user, row=instance)


def _sent_back(sender: Any, instance: Any, user: Any = None, **_more: Any) -> None:
    step = instance.current_task_state
    words = step.comment if step else ""
    _tell([instance.requested_by], "fronts.sent_back", instance.content_object, by=user, row=step, words=words)


def _approved(sender: Any, instance: Any, user: Any = None, **_more: Any) -> None:
    _tell([instance.requested_by], "fronts.approved", instance.content_object, by=user, row=instance)


def _noted(sender: Any, instance: Comment, created: bool, raw: bool = False, **_more: Any) -> None:
    if raw:
        return
    if created:
        wrote = Revision.objects.for_instance(instance.page).values("user")
        people = Person.objects.active().filter(pk__in=wrote) | Person.objects.active().filter(
            pk=instance.page.owner_id
        )
        _tell(people, "fronts.note", instance.page, by=instance.user, row=instance, words=instance.text)
    elif instance.resolved_at and instance.resolved_at > timezone.now() - JUST_NOW:
        _tell([instance.user], "fronts.note_settled", instance.page, by=instance.resolved_by, row=instance)


def _answered(sender: Any, instance: CommentReply, created: bool, raw: bool = False, **_more: Any) -> None:
    if raw or not created:
        return
    note = instance.comment
    answered = CommentReply.objects.filter(comment=note).values("user")
    people = Person.objects.active().filter(pk__in=answered) | Person.objects.active().filter(pk=note.user_id)
    _tell(people, "fronts.note_answered", note.page, by=instance.user, row=instance, words=instance.text)


def _tell(people: Iterable[Person | None], kind: str, page: Any, *, by: Any, row: Any, words: str = "") -> None:
    """Nobody of what they did themselves, nor of a page that they may not open on the desk. The same news once."""
    if not isinstance(page, Page):
        return
    name = by.name if by is not None else ""
    for person in people:
        if person is None or person == by or not page.permissions_for_user(person).can_edit():
            continue
        short = Truncator(words).chars(LETTERS)
        key = f"{kind}:{row.pk}" if row is not None else ""
        notify(person, kind, url=_desk_of(page), key=key, name=name, title=page.get_admin_display_title(), words=short)


def _desk_of(page: Page) -> str:
    """Its editor, on the desk of its own site."""
    above = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    site = Site.objects.filter(wagtail_site__root_page__path__in=above).first()
    return (site.url if site else "") + reverse("wagtailadmin_pages:edit", args=[page.pk])
