"""Collections: mine, somebody's, playing one, changing one."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urljoin

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bouquet.shared.works.actions import add_collection, change_collection, delete_collection, later_of
from bouquet.shared.works.forms import CollectionForm
from bouquet.shared.works.models import Collection, CollectionItem, Work, collection_cards
from bouquet.shared.works.models.playback import SEEDS, query_of, seed_of, works_in_order
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members, public
from bouquet.toolkit.pages import keyset_page


@members
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    later_of(person)
    form = CollectionForm(request.POST or None, owner=person)
    if request.method == "POST" and form.is_valid():
        return redirect(add_collection(person, **form.cleaned_data).path)
    kept = Collection.objects.kept_by(person).select_related("owner").order_by("-role", "name", "pk")
    cards = collection_cards(list(kept[:500]), Viewer.of(request))
    own = [card for card in cards if card.collection.owner_id == person.pk]
    shared = [card for card in cards if card.collection.owner_id != person.pk]
    return render(request, "works/my_collections.html", {"form": form, "own": own, "shared": shared})


@public
@require_safe
def collection(request: HttpRequest, uid: str) -> HttpResponse:
    viewer = Viewer.of(request)
    collection = get_object_or_404(Collection.objects.visible_to(viewer).select_related("owner", "cover"), uid=uid)
    keeps = collection.is_kept_by(viewer.person)
    rows = collection.rows_for(viewer, kept=True) if keeps else collection.items_for(viewer, kept=False)
    page = keyset_page(rows, request, by=("position", "pk"))
    shown = collection.items_for(viewer, kept=keeps).count()
    card = collection_cards([collection], viewer)[0]
    picture = card.face.poster.share_picture_url if card.face and card.face.poster else ""
    context = {
        "share_picture": urljoin(request.site.url, picture) if picture else "",  # type: ignore[attr-defined]
        "collection": collection,
        "is_mine": viewer.person is not None and collection.owner_id == viewer.person.pk,
        "keeps": keeps,
        "items": page.rows,
        "query": query_of(collection),
        "number": shown,
        "missing": collection.items.count() - shown,
        "card": card,
        "address": f"{request.site.url}{collection.path}",  # type: ignore[attr-defined]
        "site_url": request.site.url,  # type: ignore[attr-defined]
        "people": list(collection.collaborators.select_related("person").order_by("since")[:60]),
        "page": page,
    }
    return render(request, "works/collection.html", context)


@public
@require_safe
def play(request: HttpRequest, uid: str) -> HttpResponse:
    """To its first work. `?shuffle=1`: in an order of chance; `?loop=1`: begin again at the end."""
    viewer = Viewer.of(request)
    collection = get_object_or_404(Collection.objects.visible_to(viewer), uid=uid)
    shuffled = seed_of(request)
    if shuffled == "1":  # “somehow”: the seed is drawn here, and is in the address from now on
        shuffled = str(2 + secrets.randbelow(SEEDS - 2))
    works = works_in_order(collection, viewer, shuffled)
    if not works:
        return redirect(collection.path)
    first = Work.objects.select_related("site").get(pk=works[0])
    query = query_of(collection, shuffled, request.GET.get("loop") == "1")
    return HttpResponseRedirect(f"{first.address_from(request.site)}?{query}")  # type: ignore[attr-defined]


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: str) -> HttpResponse:
    collection = get_object_or_404(Collection, uid=uid, owner=request.user)
    if collection.role:
        raise Http404  # “watch later” has no name of its own to change
    form = CollectionForm(request.POST or None, instance=collection, owner=request.user)
    if request.method == "POST" and form.is_valid():
        change_collection(collection, **form.cleaned_data)
        return redirect(collection.path)
    return render(request, "works/collection_edit.html", {"form": form, "collection": collection})


@members
@require_POST
def removal(request: HttpRequest, uid: str) -> HttpResponse:
    collection = get_object_or_404(Collection, uid=uid, owner=request.user)
    delete_collection(collection)
    words = _("“%(name)s” is empty now.") if collection.role else _("“%(name)s” was deleted. Its works stay.")
    messages.success(request, words % {"name": collection})
    return redirect("works:my_collections")


@members
@require_POST
def cover(request: HttpRequest, uid: str) -> HttpResponse:
    """The picture of one of its works stands for it; `work` empty: of the first one again."""
    collection = get_object_or_404(Collection, uid=uid, owner=request.user)
    chosen = request.POST.get("work", "")
    item = get_object_or_404(CollectionItem, collection=collection, work__uid=chosen) if chosen else None
    change_collection(collection, cover=item.work if item else None)
    return redirect(collection.path)
