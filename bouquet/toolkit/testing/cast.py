"""The cast of tests, demo and docs: Ada (owner), Basile (editor), Chloé (member), Driss (stranger)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils.text import slugify

PASSWORD = "bouquet-demo"  # noqa: S105 (the demo prints it)
ROLES: dict[str, dict[str, Any]] = {
    "Ada": {"is_staff": True, "is_superuser": True},
    "Basile": {"is_staff": True},
}


def make_person(name: str = "Chloé", **changes: Any) -> Any:
    """A person with a verified address, `<name>@bouquet.example`, whose password is `bouquet-demo`.

    `editor=True` (or the name Basile) may enter the editors' desk.
    """
    changes = ROLES.get(name, {}) | changes
    editor = changes.pop("editor", name == "Basile")
    email = changes.pop("email", f"{slugify(name)}@bouquet.example")
    verified = changes.pop("verified", True)
    person = get_user_model().objects.create_user(email, changes.pop("password", PASSWORD), name=name, **changes)
    person.emailaddress_set.create(email=email, verified=verified, primary=True)
    if editor:
        person.user_permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    return person
