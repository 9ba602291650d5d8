"""What a newsroom promises about its mistakes, and those it has corrected lately."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bouquet.kinds.articles.lists import articles_on
from bouquet.kinds.articles.models import Correction
from bouquet.toolkit.access import public
from bouquet.toolkit.pages import keyset_page


@public
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Of articles that this viewer may find here; the latest first."""
    made = Correction.objects.filter(page__article__in=articles_on(request).values("pk"))
    page = keyset_page(made.select_related("page__article__site"), request, size=30, by=("-at", "-pk"))
    return render(request, "articles/corrections.html", {"page": page})
