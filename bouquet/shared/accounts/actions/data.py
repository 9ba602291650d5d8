"""Take one's data away, and be forgotten. What each app holds stands in its `personal_data.py`."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from bouquet.shared.accounts.events import AccountErased
from bouquet.shared.accounts.models import DataExport, Person
from bouquet.shared.accounts.personal_data import holdings
from bouquet.shared.accounts.tasks import write_export
from bouquet.toolkit.events import announce


@transaction.atomic
def ask_for_data(person: Person) -> DataExport:
    """A copy of everything, written by a worker. While one is being written, asking again gives that one."""
    waiting = person.data_exports.filter(ready_at=None).first()
    if waiting:
        return waiting
    export = DataExport.objects.create(person=person)
    write_export.enqueue(export.pk)
    return export


@transaction.atomic
def erase_person(person: Person, *, by: Person) -> None:
    """Forget a person: every app lets go of what it holds, in one transaction, from the highest floor to the lowest.

    Their row stays, emptied, under a name that says nothing, so that what the law keeps can still refer to it.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erased_at:
        return
    for holding in holdings():
        holding.erase(person)
    person.erased_at = timezone.now()
    person.save(update_fields=["erased_at"])
    announce(AccountErased(person_id=person.pk))
