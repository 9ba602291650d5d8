"""Collections: mine, somebody's, and putting works into them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bouquet.shared.works.actions import (
    add_collection,
    add_to_collection,
    change_collection,
    delete_collection,
    later_of,
    remove_from_collection,
    reorder_collection,
)
from bouquet.shared.works.actions.collections import CollectionIsFull
from bouquet.shared.works.forms import CollectionForm
from bouquet.shared.works.models import Collection, CollectionItem, Work
from bouquet.shared.works.permissions import Viewer, find_work
from bouquet.shared.works.views.answers import came_from, swap_or_return
from bouquet.toolkit.access import members, public
from bouquet.toolkit.pages import keyset_page


@members
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    later_of(request.user)
    form = CollectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(add_collection(request.user, **form.cleaned_data).path)
    collections = (
        Collection.objects.filter(owner=request.user).annotate(number=Count("items")).order_by("-role", "name")
    )
    return render(request, "works/my_collections.html", {"form": form, "collections": collections})


@public
@require_safe
def collection(request: HttpRequest, uid: str) -> HttpResponse:
    viewer = Viewer.of(request)
    collection = get_object_or_404(Collection.objects.visible_to(viewer).select_related("owner"), uid=uid)
    is_mine = viewer.person is not None and collection.owner_id == viewer.person.pk
    page = keyset_page(collection.items_for(viewer), request, by=("position", "pk"))
    context = {
        "collection": collection,
        "is_mine": is_mine,
        "items": page.rows,
        "works": [item.work for item in page],
        "page": page,
    }
    return render(request, "works/collection.html", context)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: str) -> HttpResponse:
    collection = _my_own(request, uid)
    if collection.role:
        raise Http404  # “watch later” has no name of its own to change
    form = CollectionForm(request.POST or None, instance=collection)
    if request.method == "POST" and form.is_valid():
        change_collection(collection, **form.cleaned_data)
        return redirect(collection.path)
    return render(request, "works/collection_edit.html", {"form": form, "collection": collection})


@members
@require_POST
def removal(request: HttpRequest, uid: str) -> HttpResponse:
    collection = _my_own(request, uid)
    delete_collection(collection)
    words = _("“%(name)s” is empty now.") if collection.role else _("“%(name)s” was deleted. Its works stay.")
    messages.success(request, words % {"name": collection})
    return redirect("works:my_collections")


@members
@require_POST
def items(request: HttpRequest, uid: str) -> HttpResponse:
    """`remove`: a work's uid; `up` or `down`: one step; `order`: all uids in their new order (from a script)."""
    collection = _my_own(request, uid)
    if removed := request.POST.get("remove"):
        remove_from_collection(collection, get_object_or_404(Work, uid=removed, collected_in__collection=collection))
    elif order := request.POST.getlist("order"):
        reorder_collection(collection, order)
    else:
        _move_one_step(collection, request.POST)
    return HttpResponseRedirect(came_from(request, collection.path))


@members
@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, uid: str) -> HttpResponse:
    """In which of my collections a work is. POST: `collection` (a uid, `later`, or `new` with `name`) and `wanted`."""
    work = find_work(Work.objects.select_related("site"), uid, Viewer.of(request))
    if request.method == "POST":
        _put(request, work)
    collections = Collection.objects.filter(owner=request.user).annotate(
        holds=Exists(CollectionItem.objects.filter(collection=OuterRef("pk"), work=work.pk))
    )
    context: dict[str, Any] = {
        "work": work,
        "collections": collections.order_by("-role", "name"),
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
            add_to_collection(collection, work)
        else:
            remove_from_collection(collection, work)
    except CollectionIsFull:
        messages.error(request, _("“%(name)s” is full. Please start another collection.") % {"name": collection})


def _chosen(request: HttpRequest) -> Collection:
    choice = request.POST.get("collection", "later")
    if choice == "later":
        return later_of(request.user)
    if choice == "new":
        form = CollectionForm({"name": request.POST.get("name", ""), "visibility": Work.Visibility.PRIVATE})
        return add_collection(request.user, **form.cleaned_data) if form.is_valid() else later_of(request.user)
    return _my_own(request, choice)


def _my_own(request: HttpRequest, uid: str) -> Collection:
    return get_object_or_404(Collection, uid=uid, owner=request.user)


def _move_one_step(collection: Collection, wish: Any) -> None:
    uids = list(collection.items.values_list("work__uid", flat=True))
    uid, step = (wish.get("up"), -1) if "up" in wish else (wish.get("down"), 1)
    if uid not in uids:
        raise Http404
    place = uids.index(uid)
    other = min(max(place + step, 0), len(uids) - 1)
    uids[place], uids[other] = uids[other], uids[place]
    reorder_collection(collection, uids)
