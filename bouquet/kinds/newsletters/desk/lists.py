"""Lists on the desk: all of one's sites', one with its issues, its recipe."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from bouquet.kinds.newsletters.actions import NotNow, change_newsletter, draft_issue
from bouquet.kinds.newsletters.clock import next_due
from bouquet.kinds.newsletters.forms import NewsletterForm
from bouquet.kinds.newsletters.models import Issue, Newsletter
from bouquet.kinds.newsletters.permissions import edited_newsletters, edited_sites
from bouquet.toolkit.access import editors
from bouquet.toolkit.pages import keyset_page


@editors
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    found = edited_newsletters(request).annotate(
        readers=Count("subscriptions", filter=Q(subscriptions__state="active"), distinct=True)
    )
    letters = list(found.order_by("site__position", "name")[:200])
    waiting = Issue.objects.filter(newsletter__in=letters, state=Issue.State.DRAFT).select_related("newsletter__site")
    now = timezone.now()
    rows = [(each, next_due(each, now) if each.is_running else None) for each in letters]
    context = {"rows": rows, "waiting": waiting.order_by("due_at", "-pk")[:50]}
    return render(request, "newsletters/desk/lists.html", context)


@editors
@require_safe
def one(request: HttpRequest, uid: str) -> HttpResponse:
    letter = get_object_or_404(edited_newsletters(request), uid=uid)
    page = keyset_page(letter.issues.all(), request, size=30, by=("-pk",))
    counts = dict(letter.subscriptions.order_by().values_list("state").annotate(n=Count("pk")))
    due = next_due(letter, timezone.now()) if letter.is_running else None
    context = {"letter": letter, "page": page, "counts": counts, "due": due}
    return render(request, "newsletters/desk/one.html", context)


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def recipe(request: HttpRequest, uid: str = "") -> HttpResponse:
    """A new list, or another recipe for one."""
    sites = edited_sites(request)
    letter = get_object_or_404(edited_newsletters(request), uid=uid) if uid else None
    form = NewsletterForm(request.POST or None, instance=letter or Newsletter(), sites=sites)
    if request.method == "POST" and form.is_valid():
        letter = change_newsletter(form.save(commit=False))
        form.save_m2m()
        messages.success(request, _("“%(name)s” is saved.") % {"name": letter.name})
        return redirect("newsletters_list", letter.uid)
    return render(request, "newsletters/desk/recipe.html", {"form": form, "letter": letter})


@editors
@require_POST
def drafting(request: HttpRequest, uid: str) -> HttpResponse:
    letter = get_object_or_404(edited_newsletters(request), uid=uid)
    try:
        issue = draft_issue(letter)
    except NotNow as refusal:
        messages.error(request, str(refusal))
        return redirect("newsletters_list", letter.uid)
    return redirect("newsletters_issue", issue.uid)
