"""The company of a collection: who fills it, who is asked in, and their answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bouquet.shared.accounts.models import Person
from bouquet.shared.works.actions import (
    accept_invitation,
    invite_by_link,
    invite_person,
    leave_collection,
    revoke_invitation,
)
from bouquet.shared.works.actions.collaboration import TooManyCollaborators
from bouquet.shared.works.forms import InvitationForm
from bouquet.shared.works.models import Collection, Invitation
from bouquet.toolkit.access import members


@members
@require_safe
def people(request: HttpRequest, uid: str) -> HttpResponse:
    return _show(request, _my_own(request, uid), InvitationForm())


@members
@require_http_methods(["POST"])
def invitations(request: HttpRequest, uid: str) -> HttpResponse:
    """`handle`: asks that person in. Without one: makes the link."""
    collection = _my_own(request, uid)
    if "handle" not in request.POST:
        invite_by_link(collection)
        return redirect("works:collection_people", uid=uid)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _show(request, collection, form, status=422)
    person: Person = form.cleaned_data["handle"]
    try:
        invitation = invite_person(collection, person, by=request.user)  # type: ignore[arg-type]
    except TooManyCollaborators:
        messages.error(request, _("There are enough of you already. Ask somebody to leave first."))
    else:
        said = _("%(name)s is invited.") if invitation else _("%(name)s takes part already.")
        messages.success(request, said % {"name": person.name})
    return redirect("works:collection_people", uid=uid)


@members
@require_POST
def invitation_removal(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """By its owner; or by who was invited and does not want to."""
    invitation = get_object_or_404(Invitation.objects.select_related("collection"), token=token, collection__uid=uid)
    if request.user.pk not in (invitation.collection.owner_id, invitation.person_id):
        return _not_for(request)
    revoke_invitation(invitation)
    if request.user.pk == invitation.collection.owner_id:
        return redirect("works:collection_people", uid=uid)
    messages.success(request, _("You will not hear of this invitation again."))
    return redirect("works:my_collections")


@members
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Asks whether one wants to; POST: yes."""
    found = Invitation.objects.select_related("collection__owner").filter(token=token, collection__uid=uid).first()
    if found is None or found.person_id not in (None, request.user.pk):
        # A notice of an invitation that was accepted still leads here.
        kept = Collection.objects.kept_by(request.user).filter(uid=uid).first()
        return redirect(kept.path) if kept else _not_for(request)
    collection = found.collection
    if collection.is_kept_by(request.user):
        return redirect(collection.path)
    if request.method == "POST":
        try:
            accept_invitation(found, by=request.user)  # type: ignore[arg-type]
        except TooManyCollaborators:
            messages.error(request, _("There are too many of you already. Its owner can make room."))
            return redirect("works:my_collections")
        return redirect(collection.path)
    return render(request, "works/invitation.html", {"invitation": found, "collection": collection})


@members
@require_POST
def collaborator_removal(request: HttpRequest, uid: str, handle: str) -> HttpResponse:
    """The owner asks somebody to leave; a collaborator leaves."""
    collection = get_object_or_404(Collection, uid=uid, collaborators__person__handle=handle)
    mine = collection.owner_id == request.user.pk
    if not mine and getattr(request.user, "handle", "") != handle:
        return _not_for(request)
    leave_collection(collection, get_object_or_404(Person, handle=handle), by=request.user)  # type: ignore[arg-type]
    if mine:
        return redirect("works:collection_people", uid=uid)
    messages.success(request, _("You left “%(name)s”.") % {"name": collection.name})
    return redirect("works:my_collections")


def _show(request: HttpRequest, collection: Collection, form: InvitationForm, status: int = 200) -> HttpResponse:
    invitations = list(collection.invitations.select_related("person", "collection").order_by("created_at"))
    link = next((each for each in invitations if each.person_id is None), None)
    site: Any = request.site  # type: ignore[attr-defined]
    context = {
        "collection": collection,
        "people": collection.collaborators.select_related("person").order_by("since"),
        "invited": [each for each in invitations if each.person_id],
        "link": link,
        "link_address": f"{site.url}{link.path}" if link else "",
        "form": form,
    }
    return render(request, "works/collection_people.html", context, status=status)


def _not_for(request: HttpRequest) -> HttpResponse:
    return render(request, "works/invitation_gone.html", status=404)


def _my_own(request: HttpRequest, uid: str) -> Collection:
    return get_object_or_404(Collection, uid=uid, owner=request.user, role="")
