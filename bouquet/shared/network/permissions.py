"""Who may look after which site."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from bouquet.shared.network.models import Site, SiteQuerySet


def sites_edited_by(person: Any) -> SiteQuerySet:
    """The sites whose pages this person may edit: all for who runs the network, else those of their groups."""
    if not person.is_authenticated or not person.is_active:
        return Site.objects.none()
    if person.is_superuser:
        return Site.objects.all()
    groups = person.groups.all()
    return Site.objects.filter(Q(editors__in=groups) | Q(moderators__in=groups)).distinct()


def can_edit_site(person: Any, site: Site) -> bool:
    return sites_edited_by(person).filter(pk=site.pk).exists()
