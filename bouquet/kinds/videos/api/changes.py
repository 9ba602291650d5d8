"""What a PATCH asks for, as `actions.change_video` takes it; what is not possible is a 422 that says why."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema

from bouquet.kinds.videos.models import Video
from bouquet.kinds.videos.replies import CannotAnswer, answering, film_named
from bouquet.kinds.videos.studio import sites_for
from bouquet.shared.network.models import Site
from bouquet.shared.works import actions as works
from bouquet.shared.works.models import LICENCES, offered_categories
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.api import Anyone, Problem
from bouquet.toolkit.countries import country_choices

router = Router()


class Named(Schema):
    code: str
    name: str
    url: str = ""


@router.get("/categories", auth=Anyone, response=list[Named], summary="What videos can be about")
def categories(request: HttpRequest) -> Any:
    return [{"code": slug, "name": name} for slug, name in offered_categories()]


@router.get("/licences", auth=Anyone, response=list[Named], summary="The licences that a video can have")
def licences(request: HttpRequest) -> Any:
    return [{"code": each.code, "name": str(each.name), "url": each.url} for each in LICENCES.values()]


def changed_fields(request: HttpRequest, video: Video, asked: dict[str, Any]) -> dict[str, Any]:
    """Null means "leave it", but for `publish_at`, where it means "as soon as it plays"."""
    given = {name: value for name, value in asked.items() if value is not None or name == "publish_at"}
    if "description" in given:
        given["summary"] = given.pop("description")
    if given.get("category") and given["category"] not in {video.category, *dict(offered_categories())}:
        raise _wrong(_("There is no such category: see GET /api/v1/categories."))
    if given.get("licence") and given["licence"] not in {video.licence, *LICENCES}:
        raise _wrong(_("There is no such licence: see GET /api/v1/licences."))
    if "embed_hosts" in given:
        _check_hosts(given["embed_hosts"])
    if "publish_at" in given:
        _check_hour(video, given["publish_at"])
    if "translations" in given:
        given["translations"] = {
            code: {"title": texts.get("title", ""), "summary": texts.get("description", "")}
            for code, texts in given["translations"].items()
        }
    if "also_on" in given:
        given["also_on"] = _sites(request, video, given["also_on"])
    if "reply_to" in given:
        given |= _answering(request, video, given.pop("reply_to"))
    if "windows" in given:
        given["windows"] = [_window(window) for window in given["windows"]]
    return given


def _check_hosts(text: str) -> None:
    try:
        Video._meta.get_field("embed_hosts").run_validators(text)  # type: ignore[union-attr]
    except ValidationError as error:
        raise _wrong(" ".join(error.messages)) from None


def _answering(request: HttpRequest, video: Video, named: str) -> dict[str, Any]:
    try:
        return answering(film_named(named, Viewer.of(request)), request.user, video=video)
    except CannotAnswer as refusal:
        raise _wrong(str(refusal)) from None


def _check_hour(video: Video, moment: Any) -> None:
    if video.state not in (Video.State.DRAFT, Video.State.SCHEDULED):
        raise _wrong(_("It is published already."))
    if moment is not None and (timezone.is_naive(moment) or moment <= timezone.now()):
        raise _wrong(_("Publish at a moment to come, with its time zone."))


def _sites(request: HttpRequest, video: Video, slugs: list[str]) -> list[Site]:
    """Those where the caller may publish, and those that list it already."""
    known = {site.slug: site for site in [*sites_for(request.user), *video.also_on.all()]}
    away = set(works.sites_that_turned_away(video))
    if unknown := [slug for slug in slugs if slug not in known or known[slug].pk in away]:
        raise _wrong(_("You cannot publish films on “%(name)s”.") % {"name": unknown[0]})
    return [known[slug] for slug in slugs]


def _window(asked: dict[str, Any]) -> works.Window:
    places = tuple(sorted({place.upper() for place in asked.get("territories", [])}))
    if set(places) - dict(country_choices()).keys() or "" in places:
        raise _wrong(_("Name countries by their two letters (ISO 3166), like FR."))
    opens, closes = asked.get("opens_at"), asked.get("closes_at")
    if any(moment is not None and timezone.is_naive(moment) for moment in (opens, closes)):
        raise _wrong(_("Say the time zone of each moment."))
    if opens and closes and closes <= opens:
        raise _wrong(_("The end comes after the beginning."))
    return works.Window(places, asked.get("excluded", False), opens, closes)


def _wrong(sentence: str) -> Problem:
    return Problem(422, _("Some values are not valid"), sentence)
