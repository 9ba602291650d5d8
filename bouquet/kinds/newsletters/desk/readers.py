"""Readers on the desk: how many, in and out as a table; and the addresses that no list writes to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from bouquet.kinds.newsletters.actions import import_addresses, lift_suppression, note_bounces, readers_as_csv
from bouquet.kinds.newsletters.forms import ImportForm, SuppressForm
from bouquet.kinds.newsletters.models import Suppression
from bouquet.kinds.newsletters.permissions import edited_newsletters, edited_sites
from bouquet.toolkit.access import editors
from bouquet.toolkit.pages import keyset_page


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def importing(request: HttpRequest, uid: str) -> HttpResponse:
    """The report comes at once: who was added, and each line that was not, with why."""
    letter = get_object_or_404(edited_newsletters(request), uid=uid)
    form = ImportForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        report = import_addresses(letter, form.cleaned_data["file"], proof=form.cleaned_data["proof"])
    names = {
        "added": _("added"), "broken": _("no address"), "duplicate": _("twice in the list"),
        "suppressed": _("not written to any more"), "unsubscribed": _("has unsubscribed"),
        "there already": _("there already"),
    }  # fmt: skip
    context = {"letter": letter, "form": form, "report": report}
    if report is not None:
        context["counts"] = [(names[what], number) for what, number in report.counts.most_common()]
        context["lines"] = [(line, address, names[what]) for line, address, what in report.lines]
    return render(request, "newsletters/desk/importing.html", context)


@editors
@require_safe
def table(request: HttpRequest, uid: str) -> StreamingHttpResponse:
    letter = get_object_or_404(edited_newsletters(request), uid=uid)
    answer = StreamingHttpResponse(readers_as_csv(letter), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="readers-{letter.uid}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def suppressed(request: HttpRequest) -> HttpResponse:
    edited_sites(request)
    form = SuppressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note_bounces([form.cleaned_data["address"]], reason=form.cleaned_data["reason"], detail=str(request.user))
        messages.success(request, _("No list writes to it any more."))
        return redirect("newsletters_suppressed")
    rows = Suppression.objects.all()
    if asked := request.GET.get("q", "").strip()[:100]:
        rows = rows.filter(address__icontains=asked)
    page = keyset_page(rows, request, size=50, by=("-at", "-pk"))
    return render(request, "newsletters/desk/suppressed.html", {"page": page, "form": form, "asked": asked})


@editors
@require_POST
def lifting(request: HttpRequest, number: int) -> HttpResponse:
    edited_sites(request)
    lift_suppression(get_object_or_404(Suppression, pk=number))
    messages.success(request, _("It may be written to again, once its owner subscribes anew."))
    return redirect("newsletters_suppressed")
