"""The old places of films lead to the new ones. How they are kept and answered is works' (works/old_addresses.py)."""

from __future__ import annotations

from django.db.models import QuerySet

from bouquet.kinds.videos.imports.models import ImportItem, ImportJob
from bouquet.shared.network.models import HostAlias, Site
from bouquet.shared.network.permissions import can_edit_site
from bouquet.shared.works.actions import keep_addresses, parts_of
from bouquet.shared.works.models import OldAddress


def keep_old_addresses(item: ImportItem) -> None:
    """Twice is once. Who claims a place must have shown that they come from there; editors may claim any."""
    claimed = [(address, False) for address in item.fact("old", [])]
    claimed += [(address, True) for address in item.fact("old_embeds", [])]
    mine = [(address, embed) for address, embed in claimed if _may_claim(item, parts_of(address)[0])]
    keep_addresses(item.came_as, mine)


def addresses_of(job: ImportJob | None = None) -> QuerySet[OldAddress]:
    """Of one import, or of the whole network, in the order of their old names."""
    rows = OldAddress.objects.select_related("work__site").order_by("host", "path")
    return rows.filter(work__video__imported_as__job=job).distinct() if job else rows


def _may_claim(item: ImportItem, host: str) -> bool:
    ours = Site.objects.filter(host=host).exists() or HostAlias.objects.filter(host=host).exists()
    if item.job.person.is_staff or can_edit_site(item.job.person, item.job.site):
        return True
    sources = {_bare(each) for each in (item.address, item.job.address)}
    return not ours and host.removeprefix("www.") in sources


def _bare(address: str) -> str:
    return parts_of(address)[0].removeprefix("www.") or address.rpartition("@")[2].lower()
