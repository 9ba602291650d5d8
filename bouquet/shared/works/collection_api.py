"""Collections through the API: their works and order, their company, and how others may take part."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from bouquet.shared.accounts.models import Person
from bouquet.shared.works import actions
from bouquet.shared.works.actions.collaboration import TooManyCollaborators
from bouquet.shared.works.actions.collections import CollectionIsFull
from bouquet.shared.works.models import Collection, CollectionItem, Invitation, Work
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.shared.works.schemas import PageIn, Visibility, WorksOut
from bouquet.toolkit.access import public
from bouquet.toolkit.api import Anyone, Members, Problem
from bouquet.toolkit.pages import keyset_page

router = Router(tags=["collections"])
TEXT = r"^[^\x00]*$"
UID = r"^[1-9A-Za-z]{1,16}$"


class CollectionIn(Schema):
    name: str = Field(min_length=1, max_length=80, pattern=TEXT)
    visibility: Visibility = "private"
    about: str = Field("", max_length=2000, pattern=TEXT)


class CollectionChanges(Schema):
    name: str | None = Field(None, min_length=1, max_length=80, pattern=TEXT)
    visibility: Visibility | None = None
    about: str | None = Field(None, max_length=2000, pattern=TEXT)
    cover: str | None = Field(
        None,
        max_length=16,
        pattern=r"^[1-9A-Za-z]*$",
        description="Id of the work whose picture stands for it; “”: its first.",
    )


class CollectionOut(Schema):
    id: str = Field(alias="uid")
    name: str
    role: str = Field(description="“later” for the list of what to watch later, else empty.")
    visibility: Visibility
    about: str
    owner: str = Field(description="Handle of its owner.")
    updated_at: datetime

    @staticmethod
    def resolve_owner(collection: Collection) -> str:
        return collection.owner.handle


class CollectionPageOut(WorksOut):
    collection: CollectionOut
    missing: int = Field(description="How many of its works this caller may not see.")


class PlaceIn(Schema):
    """Exactly one of the two, else to the end."""

    before: str | None = Field(None, pattern=UID, description="Id of the work that it shall stand before.")
    after: str | None = Field(None, pattern=UID, description="Id of the work that it shall stand behind.")


class OrderIn(Schema):
    works: list[str] = Field(max_length=5000, description="Ids in their new order; what is not named comes behind.")


class CollaboratorOut(Schema):
    handle: str
    name: str
    since: datetime

    @staticmethod
    def resolve_handle(row: Any) -> str:
        return row.person.handle

    @staticmethod
    def resolve_name(row: Any) -> str:
        return row.person.name


class InvitationIn(Schema):
    handle: str = Field("", max_length=40, pattern=r"^[-a-zA-Z0-9_]*$", description="Empty: a link for whoever has it.")


class InvitationOut(Schema):
    token: str
    handle: str | None = Field(description="Null for the link.")
    path: str = Field(description="Where the invited accept it, on any site.")

    @staticmethod
    def resolve_handle(row: Invitation) -> str | None:
        return row.person.handle if row.person else None


def _own(request: HttpRequest, uid: str) -> Collection:
    return get_object_or_404(Collection.objects.select_related("owner"), uid=uid, owner=request.user)


def _kept(request: HttpRequest, uid: str) -> Collection:
    return get_object_or_404(Collection.objects.kept_by(request.user).select_related("owner"), uid=uid)


def _too_many() -> Problem:
    return Problem(409, _("This collection is full"), _("There are enough of you already."))


@router.get("/collections", response=list[CollectionOut], auth=Members, summary="The collections that the caller fills")
def list_collections(request: HttpRequest) -> Any:
    actions.later_of(request.user)
    kept = Collection.objects.kept_by(request.user).select_related("owner")
    return kept.order_by("-role", "name", "pk")[:1000]


@router.post("/collections", response={201: CollectionOut}, auth=Members, summary="Start a collection")
def add_collection(request: HttpRequest, wanted: CollectionIn) -> Any:
    if not wanted.name.strip():
        raise Problem(422, _("Some values are not valid"), _("A collection needs a name."))
    return 201, actions.add_collection(request.user, **wanted.dict())


@router.get("/collections/{uid}", response=CollectionPageOut, auth=Anyone, summary="A collection's works, in order")
@public
def show_collection(request: HttpRequest, uid: str, asked: Query[PageIn]) -> Any:
    viewer = Viewer.of(request)
    collection = get_object_or_404(Collection.objects.visible_to(viewer).select_related("owner"), uid=uid)
    items = collection.items_for(viewer)
    page = keyset_page(items, asked.cursor, asked.limit, by=("position", "pk"))
    return {
        "works": [item.work for item in page],
        "next_cursor": page.next_cursor,
        "collection": collection,
        "missing": collection.items.count() - items.count(),
    }


@router.patch(
    "/collections/{uid}", response=CollectionOut, auth=Members, summary="Change what a collection says of itself"
)
def change_collection(request: HttpRequest, uid: str, wanted: CollectionChanges) -> Any:
    collection = _own(request, uid)
    if collection.role:
        raise Problem(409, _("This list stays as it is"), _("“Watch later” has no name and no readers of its own."))
    changes = {name: value for name, value in wanted.dict().items() if value is not None}
    if "cover" in changes:
        chosen = changes["cover"]
        item = get_object_or_404(CollectionItem, collection=collection, work__uid=chosen) if chosen else None
        changes["cover"] = item.work if item else None
    if changes:
        actions.change_collection(collection, **changes)
    return collection


@router.delete("/collections/{uid}", response={204: None}, auth=Members, summary="Delete a collection; its works stay")
def delete_collection(request: HttpRequest, uid: str) -> Any:
    actions.delete_collection(_own(request, uid))
    return 204, None


@router.put("/collections/{uid}/order", response={204: None}, auth=Members, summary="Put a collection in order")
def put_order(request: HttpRequest, uid: str, wanted: OrderIn) -> Any:
    actions.reorder_collection(_kept(request, uid), wanted.works)
    return 204, None


@router.put(
    "/collections/{uid}/works/{work}", response={204: None}, auth=Members, summary="Put a work in; twice is once"
)
def put_item(request: HttpRequest, uid: str, work: str) -> Any:
    collection = _kept(request, uid)
    try:
        actions.add_to_collection(collection, find_work(Work.objects.all(), work, Viewer.of(request)), by=request.user)
    except CollectionIsFull:
        raise Problem(409, _("This collection is full"), _("Please start another one.")) from None
    return 204, None


@router.put("/collections/{uid}/works/{work}/place", response={204: None}, auth=Members, summary="Move a work")
def put_place(request: HttpRequest, uid: str, work: str, wanted: PlaceIn) -> Any:
    collection = _kept(request, uid)
    get_object_or_404(CollectionItem, collection=collection, work__uid=work)
    steps = 0 if wanted.before or wanted.after else 10**6
    actions.move_in_collection(collection, work, before=wanted.before or "", after=wanted.after or "", by_steps=steps)
    return 204, None


@router.delete("/collections/{uid}/works/{work}", response={204: None}, auth=Members, summary="Take a work out")
def delete_item(request: HttpRequest, uid: str, work: str) -> Any:
    collection = _kept(request, uid)
    actions.remove_from_collection(collection, get_object_or_404(Work, uid=work, collected_in__collection=collection))
    return 204, None


@router.get(
    "/collections/{uid}/collaborators", response=list[CollaboratorOut], auth=Members, summary="Who fills a collection"
)
def list_collaborators(request: HttpRequest, uid: str) -> Any:
    return _kept(request, uid).collaborators.select_related("person").order_by("since")[:100]


@router.delete(
    "/collections/{uid}/collaborators/{handle}",
    response={204: None},
    auth=Members,
    summary="Ask a collaborator to leave (its owner), or leave (oneself)",
)
def delete_collaborator(request: HttpRequest, uid: str, handle: str) -> Any:
    collection = _kept(request, uid)
    person: Any = request.user
    if collection.owner_id != person.pk and person.handle != handle:
        raise Problem(403, _("This is for its owner"), _("You can leave, but not ask others to."))
    row = get_object_or_404(collection.collaborators.select_related("person"), person__handle=handle)
    actions.leave_collection(collection, row.person, by=person)
    return 204, None


@router.get(
    "/collections/{uid}/invitations", response=list[InvitationOut], auth=Members, summary="Who is invited, and the link"
)
def list_invitations(request: HttpRequest, uid: str) -> Any:
    return _own(request, uid).invitations.select_related("person", "collection").order_by("created_at")[:100]


@router.post(
    "/collections/{uid}/invitations", response={201: InvitationOut}, auth=Members, summary="Invite; twice is once"
)
def add_invitation(request: HttpRequest, uid: str, wanted: InvitationIn) -> Any:
    collection = _own(request, uid)
    if collection.role:
        raise Problem(409, _("This list stays as it is"), _("“Watch later” is yours alone."))
    if not wanted.handle:
        return 201, actions.invite_by_link(collection)
    person = Person.objects.active().filter(handle=wanted.handle).first()
    if person is None:
        raise Problem(422, _("Nobody to invite"), _("Nobody here is called @%(handle)s.") % {"handle": wanted.handle})
    try:
        invitation = actions.invite_person(collection, person, by=request.user)
    except TooManyCollaborators:
        raise _too_many() from None
    if invitation is None:
        raise Problem(409, _("Nobody to invite"), _("This person takes part already."))
    return 201, invitation


@router.delete(
    "/collections/{uid}/invitations/{token}", response={204: None}, auth=Members, summary="Revoke an invitation"
)
def delete_invitation(request: HttpRequest, uid: str, token: str) -> Any:
    actions.revoke_invitation(get_object_or_404(_own(request, uid).invitations, token=token))
    return 204, None


@router.put(
    "/collections/{uid}/invitations/{token}/acceptance", response={204: None}, auth=Members, summary="Take part"
)
def accept_invitation(request: HttpRequest, uid: str, token: str) -> Any:
    invitation = get_object_or_404(
        Invitation.objects.select_related("collection__owner"), token=token, collection__uid=uid
    )
    if invitation.person_id not in (None, request.user.pk):
        raise Problem(404, _("There is nothing at this address."))
    try:
        actions.accept_invitation(invitation, by=request.user)
    except TooManyCollaborators:
        raise _too_many() from None
    return 204, None
