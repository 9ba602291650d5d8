"""/admin/articles/<page>/live/: what happens, written down and out at once; who publishes the article may."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from bouquet.kinds.articles.live.actions import add_entry, amend_entry, end_live, remove_entry
from bouquet.kinds.articles.live.forms import AmendedForm, EntryForm
from bouquet.kinds.articles.live.reading import in_order, is_going_on
from bouquet.kinds.articles.models import ArticlePage, Form
from bouquet.toolkit.access import editors


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def entries(request: HttpRequest, page_id: int) -> HttpResponse:
    page, person = _find(request, page_id)
    form = EntryForm(request.POST if request.method == "POST" else None, initial={"name": uuid.uuid4()})
    if form.is_valid():
        said = form.cleaned_data
        add_entry(page, str(said.pop("name")), by=person, **said)
        messages.success(request, _("It is out."))
        return redirect("article_live", page.pk)
    found = in_order(block for block in page.body if block.block_type == "entry")
    context = {"article": page, "form": form, "entries": found, "is_going_on": is_going_on(found)}
    return render(request, "articles/live/desk.html", context)


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, page_id: int, name: uuid.UUID) -> HttpResponse:
    page, person = _find(request, page_id)
    entry = next((block for block in page.body if block.block_type == "entry" and block.id == str(name)), None)
    if entry is None:
        raise Http404
    was = {key: entry.value[key] for key in ("title", "corrected", "pinned")} | {"text": entry.value["text"].source}
    form = AmendedForm(request.POST if request.method == "POST" else None, initial=was | {"name": name})
    if form.is_valid():
        said = form.cleaned_data
        said.pop("name")
        amend_entry(page, str(name), by=person, **said)
        messages.success(request, _("The entry is changed."))
        return redirect("article_live", page.pk)
    return render(request, "articles/live/desk_one.html", {"article": page, "form": form, "entry": entry})


@editors
@require_POST
def pin(request: HttpRequest, page_id: int, name: uuid.UUID) -> HttpResponse:
    page, person = _find(request, page_id)
    amend_entry(page, str(name), by=person, pinned=request.POST.get("pinned") == "yes")
    return redirect("article_live", page.pk)


@editors
@require_POST
def removal(request: HttpRequest, page_id: int, name: uuid.UUID) -> HttpResponse:
    page, person = _find(request, page_id)
    remove_entry(page, str(name), by=person)
    messages.success(request, _("The entry is taken out."))
    return redirect("article_live", page.pk)


@editors
@require_POST
def end(request: HttpRequest, page_id: int) -> HttpResponse:
    page, person = _find(request, page_id)
    over = request.POST.get("over") == "yes"
    end_live(page, over=over, by=person)
    messages.success(request, _("Readers are told that it is over.") if over else _("The live goes on."))
    return redirect("article_live", page.pk)


def _find(request: HttpRequest, page_id: int) -> tuple[ArticlePage, Any]:
    """A live article that readers have, whose entries this person may put out."""
    page = get_object_or_404(ArticlePage, pk=page_id, form=Form.LIVE, live=True)
    person: Any = request.user
    may = page.permissions_for_user(person)
    if not may.can_publish() or may.page_locked():
        raise PermissionDenied
    return page, person
