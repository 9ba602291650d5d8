"""A person's public page: who they are, their channels, what they published."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from bouquet.shared.accounts.models import Person
from bouquet.shared.works.models import Channel, Collection, Follow, Work, collection_cards
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import public
from bouquet.toolkit.pages import keyset_page


@public
@require_safe
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    viewer = Viewer.of(request)
    person = get_object_or_404(Person.objects.active(), handle=handle)
    works = Work.objects.listed_for(viewer).filter(author=person).cards()
    channels = list(Channel.objects.filter(owner=person).select_related("site", "owner").order_by("-followers", "pk"))
    follows: dict[int, Follow] = {}
    if viewer.person:
        rows = Follow.objects.filter(person=viewer.person, channel__in=channels)
        follows = {row.channel_id: row for row in rows}
    context = {
        "person": person,
        "channels": [(channel, follows.get(channel.pk)) for channel in channels],
        "collections": collection_cards(
            list(Collection.objects.filter(owner=person, visibility="public", role="").order_by("name")[:50]), viewer
        ),
        "page": keyset_page(works, request),
        "is_me": viewer.person == person,
    }
    return render(request, "works/profile.html", context)
