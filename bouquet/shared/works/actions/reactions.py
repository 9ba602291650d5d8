"""Likes: counted in the same transaction as the row, so that a double click changes nothing."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from bouquet.shared.accounts.models import Person
from bouquet.shared.works.models import Reaction, Work


def react_to_work(work: Work, *, by: Person) -> None:
    with transaction.atomic():
        _reaction, is_new = Reaction.objects.get_or_create(work_id=work.pk, person=by)
        if is_new:
            Work.objects.filter(pk=work.pk).update(likes=F("likes") + 1)


def unreact_to_work(work: Work, *, by: Person) -> None:
    with transaction.atomic():
        gone, _rows = Reaction.objects.filter(work_id=work.pk, person=by).delete()
        if gone:
            Work.objects.filter(pk=work.pk, likes__gt=0).update(likes=F("likes") - 1)
