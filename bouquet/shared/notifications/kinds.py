"""The words of notices. Each app says its own in `notices.py`:

NOTICES = {"videos.ready": NoticeKind(title=_("Your video “%(title)s” is ready"), icon="play")}
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class NoticeKind:
    """title: a lazy translation with %(name)s for the values. icon: a ui icon.
    label: its line on the page of preferences. mail: whether a mail goes out unless the person says otherwise.
    stop: a path with the values in it, where the person can say that they want no more of these."""

    title: Any
    icon: str = "bell"
    label: Any = ""
    mail: bool = False
    stop: str = ""

    def words(self, values: dict[str, Any]) -> str:
        """In the language that is active now. A value that is missing is an ellipsis, never an error for the reader."""
        return str(self.title) % _Values(values)


class _Values(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"


UNKNOWN = NoticeKind(title=_("Something happened on the network"))


@cache
def all_notice_kinds() -> dict[str, NoticeKind]:
    """Every app's NOTICES, by name; read when first needed."""
    kinds: dict[str, NoticeKind] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("bouquet.") and find_spec(f"{config.name}.notices"):
            kinds |= import_module(f"{config.name}.notices").NOTICES
    return kinds


def notice_kind(name: str) -> NoticeKind:
    return all_notice_kinds().get(name, UNKNOWN)
