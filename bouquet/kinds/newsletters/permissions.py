"""Which lists and issues somebody may look after: those of the sites they edit. What the public sees."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from bouquet.kinds.newsletters.models import Issue, Newsletter
from bouquet.shared.network.models import Site
from bouquet.shared.network.permissions import sites_edited_by


def edited_sites(request: HttpRequest) -> QuerySet[Site]:
    """Of newsletters' sites only. Raises PermissionDenied for who edits none at all."""
    sites = sites_edited_by(request.user)
    if not sites.exists():
        raise PermissionDenied
    return sites


def edited_newsletters(request: HttpRequest) -> QuerySet[Newsletter]:
    return Newsletter.objects.filter(site__in=edited_sites(request)).select_related("site", "site__brand")


def edited_issue(request: HttpRequest, uid: str) -> Issue:
    found = Issue.objects.filter(newsletter__site__in=edited_sites(request), uid=uid)
    issue = found.select_related("newsletter__site__brand", "checked_by").first()
    if issue is None:
        raise Http404
    return issue


def shown_newsletters(site: Any) -> QuerySet[Newsletter]:
    """What readers find on this site: lists that are open, or have been."""
    return Newsletter.objects.filter(site=site).select_related("site").order_by("name")


def sent_issues(newsletter: Newsletter) -> QuerySet[Issue]:
    return newsletter.issues.filter(state=Issue.State.SENT)
