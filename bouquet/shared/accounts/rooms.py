"""The pages of one's account, in one menu. An app higher up adds its own from its `apps.py` (`add_account_room`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Room:
    url_name: str
    label: Any
    icon: str
    place: int
    also: tuple[str, ...] = ()  # paths that belong to it: it is marked as open there


_ROOMS: dict[str, Room] = {}


def add_account_room(url_name: str, label: Any, *, icon: str, place: int = 50, also: tuple[str, ...] = ()) -> None:
    _ROOMS[url_name] = Room(url_name, label, icon, place, also)


def account_rooms() -> list[Room]:
    return sorted(_ROOMS.values(), key=lambda room: room.place)


SECURITY_PATHS = ("/accounts/2fa/", "/accounts/password/", "/accounts/email/", "/accounts/3rdparty/")
add_account_room("accounts_profile", _("Profile"), icon="user", place=10)
add_account_room("mfa_index", _("Sign-in and security"), icon="key-round", place=20, also=SECURITY_PATHS)
add_account_room("accounts_sessions", _("Devices"), icon="monitor-smartphone", place=30)
add_account_room("accounts_tokens", _("Access tokens"), icon="terminal", place=80)
add_account_room("accounts_data", _("Your data"), icon="archive", place=90)
