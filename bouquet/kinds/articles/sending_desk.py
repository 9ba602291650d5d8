"""/admin/articles/<page>/sites/: on which other sites of the network an article is shown."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from bouquet.kinds.articles.models import ArticlePage
from bouquet.kinds.articles.sending import places_for, send_to_sites
from bouquet.toolkit.access import editors


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def sites(request: HttpRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(ArticlePage, pk=page_id)
    person: Any = request.user
    if not page.permissions_for_user(person).can_edit():
        raise PermissionDenied
    places = places_for(page, person)
    if request.method == "POST":
        wanted = set(request.POST.getlist("site")[:200])
        shown = send_to_sites(page, [place.site for place in places if place.site.slug in wanted], by=person)
        names = ", ".join(site.name for site in shown)
        if not shown:
            words = _("“%(title)s” is shown on its own site only.") % {"title": page.title}
        elif page.live:
            words = _("“%(title)s” is also shown on: %(names)s.") % {"title": page.title, "names": names}
        else:
            words = _("“%(title)s” will also be shown on: %(names)s.") % {"title": page.title, "names": names}
        messages.success(request, words)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "articles/desk_sites.html", {"article": page, "places": places})
