"""GET /api/v1/me: whose token is this?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from bouquet.shared.accounts.models import Person
from bouquet.toolkit.api import Members

router = Router(tags=["account"])


class MeOut(Schema):
    id: str
    name: str
    handle: str
    email: str
    about: str
    language: str
    reads: list[str]
    territory: str
    picture: str

    @staticmethod
    def resolve_id(person: Person) -> str:
        return person.uid

    @staticmethod
    def resolve_picture(person: Person, context: Any) -> str:
        url = person.picture_url(256)
        return context["request"].build_absolute_uri(url) if url else ""


@router.get("/me", auth=Members, response=MeOut, summary="The person whose token this is")
def me(request: HttpRequest) -> Person:
    return request.user
