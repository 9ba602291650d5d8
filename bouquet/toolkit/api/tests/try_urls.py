"""The network's addresses, and a small API that goes wrong in every way."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import path
from ninja import Query, Router, Schema
from ninja.throttling import AnonRateThrottle

from bouquet.config.urls import urlpatterns as real_ones
from bouquet.toolkit.api import Anyone, Members, Problem, make_api
from bouquet.toolkit.pages import BadCursor

router = Router(tags=["try"])


class Cake(Schema):
    name: str
    layers: int = 1


@router.post("/cakes", auth=Anyone, response={201: Cake})
def bake(request: HttpRequest, cake: Cake) -> Any:
    return 201, cake


@router.get("/mine", auth=Members, response=str)
def mine(request: HttpRequest) -> Any:
    return request.user.name


@router.post("/mine", auth=Members, response=str)
def keep(request: HttpRequest) -> Any:
    return request.user.name


@router.get("/slices/{number}", auth=None, response=int)
def cut(request: HttpRequest, number: int, size: int = Query(1, ge=1)) -> Any:
    return number * size


@router.get("/fail/{how}", auth=None)
def fail(request: HttpRequest, how: str) -> Any:
    raise {
        "missing": Http404(),
        "forbidden": PermissionDenied("Not this cake."),
        "sold": Problem(402, "This costs something", "Two euros.", offers=[{"amount": 200, "currency": "EUR"}]),
        "cursor": BadCursor("This cursor is not one that this list gave."),
        "broken": ZeroDivisionError("secret path /srv/cake"),
    }[how]


@router.get("/often", auth=None, throttle=[AnonRateThrottle("1/h")], response=str)
def often(request: HttpRequest) -> Any:
    return "once"


api = make_api()
api.urls_namespace = "try"
api.add_router("", router)
handler500 = "bouquet.shared.network.views.errors.server_error"
urlpatterns = [path("api/try/", api.urls), *real_ones]
