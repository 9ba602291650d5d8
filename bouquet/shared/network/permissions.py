"""Who may look after which site; on whose pages what is ours may stand."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from bouquet.shared.network.directory import directory_of
from bouquet.shared.network.embedding import Frames, frames_of
from bouquet.shared.network.models import EmbedRule, Site, SiteQuerySet


def sites_edited_by(person: Any) -> SiteQuerySet:
    """The sites whose pages this person may edit: all for who runs the network, else those of their groups."""
    if not person.is_authenticated or not person.is_active:
        return Site.objects.none()
    if person.is_superuser:
        return Site.objects.all()
    groups = groups_of(person)
    if not groups:
        return Site.objects.none()  # nearly everybody: no further query
    return Site.objects.filter(Q(editors__in=groups) | Q(moderators__in=groups)).distinct()


def groups_of(person: Any) -> frozenset[int]:
    """Of the editors' desk; a reader is in none. Asked once for each request, whose own the person is."""
    if not hasattr(person, "_groups_of_desk"):
        person._groups_of_desk = frozenset(person.groups.values_list("pk", flat=True))
    return person._groups_of_desk  # type: ignore[no-any-return]


def can_edit_site(person: Any, site: Site) -> bool:
    return sites_edited_by(person).filter(pk=site.pk).exists()


def other_sites_with(request: HttpRequest, kind: str, site_id: int) -> list[Site]:
    """Open sites that have this kind, but for one; the network's own front shows them all anyway. No query."""
    known = directory_of(request).open_sites
    return [each for each in known if each.pk != site_id and not each.is_main and each.has_kind(kind)]


def frames_for(request: HttpRequest, site: Site, work_rule: EmbedRule) -> Frames:
    """On whose pages something of this site may stand, its own rule the narrowest. No query."""
    known = directory_of(request)
    own = [each.url.partition("://")[2] for each in known.open_sites]
    return frames_of(own, known.network, site, work_rule)
