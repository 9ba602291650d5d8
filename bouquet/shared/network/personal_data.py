"""What the network holds about a person: the pictures they brought to the editors' desk, and crossings under way."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bouquet.shared.accounts.models import Person
from bouquet.shared.accounts.personal_data import personal_data
from bouquet.shared.network.models import Picture


def export_pictures(person: Person) -> dict[str, Any]:
    return {
        "pictures": [
            {"title": picture.title, "credit": picture.credit, "file": picture.file.name, "made": picture.created_at}
            for picture in Picture.objects.filter(uploaded_by_user=person)
        ]
    }


def forget(person: Person) -> None:
    """The pictures are the group's and stay; who brought them is forgotten."""
    Picture.objects.filter(uploaded_by_user=person).update(uploaded_by_user=None)


personal_data(
    "network",
    models=[Picture],
    export=export_pictures,
    erase=forget,
    stays=_("Pictures that you brought to the editors' desk: they belong to the group. Your name is taken off them."),
)
