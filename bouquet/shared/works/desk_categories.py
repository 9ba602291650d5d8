"""/admin/categories/: what makers may say their works are about. Built-in ones may be renamed or withdrawn."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from bouquet.shared.works.forms import CategoryForm
from bouquet.shared.works.models import BUILT_IN, Category, category_name
from bouquet.toolkit.access import editors


@editors
@require_http_methods(["GET", "POST"])
def categories(request: HttpRequest) -> HttpResponse:
    """All of them, and the form for one: a new one, or the one that `?slug=` names."""
    if not request.user.is_superuser:
        raise PermissionDenied
    slug = request.GET.get("slug", "")[:40]
    row = Category.objects.filter(slug=slug).first() or (Category(slug=slug) if slug in BUILT_IN else None)
    form = CategoryForm(request.POST or None, instance=row)
    if slug in BUILT_IN:
        form.fields["slug"].disabled = True
        form.fields["slug"].initial = slug
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The category is kept."))
        return redirect("works_categories")
    rows = {each.slug: each for each in Category.objects.all()}
    listed = [
        (each, category_name(each), each not in rows or rows[each].is_offered, each in BUILT_IN)
        for each in sorted({*BUILT_IN, *rows})
    ]
    context = {"form": form, "listed": listed, "slug": slug}
    return render(request, "works/desk_categories.html", context, status=422 if form.errors else 200)
