"""A site into a parcel, and a parcel into a new site. Into a new one only: nothing that stands is ever overwritten."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Count
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bouquet.config.moving.carriers import Inward, Outward
from bouquet.shared.comments.models import HouseRules
from bouquet.shared.fronts.carrying import fields_of, set_fields
from bouquet.shared.network.actions import add_site, free_slug
from bouquet.shared.network.kinds import SiteKind, all_kinds, kind_named
from bouquet.shared.network.models import Brand, HostAlias, NavigationItem, Site
from bouquet.shared.works.actions import one_line
from bouquet.shared.works.models import Work
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
    with ParcelWriter(path, about) as parcel:
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
            for name, number in mover.take_out(site, parcel, carrier).items():
                numbers[name] = numbers.get(name, 0) + number
        parcel.put("pictures.json", carrier.facts)
        carrier.left += _kinds_left(site, movers)
        parcel.about |= {"numbers": numbers | {"pictures": len(carrier.facts)}, "missing_pictures": carrier.missing}
        parcel.about["left_behind"] = carrier.left
    return parcel.about


def import_site(path: Path, *, host: str = "", slug: str = "", with_readers: bool = False) -> tuple[Site, list[str]]:
    """The new site, and what could not come: sentences. All of it, or nothing.

    Raises ParcelRefused, ValidationError where the host name is taken or none, OSError where the disk is full.
    """
    with ParcelReader(path) as parcel:
        said, looks = parcel.get("site.json"), parcel.get("brand.json", {})
        if not isinstance(said, dict) or not isinstance(looks, dict) or not isinstance(said.get("name"), str):
            raise ParcelRefused(_("This parcel does not say what its site is."))
        _check_room(parcel.size)
        undo: list[Callable[[], Any]] = []
        try:
            with transaction.atomic():
                host = host or str(parcel.manifest.get("host") or "")
                site = _new_site(said, host, slug)
                carrier = Inward(parcel, site, with_readers=with_readers)
                carrier.undo = undo
                return site, _all_of(site, parcel, said, looks, carrier)
        except BaseException:
            for take_back in undo:
                take_back()
            raise


def _check_room(size: int) -> None:
    """What it unpacks to, before a byte of it is written."""
    free = shutil.disk_usage(settings.DATA).free - settings.DISK_RESERVE_BYTES
    if size > free:
        raise ParcelRefused(
            _("There is no room for this parcel: it has %(size)s, %(free)s are free beside the reserve.")
            % {"size": filesizeformat(size), "free": filesizeformat(max(0, free))}
        )


def _all_of(
    site: Site, parcel: ParcelReader, said: dict[str, Any], looks: dict[str, Any], carrier: Inward
) -> list[str]:
    """A value that is none, wherever it stands, is a parcel that is none."""
    try:
        return _bring_in(site, parcel, said, looks, carrier)
    except ValidationError as error:
        raise ParcelRefused(_("This parcel has a value that is none: %(error)s") % {"error": error}) from error
    except (IntegrityError, DataError, ValueError) as error:
        raise ParcelRefused(_("This parcel contradicts itself: %(error)s") % {"error": error}) from error


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
    return [*notes, *carrier.notes, *_absent(carrier), *_left_there(parcel)]


def _absent(carrier: Inward) -> list[str]:
    """Films, as a rule: what shows them is here, and their place in it is empty."""
    absent = carrier.absent - set(Work.objects.filter(uid__in=carrier.absent).values_list("uid", flat=True))
    words = ngettext(
        "%(number)d work that texts or newsletters show is not here: its place in them is empty (%(names)s).",
        "%(number)d works that texts or newsletters show are not here: their places in them are empty (%(names)s).",
        len(absent),
    )
    names = ", ".join(sorted(absent)[:20]) + ("…" if len(absent) > 20 else "")
    return [words % {"number": len(absent), "names": names}] if absent else []


def _left_there(parcel: ParcelReader) -> list[str]:
    left = _of(parcel.manifest, "left_behind", str)
    return [_("Where it was made: %(words)s") % {"words": one_line(each)[:300]} for each in left[:50]]


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


def _kinds_left(site: Site, movers: list[Any]) -> list[str]:
    """Works of kinds that do not move, and of kinds that the site has no more."""
    moved = [kind.slug for kind in all_kinds() if kind.moves and import_module(kind.moves) in movers]
    counted = Work.objects.filter(site=site).exclude(kind__in=moved).order_by().values_list("kind")
    left = []
    for slug, number in counted.annotate(number=Count("pk")):
        kind = kind_named(slug)
        words = _("%(kind)s stay behind (%(number)d): where texts show one, their place will be empty.")
        left.append(words % {"kind": kind.label if kind else slug, "number": number})
    return left


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
