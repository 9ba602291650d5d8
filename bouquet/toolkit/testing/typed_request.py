"""A plugin of mypy: what our middleware puts on a request.

The stubs know Django's own `request.site` (another class of that name) and a `request.user` that may be anonymous; our
views have a site of the network, and the mark above a view has already asked who it is.
"""

from __future__ import annotations

from collections.abc import Callable

from mypy.plugin import AttributeContext, Plugin
from mypy.types import AnyType, Type, TypeOfAny

OURS = {f"django.http.request.HttpRequest.{name}" for name in ("user", "site")}


class RequestPlugin(Plugin):
    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        return _anything if fullname in OURS else None


def _anything(context: AttributeContext) -> Type:
    return AnyType(TypeOfAny.explicit)


def plugin(version: str) -> type[Plugin]:
    return RequestPlugin
