"""Collections filled by several people: asking somebody in, taking part, leaving."""

from __future__ import annotations

from django.db import transaction

from bouquet.shared.accounts.models import Person
from bouquet.shared.notifications.actions import notify
from bouquet.shared.works.models import Collaborator, Collection, Invitation

MOST_COLLABORATORS = 50


class TooManyCollaborators(ValueError):
    """A collection has up to MOST_COLLABORATORS, those invited by name included."""


def invite_by_link(collection: Collection) -> Invitation:
    """The one open invitation; whoever is signed in and has its address may take part until it is revoked."""
    return Invitation.objects.get_or_create(collection=collection, person=None)[0]


def invite_person(collection: Collection, person: Person, *, by: Person) -> Invitation | None:
    """Twice is once, and they are told once. None for who takes part already."""
    if person.pk == collection.owner_id or collection.collaborators.filter(person=person).exists():
        return None
    _require_room(collection, collection.invitations.exclude(person=None).exclude(person=person).count())
    with transaction.atomic():
        invitation, _is_new = Invitation.objects.get_or_create(collection=collection, person=person)
        key = f"works.invited:{collection.pk}:{person.pk}"
        notify(person, "works.invited", url=invitation.path, key=key, name=by.name, list=collection.name)
    return invitation


def accept_invitation(invitation: Invitation, *, by: Person) -> Collaborator | None:
    """None for the owner. An invitation by name is used up; the link stays. Its owner is told once."""
    collection = invitation.collection
    if by.pk == collection.owner_id:
        return None
    with transaction.atomic():
        Collection.objects.select_for_update().get(pk=collection.pk)
        if not collection.collaborators.filter(person=by).exists():
            _require_room(collection, 0)
        collaborator, is_new = Collaborator.objects.get_or_create(collection=collection, person=by)
        collection.invitations.filter(person=by).delete()
        if is_new:
            key = f"works.joined:{collection.pk}:{by.pk}"
            notify(collection.owner, "works.joined", url=collection.path, key=key, name=by.name, list=collection.name)
    return collaborator


def revoke_invitation(invitation: Invitation) -> None:
    """From now on its address leads nowhere; who came by it stays."""
    invitation.delete()


def leave_collection(collection: Collection, person: Person, *, by: Person) -> None:
    """What they added stays. By themselves, or by the owner's wish: then they are told."""
    with transaction.atomic():
        row = collection.collaborators.filter(person=person).first()
        if row is None:
            return
        if by.pk != person.pk:
            values = {"name": collection.owner.name, "list": collection.name}
            notify(person, "works.asked_out", key=f"works.asked_out:{row.pk}", **values)
        row.delete()


def _require_room(collection: Collection, invited: int) -> None:
    if collection.collaborators.count() + invited >= MOST_COLLABORATORS:
        raise TooManyCollaborators
