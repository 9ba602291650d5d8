"""What account pages need besides the built-in tags."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse

from bouquet.shared.accounts.rooms import account_rooms

register = template.Library()


@register.simple_tag(takes_context=True)
def account_menu(context: Context) -> list[dict[str, Any]]:
    """The pages of one's account, with the one that is open marked."""
    path = context["request"].path
    lines = [
        {"label": room.label, "icon": room.icon, "url": reverse(room.url_name), "also": room.also}
        for room in account_rooms()
    ]
    for line in lines:
        starts = (line["url"], *line.pop("also")) if line["url"] != "/me/" else ()
        line["current"] = path == line["url"] or path.startswith(starts)
    return lines


@register.simple_tag
def demo_mailbox() -> bool:
    return settings.DEMO_MAILBOX


@register.simple_tag(takes_context=True)
def sign_in_providers(context: Context) -> list[Any]:
    """Google, OpenID Connect: those that the operator has set up (BOUQUET_GOOGLE_…, BOUQUET_OIDC_…)."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        return []
    return get_adapter().list_providers(context["request"])
