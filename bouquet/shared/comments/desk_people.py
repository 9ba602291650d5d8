"""/admin/comments/people/ and /admin/comments/domains/: who may not comment, or not unread, and why."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from bouquet.shared.comments import actions
from bouquet.shared.comments.forms import DomainForm, RestrictionForm
from bouquet.shared.comments.measures import people_at
from bouquet.shared.comments.models import Comment, DomainRule, Restriction
from bouquet.shared.network.permissions import sites_edited_by
from bouquet.toolkit.access import editors
from bouquet.toolkit.pages import keyset_page


@editors
@require_http_methods(["GET", "POST"])
def restricting(request: HttpRequest, uid: str) -> HttpResponse:
    """About the author of one comment: what was said and decided before, and the form."""
    found = Comment.objects.filter(work__site__in=_sites(request)).exclude(author=None).with_company()
    comment = get_object_or_404(found, uid=uid)
    site, person, by = comment.work.site, comment.author, request.user
    if person is None or sites_edited_by(person).filter(pk=site.pk).exists():
        messages.error(request, _("Who looks after the site cannot be restricted there."))
        return redirect("comments_desk")
    form = RestrictionForm(request.POST or None, site=site, whole_network=bool(by.is_superuser))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        where = site if given["where"] == "site" else None
        said = {"reason": given["reason"], "by": by, "site": where}
        actions.restrict_person(person, effect=given["effect"], days=given["days"], **said)
        gone = actions.take_down_all(person, **said) if given["take_down"] else 0
        taken = ngettext("One comment is taken down.", "%(count)s comments are taken down.", gone) % {"count": gone}
        done = _("%(name)s is told, with the reason.") % {"name": person.name}
        messages.success(request, f"{done} {taken}" if gone else done)
        return redirect("comments_people")
    theirs = Comment.objects.filter(author=person, work__site=site)
    counts = {str(Comment.State(state).label): theirs.filter(state=state).count() for state in Comment.State.values}
    former = Restriction.objects.at(site.pk).filter(person=person).select_related("site", "by").order_by("-pk")[:20]
    context = {"comment": comment, "form": form, "counts": counts.items(), "former": former}
    return render(request, "comments/desk_restricting.html", context)


@editors
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    rows = _restrictions(request).in_force().select_related("person", "site", "by")
    return render(request, "comments/desk_people.html", {"page": keyset_page(rows, request, size=50, by=("-pk",))})


@editors
@require_http_methods(["POST"])
def lifting(request: HttpRequest, number: int) -> HttpResponse:
    row = get_object_or_404(_restrictions(request).in_force().select_related("person"), pk=number)
    actions.lift_restriction(row, by=request.user)
    messages.success(request, _("%(name)s may comment as everybody else.") % {"name": row.person.name})
    return redirect("comments_people")


@editors
@require_http_methods(["GET", "POST"])
def domains(request: HttpRequest) -> HttpResponse:
    """A new rule is kept in two steps: first it is shown how many people it is about, then it is kept."""
    given: dict[str, Any] = {"sites": _sites(request), "whole_network": bool(request.user.is_superuser)}
    form = DomainForm(request.POST or None, **given)
    hits = None
    if request.method == "POST" and form.is_valid():
        hits = _hits(form.cleaned_data["domain"])
        if request.POST.get("hits") == str(hits["people"]):
            rule = form.save(commit=False)
            rule.by = request.user
            rule.save()
            messages.success(request, _("The rule is kept."))
            return redirect("comments_domains")
    page = keyset_page(_domain_rules(request).select_related("site", "by"), request, size=50, by=("domain", "pk"))
    return render(request, "comments/desk_domains.html", {"page": page, "form": form, "hits": hits})


@editors
@require_http_methods(["POST"])
def domain_removal(request: HttpRequest, number: int) -> HttpResponse:
    actions.drop_domain_rule(get_object_or_404(_domain_rules(request), pk=number))
    messages.success(request, _("The rule is gone."))
    return redirect("comments_domains")


def _hits(domain: str) -> dict[str, int]:
    people = people_at(domain)
    said = Comment.objects.filter(author__in=people.values("pk"), state=Comment.State.LIVE)
    return {"people": people.count(), "writers": said.values("author").distinct().count(), "comments": said.count()}


def _sites(request: HttpRequest) -> Any:
    sites = sites_edited_by(request.user)
    if not sites.exists():
        raise PermissionDenied
    return sites


def _restrictions(request: HttpRequest) -> Any:
    return Restriction.objects.filter(_mine(request))


def _domain_rules(request: HttpRequest) -> QuerySet[DomainRule]:
    return DomainRule.objects.filter(_mine(request))


def _mine(request: HttpRequest) -> Q:
    """Of the sites one looks after; those of the whole network are for who runs it."""
    own = Q(site__in=_sites(request))
    return own | Q(site=None) if request.user.is_superuser else own
