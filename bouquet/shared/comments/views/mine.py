"""/me/comments/: what was said under my works, what waits for me, and whom I blocked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bouquet.shared.comments.actions import decide_all, unblock_person
from bouquet.shared.comments.models import Block, Comment
from bouquet.shared.comments.panel import Said
from bouquet.shared.comments.phases import words_of
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import members
from bouquet.toolkit.pages import keyset_page

SHELVES = {"waiting": Comment.State.HELD, "published": Comment.State.LIVE, "hidden": Comment.State.HIDDEN}
AT_ONCE = 100


@members
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    shelf = request.GET.get("shelf", "waiting")
    shelf = shelf if shelf in SHELVES else "waiting"
    comments = Comment.objects.of_channels(request.user).filter(state=SHELVES[shelf]).with_company()
    by = ("-pk",) if shelf == "waiting" else ("-created_at", "-pk")
    page = keyset_page(comments, request, size=30, by=by)
    viewer = Viewer.of(request)
    lines = [(Said(row, viewer), [words_of(reason) for reason in row.held_for]) for row in page.rows]
    return render(request, "comments/mine.html", {"page": page, "lines": lines, "tabs": _tabs(shelf), "shelf": shelf})


@members
@require_POST
def decisions(request: HttpRequest) -> HttpResponse:
    """About the chosen ones: `decision` is publish or hide."""
    decision = request.POST.get("decision", "")
    if decision not in ("publish", "hide"):
        raise Http404
    chosen = Comment.objects.of_channels(request.user).filter(uid__in=request.POST.getlist("uid")[:AT_ONCE])
    reason = request.POST.get("reason", "")
    publish = decision == "publish"
    changed = decide_all(chosen.with_company(), by=request.user, publish=publish, reason=reason)
    if not changed:
        messages.error(request, _("Choose at least one comment first."))
    elif publish:
        messages.success(
            request,
            ngettext("One comment is published.", "%(count)s comments are published.", changed) % {"count": changed},
        )
    else:
        messages.success(
            request,
            ngettext("One comment is hidden.", "%(count)s comments are hidden.", changed) % {"count": changed},
        )
    shelf = request.POST.get("shelf", "waiting")
    return HttpResponseRedirect(f"{reverse('comments:mine')}?shelf={shelf if shelf in SHELVES else 'waiting'}")


@members
@require_http_methods(["GET", "HEAD", "POST"])
def blocks(request: HttpRequest) -> HttpResponse:
    """Whom I blocked from my channels; POST lets one of them comment again."""
    blocked = Block.objects.filter(channel__owner=request.user).select_related("person", "channel")
    if request.method == "POST":
        number = request.POST.get("block", "")
        block = get_object_or_404(blocked, pk=number if number.isascii() and number.isdigit() else 0)
        unblock_person(block.channel, block.person)
        messages.success(request, _("%(name)s may comment again.") % {"name": block.person.name})
        return HttpResponseRedirect(reverse("comments:blocks"))
    page = keyset_page(blocked, request, size=50, by=("-pk",))
    return render(request, "comments/blocks.html", {"page": page, "tabs": _tabs("blocks")})


def _tabs(current: str) -> list[tuple[str, str, bool]]:
    mine = reverse("comments:mine")
    return [
        (_("Waiting for me"), f"{mine}?shelf=waiting", current == "waiting"),
        (_("Published"), f"{mine}?shelf=published", current == "published"),
        (_("Hidden"), f"{mine}?shelf=hidden", current == "hidden"),
        (_("Blocked people"), reverse("comments:blocks"), current == "blocks"),
    ]
