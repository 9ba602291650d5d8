"""The first page of the desk: the sites one looks after, and what needs somebody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from bouquet.shared.network.kinds import all_kinds
from bouquet.shared.network.models import Network, Site
from bouquet.shared.network.permissions import sites_edited_by


class SitesPanel(Component):
    name = "bouquet_sites"
    order = 10
    template_name = "network/desk/sites_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        person = (parent_context or {})["request"].user
        sites = list(sites_edited_by(person).in_order().select_related("brand", "wagtail_site__root_page"))
        return {
            "sites": sites,
            "needs": list(needs_of(sites, person)),
            "may_add": person.has_perm("network.add_site"),
        }


def needs_of(sites: list[Site], person: Any) -> list[dict[str, str]]:
    """What is not as it should be, in a sentence, with the page where it is mended (for who may mend it)."""
    needs = []
    if person.has_perm("network.change_network"):
        needs += _needs_of_network(Network.current())
    for site in sites:
        if site.wagtail_site is None:
            needs.append(_need(_("%(site)s has no front page: save it once more.") % {"site": site}, site))
        elif site.wagtail_site.root_page.has_unpublished_changes:
            url = reverse("wagtailadmin_pages:edit", args=[site.wagtail_site.root_page_id])
            text = _("The front page of %(site)s has changes that are not published.") % {"site": site}
            needs.append({"text": text, "url": url})
        if not site.is_main and not site.kinds and all_kinds():
            needs.append(_need(_("%(site)s offers nothing yet: switch a kind on.") % {"site": site}, site))
        if not site.is_open:
            needs.append(_need(_("%(site)s is closed to readers.") % {"site": site}, site))
    return needs


def _needs_of_network(network: Network) -> list[dict[str, str]]:
    url = reverse("bouquet_network:edit", args=[network.pk])
    wanted = {
        "publisher": _("The legal notice names no publisher."),
        "director": _("The legal notice names no director of publication."),
        "host_provider": _("The legal notice names no hosting provider."),
        "contact": _("The legal notice gives no address to write to."),
    }
    return [{"text": text, "url": url} for field, text in wanted.items() if not getattr(network, field)]


def _need(text: str, site: Site) -> dict[str, str]:
    return {"text": text, "url": reverse("bouquet_sites:edit", args=[site.pk])}
