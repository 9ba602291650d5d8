"""Numbers of channels and sites through the API. (A kind brings those of its works: `GET /videos/{id}/numbers`.)"""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from bouquet.shared.audience.numbers import Numbers, numbers_of_channel, numbers_of_site
from bouquet.shared.audience.permissions import may_read_channel, may_read_site
from bouquet.shared.network.models import Site
from bouquet.shared.works.models import Channel
from bouquet.toolkit.api import Members

router = Router(tags=["numbers"])
Days = Literal["7", "28", "90", "365"]


@router.get(
    "/channels/{slug}/numbers", auth=Members, response=Numbers, summary="Numbers of a channel, for who looks after it"
)
def of_channel(request: HttpRequest, slug: str, days: Days = "28") -> Any:
    """404 for others. `visitors` are the visitors of each day, added up."""
    channel = get_object_or_404(Channel.objects.select_related("site"), slug=slug)
    if not may_read_channel(request.user, channel):
        raise Http404
    return numbers_of_channel(channel, int(days))


@router.get("/sites/{slug}/numbers", auth=Members, response=Numbers, summary="Numbers of a site, for its editors")
def of_site(request: HttpRequest, slug: str, days: Days = "28") -> Any:
    """404 for others. `visitors` are the visitors of each day, added up."""
    site = get_object_or_404(Site, slug=slug)
    if not may_read_site(request.user, site):
        raise Http404
    return numbers_of_site(site, int(days))
