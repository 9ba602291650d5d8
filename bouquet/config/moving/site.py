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
from bouquet.shared.comments.models import HouseRules
from bouquet.shared.fronts.carrying import fields_of, set_fields
from bouquet.shared.network.actions import add_site, free_slug
from bouquet.shared.network.kinds import SiteKind, all_kinds
from bouquet.shared.network.models import Brand, HostAlias, NavigationItem, Site
from bouquet.toolkit.parcel import ParcelReader, ParcelRefused, ParcelWriter

HERE = frozenset({"uid", "slug", "host", "is_main", "has_guests", "updated_at", "position"})
FRONT = frozenset({"slug", "first_published_at", "last_published_at"})
RULES = frozenset({"updated_at"})
BRAND = frozenset({"name", "updated_at"})


def export_site(site: Site, path: Path, *, with_readers: bool = False) -> dict[str, Any]:
    """Gives what is in it, by the name of its sort. The file appears when it is whole, and is its owner's alone.

    `with_readers`: addresses of people, too (see commands.py).
    """
    about = {"host": site.host, "name": site.name, "language": site.language}
    with ParcelWriter(path, about) as parcel, translation.override(site.language):
        movers = _movers(site)
        names = {pk: name for mover in movers for pk, name in mover.names_of(site).items()} or _front_alone(site)
        carrier = Outward(parcel, names, with_readers=with_readers)
        told = fields_of(site, carrier, leave=HERE)
        told["slug"] = site.slug
        told["menu"] = [{"label": item.label, "target": item.target} for item in site.navigation.all()]
        told["comment_rules"] = [fields_of(rule, carrier, leave=RULES) for rule in _rules(site).order_by("kind")]
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


def import_site(path: Path, *, host: str = "", slug: str = "", with_readers: bool = False) -> tuple[Site, list[str]]:
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
                host = host or str(parcel.manifest.get("host") or "")
                site = _new_site(said, host, slug)
                carrier = Inward(parcel, site, with_readers=with_readers)
                carrier.files = files
                return site, _bring_in(site, parcel, said, looks, carrier)
        except Exception:
            for file in files:
                file.storage.delete(file.name)
            raise


def _new_site(said: dict[str, Any], host: str, slug: str) -> Site:
    known = {kind.slug for kind in all_kinds()}
    return add_site(
        host=host,
        name=said["name"][:60],
        slug=slug or _slug(said),
        language=str(said.get("language") or "fr"),
        territory=str(said.get("territory") or "FR"),
        kinds=[kind for kind in _of(said, "kinds", str) if kind in known],
    )


def _bring_in(
    site: Site, parcel: ParcelReader, said: dict[str, Any], looks: dict[str, Any], carrier: Inward
) -> list[str]:
    site.brand = _brand(looks, carrier)
    set_fields(site, said | {"kinds": site.kinds}, carrier, leave=HERE)
    site.full_clean(exclude=["brand"])
    site.save()
    unknown = [kind for kind in _of(said, "kinds", str) if kind not in site.kinds]
    notes = [_("This installation has no “%(kind)s”.") % {"kind": kind} for kind in unknown]
    notes += _hosts_and_menu(site, said)
    _rules_in(site, said, carrier)
    for mover in _movers(site):
        notes += mover.bring_in(site, parcel, carrier)
    _bring_front(site, parcel, carrier)
    return [*notes, *carrier.notes]


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


def _rules(site: Site) -> Any:
    return HouseRules.objects.filter(site=site)


def _rules_in(site: Site, said: dict[str, Any], carrier: Inward) -> None:
    for each in _of(said, "comment_rules", dict):
        rule = HouseRules(site=site)
        set_fields(rule, each, carrier, leave=RULES)
        rule.full_clean()
        rule.save()


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
    """What others show comes before them: albums, then articles, then newsletters (`TURN`)."""
    kinds: list[SiteKind] = [kind for kind in all_kinds() if kind.moves and site.has_kind(kind.slug)]
    return sorted((import_module(kind.moves) for kind in kinds), key=lambda mover: mover.TURN)


def _slug(said: dict[str, Any]) -> str:
    slug = str(said.get("slug") or "")
    return free_slug(slug) if slug else free_slug(said["name"])


def _of(said: dict[str, Any], name: str, sort: type) -> list[Any]:
    values = said.get(name)
    return [value for value in values if isinstance(value, sort)] if isinstance(values, list) else []
