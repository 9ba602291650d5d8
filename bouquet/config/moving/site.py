"""A site into a parcel, and a parcel into a new site. Into a new one only: nothing that stands is ever overwritten."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bouquet.config.moving.carriers import Inward, Outward
from bouquet.shared.fronts.carrying import fields_of, set_fields
from bouquet.shared.network.actions import add_site, free_slug
from bouquet.shared.network.kinds import SiteKind, all_kinds
from bouquet.shared.network.models import Brand, HostAlias, NavigationItem, Site
from bouquet.toolkit.parcel import ParcelReader, ParcelRefused, ParcelWriter

HERE = frozenset({"uid", "slug", "host", "is_main", "has_guests", "updated_at", "position"})
FRONT = frozenset({"slug", "first_published_at", "last_published_at"})
BRAND = frozenset({"name", "updated_at"})


def export_site(site: Site, path: Path) -> dict[str, Any]:
    """Gives what is in it, by the name of its sort. The file appears when it is whole."""
    about = {"host": site.host, "name": site.name, "language": site.language}
    with ParcelWriter(path, about) as parcel, translation.override(site.language):
        movers = _movers(site)
        names = {pk: name for mover in movers for pk, name in mover.names_of(site).items()} or _front_alone(site)
        carrier = Outward(parcel, names)
        told = fields_of(site, carrier, leave=HERE)
        told["slug"] = site.slug
        told["menu"] = [{"label": item.label, "target": item.target} for item in site.navigation.all()]
        told["other_hosts"] = sorted(site.aliases.values_list("host", flat=True))
        parcel.put("site.json", told)
        parcel.put("brand.json", {"name": site.brand.name} | fields_of(site.brand, carrier, leave=BRAND))
        if front := _front(site):
            parcel.put("front.json", fields_of(front, carrier, leave=FRONT))
        numbers: dict[str, Any] = {}
        for mover in movers:
            numbers |= mover.take_out(site, parcel, carrier)
        parcel.put("pictures.json", carrier.facts)
        parcel.about |= {"numbers": numbers | {"pictures": len(carrier.facts)}, "missing_pictures": carrier.missing}
    return parcel.about


def import_site(path: Path, *, host: str = "", slug: str = "") -> tuple[Site, list[str]]:
    """The new site, and what could not come: sentences. All of it, or nothing.

    Raises ParcelRefused, and ValidationError where the host name is taken or none.
    """
    with ParcelReader(path) as parcel:
        said, looks = parcel.get("site.json"), parcel.get("brand.json", {})
        if not isinstance(said, dict) or not isinstance(looks, dict) or not isinstance(said.get("name"), str):
            raise ParcelRefused(_("This parcel does not say what its site is."))
        files: list[Any] = []
        try:
            with transaction.atomic():
                return _bring_in(parcel, said, looks, host or str(parcel.manifest.get("host") or ""), slug, files)
        except Exception:
            for file in files:
                file.storage.delete(file.name)
            raise


def _bring_in(
    parcel: ParcelReader, said: dict[str, Any], looks: dict[str, Any], host: str, slug: str, files: list[Any]
) -> tuple[Site, list[str]]:
    known = {kind.slug for kind in all_kinds()}
    wanted = [kind for kind in said.get("kinds") or [] if isinstance(kind, str)]
    site = add_site(
        host=host,
        name=said["name"][:60],
        slug=slug or _slug(said),
        language=str(said.get("language") or "fr"),
        territory=str(said.get("territory") or "FR"),
        kinds=[kind for kind in wanted if kind in known],
    )
    carrier = Inward(parcel, site)
    carrier.files = files
    site.brand = _brand(looks, carrier)
    set_fields(site, said | {"kinds": site.kinds}, carrier, leave=HERE)
    site.full_clean(exclude=["brand"])
    site.save()
    notes = [_("This installation has no “%(kind)s”.") % {"kind": kind} for kind in wanted if kind not in known]
    notes += _hosts_and_menu(site, said)
    for mover in _movers(site):
        notes += mover.bring_in(site, parcel, carrier)
    _bring_front(site, parcel, carrier)
    return site, [*notes, *carrier.notes]


def _brand(looks: dict[str, Any], carrier: Inward) -> Brand:
    """The one that was made with the site looks as the parcel says; by its name there, where that is free here."""
    brand = carrier.site.brand
    name = str(looks.get("name") or "")[:60]
    if name and not Brand.objects.filter(name=name).exists():
        brand.name = name
    set_fields(brand, looks, carrier, leave=BRAND)
    brand.full_clean()
    brand.save()
    return brand


def _hosts_and_menu(site: Site, said: dict[str, Any]) -> list[str]:
    notes = []
    for host in _of(said, "other_hosts", str):
        alias = HostAlias(site=site, host=host)
        try:
            alias.full_clean()
            alias.save()
        except ValidationError:
            notes.append(_("The other host name %(host)s is in use here: left out.") % {"host": host[:120]})
    for place, each in enumerate(_of(said, "menu", dict)):
        item = NavigationItem(site=site, label=str(each.get("label"))[:40], target=str(each.get("target"))[:300])
        item.position = place
        try:
            item.full_clean()
            item.save()
        except ValidationError:
            notes.append(_("A line of the menu leads nowhere: left out."))
    return notes


def _bring_front(site: Site, parcel: ParcelReader, carrier: Inward) -> None:
    front, said = _front(site), parcel.get("front.json")
    if front is None or not isinstance(said, dict):
        return
    set_fields(front, said, carrier, leave=FRONT)
    front.save_revision().publish(skip_permission_checks=True)


def _front(site: Site) -> Any:
    return site.wagtail_site.root_page.specific if site.wagtail_site else None


def _front_alone(site: Site) -> dict[int, str]:
    return {site.wagtail_site.root_page_id: "front"} if site.wagtail_site else {}


def _movers(site: Site) -> list[Any]:
    kinds: list[SiteKind] = [kind for kind in all_kinds() if kind.moves and site.has_kind(kind.slug)]
    return [import_module(kind.moves) for kind in kinds]


def _slug(said: dict[str, Any]) -> str:
    slug = str(said.get("slug") or "")
    return free_slug(slug) if slug else free_slug(said["name"])


def _of(said: dict[str, Any], name: str, sort: type) -> list[Any]:
    values = said.get(name)
    return [value for value in values if isinstance(value, sort)] if isinstance(values, list) else []
