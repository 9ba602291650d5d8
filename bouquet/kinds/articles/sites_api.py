"""On which other sites an article is shown, through the API: for who edits both."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from bouquet.kinds.articles.models import ArticlePage
from bouquet.kinds.articles.sending import Place, places_for, send_to_sites
from bouquet.toolkit.api import Members, Problem

router = Router(tags=["articles"])


class SitesIn(Schema):
    sites: list[Annotated[str, Field(max_length=120)]] = Field(
        max_length=200, description="Slugs of the other sites that show it; those not named show it no more."
    )


class PlaceOut(Schema):
    site: str = Field(alias="site.slug", description="Slug.")
    name: str = Field(alias="site.name")
    shown: bool = Field(alias="is_shown", description="For a draft: it will be, once published.")
    yours: bool = Field(alias="may_change", description="You edit both sites.")
    turned_away: bool = Field(description="The site's editors wanted it no more.")


@router.get(
    "/articles/{uid}/sites",
    response=list[PlaceOut],
    auth=Members,
    summary="On which other sites an article is shown, and where you may show it",
)
def list_sites(request: HttpRequest, uid: str) -> list[Place]:
    person: Any = request.user
    return places_for(_page(request, uid), person)


@router.put(
    "/articles/{uid}/sites",
    response=list[PlaceOut],
    auth=Members,
    summary="Show an article on these other sites and, of those you edit, on no others",
)
def change_sites(request: HttpRequest, uid: str, wanted: SitesIn) -> list[Place]:
    page, person = _page(request, uid), request.user
    offered = {place.site.slug: place for place in places_for(page, person)}  # type: ignore[arg-type]
    for slug in wanted.sites:
        if slug not in offered or not (offered[slug].may_change or offered[slug].is_shown):
            words = _("“%(site)s” is no other site with articles that you edit.") % {"site": slug}
            raise Problem(422, _("Not there"), words)
    send_to_sites(page, [offered[slug].site for slug in wanted.sites], by=person)  # type: ignore[arg-type]
    return places_for(page, person)  # type: ignore[arg-type]


def _page(request: HttpRequest, uid: str) -> ArticlePage:
    """Who may not edit it does not learn that there is one."""
    page = ArticlePage.objects.filter(uid=uid).first() if uid.isascii() and uid.isalnum() else None
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return page
