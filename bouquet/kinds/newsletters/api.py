"""Newsletters through the API: the lists, what they sent, and a wish to subscribe, confirmed by mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from bouquet.kinds.newsletters.actions import subscribe
from bouquet.kinds.newsletters.archive import titles_of, works_in
from bouquet.kinds.newsletters.models import Issue, Newsletter
from bouquet.kinds.newsletters.pace import may_ask
from bouquet.kinds.newsletters.permissions import sent_issues
from bouquet.kinds.newsletters.promise import promise
from bouquet.shared.works.permissions import Viewer
from bouquet.toolkit.access import public
from bouquet.toolkit.api import Anyone, Problem
from bouquet.toolkit.pages import keyset_page

router = Router(tags=["newsletters"])
NEWEST = ("-ended_at", "-pk")


class NewslettersIn(Schema):
    site: str = Field("", max_length=60, pattern=r"^[\w-]*$", description="Slug of a site; empty: the whole network.")


class NewsletterOut(Schema):
    id: str = Field(alias="uid")
    name: str
    about: str
    site: str = Field(description="Slug of its site.")
    language: str
    rhythm: str = Field(description="When it goes out, in words; empty where no clock drafts it.")
    is_open: bool = Field(description="Whether one can subscribe.")
    url: str = Field(alias="address")

    @staticmethod
    def resolve_site(letter: Newsletter) -> str:
        return letter.site.slug


class NewslettersOut(Schema):
    newsletters: list[NewsletterOut]


class IssuesIn(Schema):
    cursor: str = Field("", max_length=500, description="`next_cursor` of the page before.")
    limit: int = Field(24, ge=1, le=100)


class IssueLine(Schema):
    id: str = Field(alias="uid")
    number: int
    subject: str
    sent_at: datetime = Field(alias="ended_at")
    url: str = Field(alias="address")
    titles: list[str] = Field(description="Of the works in it that this caller may find.")


class IssuesOut(Schema):
    issues: list[IssueLine]
    next_cursor: str | None = Field(description="Null on the last page.")


class ItemOut(Schema):
    work: str = Field(description="Id of the work.")
    title: str
    summary: str
    written_by_machine: bool
    url: str


class IssueOut(IssueLine):
    intro: str
    verified_by: str = Field(alias="checked_name", description="The person who verified it before it went out.")
    items: list[ItemOut]


class WishIn(Schema):
    address: str = Field(max_length=254, description="Gets a mail with a link that confirms the wish.")


class WishOut(Schema):
    detail: str = Field(description="The same for every address.")
    agreed: str = Field(description="What one agrees to: show it beside the field.")


def _open() -> Any:
    """Of sites that are open and have newsletters."""
    letters = Newsletter.objects.filter(site__is_open=True).select_related("site").order_by("site__position", "name")
    return letters


@router.get(
    "/newsletters", response=NewslettersOut, auth=Anyone, summary="The newsletters of the network, or of a site"
)
@public
def list_newsletters(request: HttpRequest, asked: Query[NewslettersIn]) -> Any:
    letters = _open().filter(site__slug=asked.site) if asked.site else _open()
    return {"newsletters": [each for each in letters[:200] if each.site.has_kind("newsletters")]}


@router.get("/newsletters/{uid}/issues", response=IssuesOut, auth=Anyone, summary="What a newsletter has sent")
@public
def list_issues(request: HttpRequest, uid: str, asked: Query[IssuesIn]) -> Any:
    letter = _letter(uid)
    page = keyset_page(sent_issues(letter), asked.cursor, asked.limit, by=NEWEST)
    titles = titles_of(page.rows, Viewer.of(request))
    for each in page.rows:
        each.newsletter, each.titles = letter, titles[each.pk]
    return {"issues": page.rows, "next_cursor": page.next_cursor}


@router.get("/newsletter-issues/{uid}", response=IssueOut, auth=Anyone, summary="One issue that was sent")
@public
def show_issue(request: HttpRequest, uid: str) -> Any:
    issue: Any = get_object_or_404(
        Issue.objects.filter(state=Issue.State.SENT, newsletter__site__is_open=True).select_related("newsletter__site"),
        uid=_word(uid),
    )
    kept = works_in(issue, Viewer.of(request))
    lines = [
        {
            "work": each.work.uid, "title": each.item.title, "summary": each.item.summary,
            "written_by_machine": bool(each.item.machine), "url": each.work.address,
        }
        for each in kept
    ]  # fmt: skip
    return {
        **{name: getattr(issue, name) for name in ("uid", "number", "subject", "ended_at", "address", "intro")},
        "checked_name": issue.checked_name,
        "titles": [line["title"] for line in lines],
        "items": lines,
    }


@router.post("/newsletters/{uid}/subscriptions", response={202: WishOut}, auth=Anyone, summary="Ask for a newsletter")
@public
def ask_for_newsletter(request: HttpRequest, uid: str, wish: WishIn) -> Any:
    """202 for every address that is one; 429 where too many wishes come from one place."""
    letter = _letter(uid)
    if not letter.is_open:
        raise Problem(409, _("Closed"), _("Nobody can subscribe to it at the moment."))
    try:
        validate_email(wish.address.strip())
    except ValidationError:
        raise Problem(422, _("This is no e-mail address")) from None
    if not may_ask(request, letter):
        raise Problem(429, _("Too often"), _("Many addresses were entered from your connection. Try again in an hour."))
    subscribe(letter, wish.address, shown=promise(letter), source="api")
    said = _("If this address can get it, a mail to confirm is on its way.")
    return 202, {"detail": said, "agreed": promise(letter)}


def _letter(uid: str) -> Newsletter:
    return get_object_or_404(_open(), uid=_word(uid))


def _word(uid: str) -> str:
    return uid if uid.isascii() and uid.isalnum() else ""
