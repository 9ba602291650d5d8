"""Pictures dropped on the text of an article, on the desk: the questions that each needs answered, and the files.

static/articles/picture_drop.js asks here and puts the blocks in their place. What may be kept, and how it is cleaned,
says the one form for pictures of the desk (network/picture_forms.py).
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from wagtail.images.forms import get_image_form
from wagtail.images.permissions import permission_policy

from bouquet.shared.network.models import Picture
from bouquet.toolkit.access import editors

OF_ALL, OF_EACH = ("credit", "licence", "collection"), ("description",)


@editors
@require_http_methods(["GET", "POST"])
def dropped_pictures(request: HttpRequest) -> HttpResponse:
    """GET: the questions. POST: one picture with its answers; gives where a block's chooser learns what it shows."""
    if not permission_policy.user_has_permission(request.user, "add"):
        raise PermissionDenied
    form = _form(request)
    if request.method == "GET":
        context = {"of_all": [form[name] for name in OF_ALL if name in form.fields], "of_each": form["description"]}
        return render(request, "articles/dropped_pictures.html", context)
    if not form.is_valid():
        wrong = [f"{form[name].label}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()]
        return JsonResponse({"detail": " ".join(wrong)}, status=422)
    picture = form.save()
    return JsonResponse({"chosen": reverse("wagtailimages_chooser:chosen", args=[picture.pk])}, status=201)


def _form(request: HttpRequest) -> Any:
    """Without a licence, or what it shows, an article could not be published with it."""
    person: Any = request.user
    given: Any = None
    if request.method == "POST":
        given = request.POST.copy()
        file = request.FILES.get("file")
        given["title"] = PurePath(getattr(file, "name", None) or "").stem[:255] or "-"
    form = get_image_form(Picture)(given, request.FILES or None, user=person, instance=Picture(uploaded_by_user=person))
    form.fields["licence"].required = True
    if "collection" in form.fields:  # who edits several sites: the folder of the one whose desk this is
        site: Any = getattr(request, "site", None)
        form.initial["collection"] = site and site.collection_id
    return form
