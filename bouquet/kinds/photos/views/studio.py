"""What a maker does with an album: put its photos in words and in order, change it, publish it, remove it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bouquet.kinds.photos import actions
from bouquet.kinds.photos.forms import AlbumForm, PhotoForm, PhotosForm, words_given
from bouquet.kinds.photos.models import Album
from bouquet.kinds.photos.permissions import find_own_album, find_photo
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members
from bouquet.toolkit.pages import keyset_page

ROWS = 60


@members
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything one person made, on all sites."""
    albums = Album.objects.filter(author=request.user).select_related("site", "poster", "channel")
    page = keyset_page(albums, request, by=("-created_at", "-pk"))
    return render(request, "photos/mine.html", {"page": page, "albums": page.rows})


@members
@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest, uid: str) -> HttpResponse:
    album = find_own_album(uid, Viewer.of(request))
    page = keyset_page(album.photos.select_related("asset"), request, size=ROWS, by=("position", "pk"))
    for photo in page.rows:
        photo.album = album
    if request.method == "POST":
        for photo, words in words_given(page.rows, request.POST):
            actions.change_photo(photo, by=request.user, **words)
        messages.success(request, _("Your words are kept."))
        return redirect(request.get_full_path())
    context = {
        "album": album,
        "page": page,
        "photos": page.rows,
        "number": album.photos.count(),
        "wordless": album.photos.without_words().count(),
        "waiting": any(not photo.is_shown and photo.asset.state != "failed" for photo in page.rows),
        "photos_form": PhotosForm(),
        "tabs": _tabs(album, "arrange"),
    }
    return render(request, "photos/arrange.html", context)


@members
@require_safe
def states(request: HttpRequest, uid: str) -> HttpResponse:
    """The pictures of rows that a page waits for: `?of=` their ids. A fragment."""
    album = find_own_album(uid, Viewer.of(request))
    asked = request.GET.get("of", "").split(",")[:ROWS]
    photos = album.photos.select_related("asset").filter(uid__in=[each[:16] for each in asked])
    return render(request, "photos/states.html", {"album": album, "photos": photos})


@members
@require_POST
def order(request: HttpRequest, uid: str) -> HttpResponse:
    """`move` before or after another one (drag), `up`, `down`, `cover` or `remove`: the buttons of a row."""
    album = find_own_album(uid, Viewer.of(request))
    given = request.POST
    wish = next((name for name in ("move", "up", "down", "cover", "remove") if given.get(name)), "")
    photo = find_photo(album, given.get(wish, "-"))
    match wish:
        case "move" if given.get("before"):
            actions.move_photo(photo, before=find_photo(album, given["before"]))
        case "move":
            actions.move_photo(photo, steps=actions.MOST_PHOTOS)
        case "up" | "down":
            actions.move_photo(photo, steps=-1 if wish == "up" else 1)
        case "cover":
            actions.choose_cover(album, photo, by=request.user)
            messages.success(request, _("This photo now stands for the album."))
        case "remove":
            actions.remove_photo(photo, by=request.user)
            messages.success(request, _("The photo is removed, with its files."))
    if request.headers.get("x-swap"):
        return HttpResponse(status=204)
    return redirect(f"{reverse('photos:arrange', args=[uid])}#photo-{photo.uid}")


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: str) -> HttpResponse:
    album = find_own_album(uid, Viewer.of(request))
    form = AlbumForm(request.POST or None, instance=album)
    if request.method == "POST" and form.is_valid():
        actions.change_album(find_own_album(uid, Viewer.of(request)), by=request.user, **form.words())
        messages.success(request, _("Your changes are kept."))
        return redirect("photos:edit", uid=uid)
    context = {"album": album, "form": form, "tabs": _tabs(album, "edit")}
    return render(request, "photos/edit.html", context, status=422 if form.errors else 200)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit_photo(request: HttpRequest, uid: str, photo: str) -> HttpResponse:
    album = find_own_album(uid, Viewer.of(request))
    found = find_photo(album, photo)
    form = PhotoForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.change_photo(find_photo(album, photo), by=request.user, **form.words())
        messages.success(request, _("Your changes are kept."))
        return redirect(f"{reverse('photos:arrange', args=[uid])}#photo-{found.uid}")
    context = {"album": album, "photo": found, "form": form}
    return render(request, "photos/edit_photo.html", context, status=422 if form.errors else 200)


@members
@require_POST
def publication(request: HttpRequest, uid: str) -> HttpResponse:
    """`wanted` 1: published; 0: out of sight, nothing lost."""
    album = find_own_album(uid, Viewer.of(request))
    if request.POST.get("wanted") == "0":
        actions.withdraw_album(album, by=request.user)
        messages.success(request, _("The album is out of sight. Nothing of it is lost."))
        return redirect("photos:arrange", uid=uid)
    try:
        actions.publish_album(album, by=request.user)
    except actions.NothingToShow:
        messages.error(request, _("Add at least one photo first."))
        return redirect("photos:arrange", uid=uid)
    messages.success(request, _("The album is published."))
    return redirect(album.path)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, uid: str) -> HttpResponse:
    album = find_own_album(uid, Viewer.of(request))
    if request.method == "POST":
        actions.remove_album(album, by=request.user)
        messages.success(request, _("“%(title)s” is removed, with its photos.") % {"title": album.title})
        return redirect("photos:mine")
    return render(request, "photos/removal.html", {"album": album, "number": album.photos.count()})


def _tabs(album: Album, here: str) -> list[tuple[str, str, bool]]:
    pages = {"arrange": _("Photos"), "edit": _("About the album")}
    return [(label, reverse(f"photos:{name}", args=[album.uid]), name == here) for name, label in pages.items()]
