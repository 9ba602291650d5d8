"""What people do with the network: add a site, change it, say who looks after it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bouquet.shared.network.desk_rights import give_a_desk, rename_desk
from bouquet.shared.network.events import SiteAdded, SiteChanged
from bouquet.shared.network.front_door import first_pages_are_made_by
from bouquet.shared.network.models import Brand, Site
from bouquet.toolkit.events import announce

__all__ = [
    "add_brand",
    "add_site",
    "appoint_editor",
    "change_site",
    "dismiss_editor",
    "first_pages_are_made_by",  # for `fronts`, which stands above and makes the first page of every site
    "follow_site",
    "free_brand_name",
    "free_slug",
    "settle_site",
    "written_host",
]


@transaction.atomic
def add_site(
    *,
    host: str,
    name: str,
    slug: str | None = None,
    language: str = "fr",
    territory: str = "FR",
    brand: Brand | None = None,
    kinds: Iterable[str] = (),
    is_main: bool = False,
    tagline: str = "",
    **more: Any,
) -> Site:
    """Add a site with its front page, its folder of pictures and its two groups (editors, moderators).

    Without a brand it gets one of its own, plain, named after it. `more` are other fields of Site (about, publisher…).
    Raises ValidationError with what is wrong, field by field.
    """
    site = Site(
        host=written_host(host),
        name=name.strip(),
        slug=slug or free_slug(name),
        language=language,
        territory=territory.upper(),
        kinds=list(dict.fromkeys(kinds)),
        is_main=is_main,
        tagline=tagline,
        **more,
    )
    if brand is not None:
        site.brand = brand
    site.full_clean(exclude=["brand"])
    if brand is None:
        site.brand = add_brand(name=free_brand_name(site.name), wordmark=site.name[:40])
    site.save()
    settle_site(site)
    return site


def settle_site(site: Site) -> None:
    """Give a site that has just been saved its place on the editors' desk, and tell who listens."""
    give_a_desk(site)
    announce(SiteAdded(site_id=site.pk))


@transaction.atomic
def change_site(site: Site, **changes: Any) -> Site:
    """Change fields of a site; what bears its name on the desk follows. Raises ValidationError."""
    for field, value in changes.items():
        setattr(site, field, value)
    site.full_clean()
    site.save()
    follow_site(site)
    return site


def follow_site(site: Site) -> None:
    rename_desk(site)
    announce(SiteChanged(site_id=site.pk))


@transaction.atomic
def add_brand(*, name: str, **tokens: Any) -> Brand:
    """Add a brand. Raises ValidationError where people could not read its colours."""
    brand = Brand(name=name, **tokens)
    brand.full_clean()
    brand.save()
    return brand


@transaction.atomic
def appoint_editor(site: Site, person: Any, *, moderator: bool = False) -> None:
    """Let a person edit a site (and, as moderator, publish there)."""
    person.groups.add(site.moderators if moderator else site.editors)


@transaction.atomic
def dismiss_editor(site: Site, person: Any) -> None:
    person.groups.remove(site.editors, site.moderators)


def written_host(host: str) -> str:
    """A host name as browsers send it: small letters, no dot at the end, accents as punycode (RFC 5891)."""
    text = host.strip().rstrip(".").lower()
    if text.isascii():
        return text
    try:
        return text.encode("idna").decode("ascii")
    except UnicodeError:
        raise ValidationError({"host": _("“%(host)s” is not a host name.") % {"host": host}}) from None


def free_slug(name: str) -> str:
    base = slugify(name)[:34] or "site"
    taken = set(Site.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)


def free_brand_name(name: str) -> str:
    taken = set(Brand.objects.filter(name__startswith=name[:50]).values_list("name", flat=True))
    return next(each for each in (name[:60], *(f"{name[:50]} {n}" for n in range(2, 10_000))) if each not in taken)
