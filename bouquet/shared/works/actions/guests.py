"""A work on other sites of the network: listed there too, in their brand; its page and its address stay on its own.

Whether a person may publish there, or edits that site, is for the caller to ask. What a site's editors turned away is
not listed there again, whoever asks, until they take that back.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from bouquet.shared.accounts.models import Person
from bouquet.shared.network.models import Site
from bouquet.shared.notifications.actions import notify
from bouquet.shared.works.events import WorkChanged
from bouquet.shared.works.models import TurnedAway, Work
from bouquet.toolkit.events import announce
from bouquet.toolkit.plain_text import one_line


def show_also_on(work: Work, sites: Iterable[Site]) -> None:
    """On these sites and no others."""
    away = set(sites_that_turned_away(work))
    others = [site for site in sites if site.pk != work.site_id and site.pk not in away]
    with transaction.atomic():
        work.also_on.set(others)
        _open_to_guests(others)
        announce(WorkChanged(work_id=work.pk))


def add_guest(work: Work, site: Site) -> bool:
    """On this site, too; False where its editors turned it away. Twice is once."""
    if site.pk in sites_that_turned_away(work):
        return False
    with transaction.atomic():
        work.also_on.add(site)
        _open_to_guests([site])
        announce(WorkChanged(work_id=work.pk))
    return True


def remove_guest(work: Work, site: Site) -> None:
    """By its maker: it may come back."""
    with transaction.atomic():
        work.also_on.remove(site)
        announce(WorkChanged(work_id=work.pk))


def drop_guest(work: Work, site: Site, *, by: Person, reason: str) -> None:
    """The editors of the site no longer list it. Its maker is told why; only they can have it back."""
    with transaction.atomic():
        if not work.also_on.filter(pk=site.pk).exists():
            return
        reason = one_line(reason)[:500]
        TurnedAway.objects.get_or_create(work_id=work.pk, site=site, defaults={"by": by, "reason": reason})
        remove_guest(work, site)
        if work.author is not None and work.author_id != by.pk:
            with override(work.author.language or site.language):
                said = reason or _("no reason was given")
            key = f"works.dropped:{work.pk}:{site.pk}:{timezone.now().isoformat()}"
            values = {"title": work.title, "site": site.name, "reason": said}
            notify(work.author, "works.dropped", url=work.address, key=key, **values)


def allow_guest_again(work: Work, site: Site) -> None:
    """It is not listed by that; it may be proposed and shown there again."""
    TurnedAway.objects.filter(work_id=work.pk, site=site).delete()


def sites_that_turned_away(work: Work) -> list[int]:
    """Their pks. One query."""
    return list(TurnedAway.objects.filter(work_id=work.pk).values_list("site", flat=True))


def _open_to_guests(sites: Iterable[Site]) -> None:
    for site in sites:
        if not site.has_guests:
            site.has_guests = True
            Site.objects.filter(pk=site.pk).update(has_guests=True, updated_at=timezone.now())
