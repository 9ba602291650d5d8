"""Tags of front pages."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def channel_link(channel: Any, site: Any) -> str:
    """A path on the same site, the whole address from another."""
    return channel.address_from(site)
