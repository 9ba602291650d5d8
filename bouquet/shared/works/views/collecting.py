"""Putting works into collections, taking them out, and their order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bouquet.shared.works.actions import (
    add_collection,
    add_to_collection,
    later_of,
    move_in_collection,
    remove_from_collection,
    reorder_collection,
)
from bouquet.shared.works.actions.collections import CollectionIsFull
from bouquet.shared.works.forms import CollectionForm
from bouquet.shared.works.models import Collection, CollectionItem, Work
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.shared.works.views.answers import came_from, swap_or_return
from bouquet.toolkit.access import members


@members
@require_POST
def items(request: HttpRequest, uid: str) -> HttpResponse:
    """`remove`: a work's uid; `up` or `down`: one step; `move` with `before` or `after` (by dragging); `order`: all."""
    collection = _kept(request, uid)
    wish = request.POST
    if removed := wish.get("remove"):
        remove_from_collection(collection, get_object_or_404(Work, uid=removed, collected_in__collection=collection))
    elif moved := wish.get("move"):
        move_in_collection(collection, moved, before=wish.get("before", ""), after=wish.get("after", ""))
    elif order := wish.getlist("order"):
        reorder_collection(collection, order)
    else:
        uid, steps = (wish.get("up", ""), -1) if "up" in wish else (wish.get("down", ""), 1)
        get_object_or_404(CollectionItem, collection=collection, work__uid=uid)
        move_in_collection(collection, uid, by_steps=steps)
    if request.headers.get("x-swap"):
        return HttpResponse(status=204)
    return HttpResponseRedirect(came_from(request, collection.path))


@members
@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, uid: str) -> HttpResponse:
    """In which of my collections a work is. POST: `collection` (a uid, `later`, or `new` with `name`) and `wanted`."""
    work = find_work(Work.objects.select_related("site"), uid, Viewer.of(request))
    if request.method == "POST":
        _put(request, work)
    collections = Collection.objects.kept_by(request.user).annotate(
        holds=Exists(CollectionItem.objects.filter(collection=OuterRef("pk"), work=work.pk))
    )
    context: dict[str, Any] = {
        "work": work,
        "collections": collections.order_by("-role", "name", "pk")[:200],
        "has_later": collections.filter(Q(role=Collection.Role.LATER)).exists(),
    }
    if request.method == "POST":
        return swap_or_return(request, "works/membership.html", context, home=request.path)
    whole = "works/membership.html" if request.headers.get("x-swap") else "works/membership_page.html"
    return render(request, whole, context)


def _put(request: HttpRequest, work: Work) -> None:
    collection = _chosen(request)
    try:
        if request.POST.get("wanted", "1") == "1":
            add_to_collection(collection, work, by=request.user)  # type: ignore[arg-type]
        else:
            remove_from_collection(collection, work)
    except CollectionIsFull:
        messages.error(request, _("“%(name)s” is full. Please start another collection.") % {"name": collection})


def _chosen(request: HttpRequest) -> Collection:
    person: Any = request.user
    choice = request.POST.get("collection", "later")
    if choice == "later":
        return later_of(person)
    if choice == "new":
        name = {"name": request.POST.get("name", ""), "visibility": Work.Visibility.PRIVATE}
        form = CollectionForm(name, owner=person)
        return add_collection(person, **form.cleaned_data) if form.is_valid() else later_of(person)
    return _kept(request, choice)


def _kept(request: HttpRequest, uid: str) -> Collection:
    return get_object_or_404(Collection.objects.kept_by(request.user), uid=uid)
