"""Whose numbers one may read: one's own, and those of the sites one looks after."""

from __future__ import annotations

from typing import Any

from bouquet.shared.network.models import Site
from bouquet.shared.network.permissions import can_edit_site
from bouquet.shared.works.models import Channel, Work
from bouquet.shared.works.permissions import can_edit_work


def may_read_work(person: Any, work: Work) -> bool:
    """Its author, who owns its channel, and the editors of its site."""
    if can_edit_work(person, work):
        return True
    return work.channel is not None and _owns(person, work.channel)


def may_read_channel(person: Any, channel: Channel) -> bool:
    return _owns(person, channel) or can_edit_site(person, channel.site)


def may_read_site(person: Any, site: Site) -> bool:
    return can_edit_site(person, site)


def _owns(person: Any, channel: Channel) -> bool:
    return bool(person and person.is_authenticated and person.is_active and channel.owner_id == person.pk)
