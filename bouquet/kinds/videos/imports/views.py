"""Imports in the maker's place: ask for one, see what would come, start, follow, pause, give up; its report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bouquet.kinds.videos.imports import actions
from bouquet.kinds.videos.imports.forms import ImportForm
from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.kinds.videos.imports.old_addresses import addresses_of
from bouquet.kinds.videos.imports.report import numbers_of, numbers_of_all, report_lines
from bouquet.shared.accounts.permissions import of_age
from bouquet.shared.assets.permissions import limits_of
from bouquet.shared.works.actions import as_csv, as_nginx
from bouquet.toolkit.access import members
from bouquet.toolkit.pages import keyset_page

SHELF = 50


@members
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """All that I asked for, the latest first."""
    jobs = ImportJob.objects.filter(person=request.user).select_related("channel", "site")
    page = keyset_page(jobs, request, by=("-created_at", "-pk"))
    numbers = numbers_of_all(page.rows)
    rows = [(job, numbers[job.pk]) for job in page.rows]
    return render(request, "videos/imports/list.html", {"page": page, "rows": rows})


@members
@of_age
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        table = said.get("table")
        try:
            job = actions.add_import(
                person=request.user,
                site=request.site,
                source=said["source"],
                address=table.name if table and said["source"] == "csv" else said["address"],
                table=table.read() if table else b"",
                channel=said.get("channel"),
                visibility=said["visibility"],
                repeat=said["repeat"],
                language=get_language() or "",
            )
            return redirect(job.path)
        except actions.ImportRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
    context = {"form": form, "limits": limits_of(request.user)}
    return render(request, "videos/imports/new.html", context, status=422 if form.errors else 200)


@members
@require_safe
def one(request: HttpRequest, uid: str) -> HttpResponse:
    """The dry run or the report, whole or one shelf of it (?state=failed)."""
    job = _own(request, uid)
    shelf = request.GET.get("state", "")
    items = job.items.select_related("video__site", "video__asset", "video__poster")
    if shelf in ImportItem.State.values:
        items = items.filter(state=shelf)
    page = keyset_page(items, request, size=SHELF, by=("pk",))
    return render(request, "videos/imports/one.html", _now(job) | {"page": page, "tabs": _tabs(job, shelf)})


@members
@require_safe
def state(request: HttpRequest, uid: str) -> HttpResponse:
    """How far it is: the part of the page that changes by itself."""
    return render(request, "videos/imports/state.html", _now(_own(request, uid)))


@members
@require_POST
def start(request: HttpRequest, uid: str) -> HttpResponse:
    return _do(request, uid, actions.start_import)


@members
@require_POST
def pause(request: HttpRequest, uid: str) -> HttpResponse:
    return _do(request, uid, actions.pause_import)


@members
@require_POST
def cancellation(request: HttpRequest, uid: str) -> HttpResponse:
    return _do(request, uid, actions.cancel_import)


@members
@require_POST
def retry(request: HttpRequest, uid: str) -> HttpResponse:
    return _do(request, uid, actions.retry_failed)


@members
@require_POST
def look(request: HttpRequest, uid: str) -> HttpResponse:
    return _do(request, uid, actions.look_again)


@members
@require_POST
def repeat(request: HttpRequest, uid: str) -> HttpResponse:
    wanted = request.POST.get("repeat", "")
    job = _own(request, uid)
    if wanted in ImportJob.Repeat.values and job.state != ImportJob.State.CANCELLED:
        actions.set_repeat(job, wanted)
        messages.success(request, _("Your changes are kept."))
    return redirect(job.path)


@members
@require_POST
def left_out(request: HttpRequest, uid: str) -> HttpResponse:
    """One film of the dry run: not wanted, or wanted after all."""
    keys = [int(pk) for pk in request.POST.getlist("item")[:200] if pk.isascii() and pk.isdigit() and len(pk) < 18]
    out = request.POST.get("out", "1") == "1"
    return _do(request, uid, lambda job: actions.leave_out(job, keys, out=out))


@members
@require_safe
def report(request: HttpRequest, uid: str) -> StreamingHttpResponse:
    job = _own(request, uid)
    return _file(report_lines(job), f"import-{job.uid}.csv", "text/csv; charset=utf-8")


@members
@require_safe
def addresses(request: HttpRequest, uid: str, form: str) -> StreamingHttpResponse:
    """Old and new addresses, for the server at the old place."""
    job = _own(request, uid)
    rows = addresses_of(job).iterator(chunk_size=500)
    if form == "nginx":
        return _file(as_nginx(rows), f"moved-{job.uid}.conf", "text/plain; charset=utf-8")
    if form == "csv":
        return _file(as_csv(rows), f"moved-{job.uid}.csv", "text/csv; charset=utf-8")
    raise Http404


def _own(request: HttpRequest, uid: str) -> ImportJob:
    """Mine; another's does not exist. One query."""
    if not uid.isascii() or not uid.isalnum():
        raise Http404
    return get_object_or_404(
        ImportJob.objects.select_related("channel", "site", "person"), uid=uid, person=request.user
    )


def _do(request: HttpRequest, uid: str, verb: Any) -> HttpResponse:
    job = _own(request, uid)
    actions.speak(job, get_language() or "")
    try:
        verb(job)
    except actions.ImportRefused as refusal:
        messages.error(request, refusal.reason)
    return redirect(job.path)


def _now(job: ImportJob) -> dict[str, Any]:
    coming = job.items.filter(state=ImportItem.State.FETCHING).order_by("pk").first() if job.is_alive else None
    return {"job": job, "numbers": numbers_of(job), "coming": coming, "limits": limits_of(job.person)}


def _tabs(job: ImportJob, shelf: str) -> list[tuple[str, str, bool]]:
    """A shelf for each state that some film is in."""
    numbers = numbers_of(job)
    tabs = [(_("All (%(count)s)") % {"count": numbers.all}, job.path, shelf == "")]
    for value, label in ImportItem.State.choices:
        if numbers.count(value) or shelf == value:
            words = ngettext("%(label)s (%(count)s)", "%(label)s (%(count)s)", numbers.count(value))
            text = words % {"label": str(label).capitalize(), "count": numbers.count(value)}
            tabs.append((text, f"{job.path}?state={value}", shelf == value))
    return tabs


def _file(lines: Any, name: str, kind: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
