"""/admin/article-imports/: ask for an import, see what would come, start it, follow it; its report."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from bouquet.kinds.articles.moving import actions
from bouquet.kinds.articles.moving.forms import ArticleImportForm
from bouquet.kinds.articles.moving.models import ArticleImport, ImportedPost
from bouquet.kinds.articles.moving.report import comments_in, numbers_of, report_lines, share_of
from bouquet.shared.network.models import Site
from bouquet.shared.network.permissions import sites_edited_by
from bouquet.toolkit.access import editors
from bouquet.toolkit.pages import keyset_page


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Those of the sites one edits, the latest first; and the form for a new one."""
    sites = newsrooms_of(request)
    form = ArticleImportForm(request.POST or None, request.FILES or None, sites=sites)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        file = said.pop("file")
        address = file.name if file else said.pop("address")
        said.pop("address", None)
        try:
            job = actions.add_import(
                person=request.user,  # type: ignore[arg-type]
                file=file or None,
                address=address,
                language=get_language() or "",
                **said,
            )
            return redirect(job.path)
        except actions.ImportRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
    rows = ArticleImport.objects.filter(site__in=sites).select_related("site")
    context = {"form": form, "page": keyset_page(rows, request, size=30, by=("-pk",))}
    return render(request, "articles/moving/desk.html", context, status=422 if form.errors else 200)


@editors
@require_safe
def one(request: HttpRequest, uid: str) -> HttpResponse:
    job = _mine(request, uid)
    state = request.GET.get("state", "")
    rows = job.posts.select_related("page__article__site")
    if state in ImportedPost.State.values:
        rows = rows.filter(state=state)
    numbers = numbers_of(job)
    labels = dict(ImportedPost.State.choices)
    context: dict[str, Any] = {
        "job": job,
        "numbers": numbers,
        "comments": comments_in(job),
        "shelves": [(name, labels[name], number) for name, number in numbers.items()],
        "state": state,
        "percent": round(share_of(numbers) * 100),
        "page": keyset_page(rows, request, size=50, by=("pk",)),
        "passed_over": sorted(job.passed_over.items()),
    }
    response = render(request, "articles/moving/one.html", context)
    if job.is_alive:
        response["Refresh"] = "4"
    return response


@editors
@require_POST
def start(request: HttpRequest, uid: str) -> HttpResponse:
    return _do(request, uid, actions.start_import)


@editors
@require_POST
def cancellation(request: HttpRequest, uid: str) -> HttpResponse:
    return _do(request, uid, actions.cancel_import)


@editors
@require_POST
def retry(request: HttpRequest, uid: str) -> HttpResponse:
    return _do(request, uid, actions.retry_failed)


@editors
@require_safe
def report(request: HttpRequest, uid: str) -> StreamingHttpResponse:
    job = _mine(request, uid)
    response = StreamingHttpResponse(report_lines(job), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{job.uid}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def newsrooms_of(request: HttpRequest) -> QuerySet[Site]:
    """The sites with articles where this person may publish: an import publishes. Who edits none has no such page."""
    person: Any = request.user
    sites = sites_edited_by(person)
    if not person.is_superuser:
        sites = sites.filter(moderators__in=person.groups.all())
    found = sites.filter(pk__in=[site.pk for site in sites if site.has_kind("articles")])
    if not found:
        raise PermissionDenied
    return found


def _mine(request: HttpRequest, uid: str) -> ArticleImport:
    jobs = ArticleImport.objects.select_related("site").filter(site__in=newsrooms_of(request))
    return get_object_or_404(jobs, uid=uid)


def _do(request: HttpRequest, uid: str, verb: Any) -> HttpResponse:
    job = _mine(request, uid)
    try:
        verb(job)
    except actions.ImportRefused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("Done."))
    return redirect(job.path)
