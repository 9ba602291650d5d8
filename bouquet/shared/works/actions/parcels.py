"""What every work says of itself in a parcel, whatever its kind: how it stands, who may see it, where else it is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from bouquet.shared.network.models import Site
from bouquet.shared.works.actions.guests import add_guest
from bouquet.shared.works.actions.particulars import Window, set_windows, windows_of
from bouquet.shared.works.actions.publication import change_work
from bouquet.shared.works.models import OldAddress, Work
from bouquet.shared.works.old_addresses import keep_addresses

State = Work.State


def told_work(work: Work) -> dict[str, Any]:
    """Its state, its audience, its windows, its old addresses and the sites that show it. What was counted stays."""
    old = OldAddress.objects.filter(work=work.pk).order_by("host", "path")
    return {
        "state": work.state,
        "state_reason": work.state_reason,
        "published_at": work.published_at,
        "visibility": work.visibility,
        "rating": work.rating,
        "windows": [
            {
                "territories": list(each.territories),
                "excluded": each.excluded,
                "opens_at": each.opens_at,
                "closes_at": each.closes_at,
            }
            for each in windows_of(work)
        ],
        "old_addresses": [f"https://{each.host}{each.path}" for each in old],
        "also_on": sorted(work.also_on.values_list("slug", flat=True)),
    }


def set_as_told(work: Work, said: dict[str, Any], *, states: Collection[str] = tuple(State)) -> None:
    """What `told_work` gave. Nobody hears of it as of something new. `states`: those its kind has from here.

    What cannot be read of its audience makes it narrower, never wider.
    """
    changes: dict[str, Any] = {}
    if (when := moment_told(said.get("published_at"))) is not None:
        changes["published_at"] = when
    state = said.get("state")
    if state == State.SCHEDULED and when is not None and when <= timezone.now():
        state = State.LIVE  # its hour came while it was on its way: that is no news any more
    if state in states and (when or state not in (State.LIVE, State.SCHEDULED)):
        changes |= {"state": state, "state_reason": str(said.get("state_reason") or "")[:500]}
    if "visibility" in said:
        known = said["visibility"] in Work.Visibility.values
        changes["visibility"] = said["visibility"] if known else Work.Visibility.PRIVATE
    if isinstance(said.get("rating"), int) and 0 <= said["rating"] <= 18:
        changes["rating"] = said["rating"]
    with transaction.atomic():
        if windows := said.get("windows"):
            set_windows(work, [_window(each) for each in windows])
        if changes:
            change_work(work, by=None, **changes)
        keep_addresses(work.pk, [(address, False) for address in _texts(said.get("old_addresses"))])
        for site in Site.objects.filter(slug__in=_texts(said.get("also_on"))).exclude(pk=work.site_id):
            add_guest(work, site)


def _window(said: Any) -> Window:
    """Raises ValueError for one that is none: without it the work would be open to everybody."""
    if not isinstance(said, dict):
        raise ValueError("window")
    places = tuple(_texts(said.get("territories")))
    opens, closes = moment_told(said.get("opens_at")), moment_told(said.get("closes_at"))
    if (said.get("opens_at") and opens is None) or (said.get("closes_at") and closes is None):
        raise ValueError("window")
    if any(len(place) != 2 for place in places):
        raise ValueError("window")
    window = Window(places, said.get("excluded") is True, opens, closes)
    if window.limits_nothing:
        raise ValueError("window")
    return window


def moment_told(value: Any) -> datetime | None:
    """A moment as a parcel writes it, with its zone; None for anything else."""
    try:
        when = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return when if when is not None and is_aware(when) else None


def _texts(values: Any) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
